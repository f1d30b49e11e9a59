import { createBus, createStateManager, messageType, SubscriptionChange } from '@stasis-rx/core';
import type {
  Message,
  Received,
  StateManager,
  StatePublisher,
  StateSubscriber,
  Subscription,
  SubscriptionChangeData,
  Topic,
} from '@stasis-rx/core';
import { expectTypeOf } from 'expect-type';

interface Device {
  id: string;
  state: 'idle' | 'busy';
}

const DeviceState = messageType<Device>('device_state');
const QueueFull = messageType<{ queue: string }>('queue_full');

const bus = createBus();
const states = createStateManager<Message<Device>>(bus, 'device:all');
const busy = DeviceState({ id: '101', state: 'busy' });

// X1: the topic for all and the subscribers carry the messages of the states.
expectTypeOf(states).toEqualTypeOf<StateManager<Message<Device>>>();
expectTypeOf(states.topic).toEqualTypeOf<Topic<Message<Device>>>();
expectTypeOf(states.ids()).toEqualTypeOf<string[]>();
expectTypeOf(createStateManager(bus, 'everything').topic).toEqualTypeOf<Topic>();

const subscriber = states.subscribe('101', (message, topic, subscription) => {
  expectTypeOf(message).toEqualTypeOf<Message<Device> | Message<SubscriptionChangeData>>();
  expectTypeOf(topic).toEqualTypeOf<Topic>();
  expectTypeOf(subscription).toEqualTypeOf<Subscription>();
  if (DeviceState.is(message)) expectTypeOf(message.data.state).toEqualTypeOf<'idle' | 'busy'>();
});
expectTypeOf(subscriber).toEqualTypeOf<StateSubscriber<Message<Device>>>();
expectTypeOf(subscriber.data?.data.state).toEqualTypeOf<'idle' | 'busy' | undefined>();
expectTypeOf(subscriber.subscription).toEqualTypeOf<Subscription>();
expectTypeOf(subscriber.join()).toEqualTypeOf<Promise<void>>();
states.subscribe('101', () => {}, { accept: [SubscriptionChange], highWater: 10, delivery: 'synchronous' });
// @ts-expect-error an id is a text
states.subscribe(101, () => {});

// S8: a filter types the handler, and is made of what a state can be, as for every subscription.
states.subscribe('101', (message) => expectTypeOf(message).toEqualTypeOf<Message<Device>>(), { accept: [DeviceState] });
states.subscribe('101', (message) => expectTypeOf(message).toEqualTypeOf<Received<Message<Device>>>(), {
  accept: [DeviceState],
  acceptFormats: ['json'],
});
// @ts-expect-error the states are not of this type
states.subscribe('101', () => {}, { accept: [QueueFull] });
// @ts-expect-error the last message stays
subscriber.data = busy;

// X2: publishers take the messages of the states, and no others.
const publisher = states.publisher('101');
expectTypeOf(publisher).toEqualTypeOf<StatePublisher<Message<Device>>>();
expectTypeOf(publisher.data).toEqualTypeOf<Message<Device> | undefined>();
publisher.publish(busy);
states.publish('101', busy);
states.publish('101', busy, 'node-b');
states.publish('101', busy, null);
expectTypeOf(states.remove('101')).toEqualTypeOf<boolean>();
states.remove('101', 'node-b', busy);
states.remove('101', undefined, busy);
// @ts-expect-error the states are not of this type
publisher.publish(QueueFull({ queue: 'sales' }));
// @ts-expect-error the states are not of this type
states.publish('101', QueueFull({ queue: 'sales' }));
// @ts-expect-error the last message comes after the entity id
states.remove('101', busy);
// @ts-expect-error data alone is no message
publisher.publish({ id: '101', state: 'busy' });

// X2: an observer is told by as many functions as it has.
expectTypeOf(states.observe({})).toEqualTypeOf<{ unsubscribe(): void }>();
states.observe({
  subscribe: (id, who) => {
    expectTypeOf(id).toEqualTypeOf<string>();
    expectTypeOf(who).toEqualTypeOf<StateSubscriber<Message<Device>>>();
  },
  publish: async (_, message) => {
    expectTypeOf(message.data.state).toEqualTypeOf<'idle' | 'busy'>();
    await Promise.resolve();
  },
});
// @ts-expect-error an observer is told by functions
states.observe({ publish: 'log' });
