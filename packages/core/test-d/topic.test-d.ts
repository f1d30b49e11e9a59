import {
  createBus,
  createCache,
  createCachingTopic,
  createStateManager,
  createTopicPool,
  forwardAll,
  messageType,
} from '@stasis-rx/core';
import type { CacheUpdateData, Forward, Message, Topic } from '@stasis-rx/core';
import { expectTypeOf } from 'expect-type';
import { map, type Observable } from 'rxjs';

interface Answered {
  id: string;
  agent: string;
}

interface Ended {
  id: string;
  durationMs: number;
}

const CallAnswered = messageType<Answered>('call_answered');
const CallEnded = messageType<Ended>('call_ended');
const QueueFull = messageType<{ queue: string }>('queue_full');

const bus = createBus();
const calls = bus.topic<Message<Answered> | Message<Ended>>('calls');

// T2: a topic takes the messages of its union, and only those.
expectTypeOf(calls.publish(CallAnswered({ id: '1', agent: 'ann' }))).toEqualTypeOf<boolean>();
calls.next(CallEnded({ id: '1', durationMs: 90 }));
// @ts-expect-error the topic is not for messages of this type
calls.publish(QueueFull({ queue: 'sales' }));
// @ts-expect-error the topic is not for messages of this type
calls.next(QueueFull({ queue: 'sales' }));
// @ts-expect-error data alone is no message
calls.publish({ id: '1', agent: 'ann' });

// A topic without a type argument takes every message.
bus.topic('everything').publish(QueueFull({ queue: 'sales' }));

// A topic is an Observable of its union.
expectTypeOf(calls.pipe(map((message) => message.data.id))).toEqualTypeOf<Observable<string>>();
calls.subscribe((message) => {
  expectTypeOf(message).toEqualTypeOf<Message<Answered> | Message<Ended>>();
});

// ... and an async iterable of it.
export async function iterate(): Promise<void> {
  for await (const message of calls) expectTypeOf(message).toEqualTypeOf<Message<Answered> | Message<Ended>>();
  expectTypeOf((await calls[Symbol.asyncIterator]().next()).value).toBeAny();
}

// F1: a forward leads to a topic that is for all of the messages.
const answered = bus.topic<Message<Answered>>('answered');
const queues = bus.topic<Message<{ queue: string }>>('queues');
forwardAll(answered, calls);
forwardAll(answered, bus.topic<Message<{ id: string }>>('identified'));
// @ts-expect-error observers of queues do not expect calls
forwardAll(answered, queues);
// @ts-expect-error observers of answered calls do not expect ended ones
forwardAll(calls, answered);
// @ts-expect-error on a topic of any message anything may come
forwardAll(bus.topic('everything'), answered);

// F1: any message goes to a topic that is for every message.
forwardAll(calls, bus.topic('everything')).cancel();
forwardAll(bus.topic('something'), bus.topic('everything'));

// F1: topics of caches, of states and of pools are like others.
const { topic: cached } = createCachingTopic(answered, createCache({ id: () => undefined }));
const states = createStateManager<Message<Answered>>(bus, 'states');
forwardAll(cached, bus.topic('everything'));
forwardAll(cached, bus.topic<Message<CacheUpdateData>>('all:cached'));
forwardAll(states.topic, calls);
forwardAll(answered, states.topic);
forwardAll(createTopicPool(answered).topic('1001'), calls);
// @ts-expect-error the changes of a cache are no calls
forwardAll(cached, calls);

// F1: so it is where the messages are a type parameter.
export function forwardBoth<M extends Message<Answered>>(one: Topic<M>, other: Topic<M>): readonly Forward[] {
  return [forwardAll(one, other), forwardAll(one, calls), forwardAll(one, bus.topic('everything'))];
}

// F1: who knows better says so.
forwardAll(calls, queues as Topic);
forwardAll(calls as never, queues);

// F5: a pool's topics are those of its parent.
const pool = createTopicPool(calls);
pool.topic('1001').publish(CallAnswered({ id: '1', agent: 'ann' }));
// @ts-expect-error the pool's parent is not for messages of this type
pool.topic('1001').publish(QueueFull({ queue: 'sales' }));
expectTypeOf(pool.topic('1001')).toEqualTypeOf<typeof calls>();

// F1: a forward is disposable.
expectTypeOf(forwardAll(calls, calls)).toExtend<Disposable>();

// T1: what a topic is stays.
expectTypeOf(calls.name).toEqualTypeOf<string>();
// @ts-expect-error a name stays
calls.name = 'others';

// A bus hands out its topics by name; of those that it finds it does not know the union.
expectTypeOf(bus.find('calls')).toEqualTypeOf<Topic | undefined>();
expectTypeOf(bus.topics()).toEqualTypeOf<Topic[]>();
expectTypeOf(bus).toExtend<AsyncDisposable>();
expectTypeOf(calls.drained()).toEqualTypeOf<Promise<void>>();

// M6: types are declined by name.
createBus({ declinedMessageTypes: ['queue_full'], onError: (error) => error.code });
// @ts-expect-error a type is no name
createBus({ declinedMessageTypes: [QueueFull] });
// @ts-expect-error a dispatcher calls the drain that it is given
createBus({ dispatcher: (drain: number) => drain });
