import { createBus, createTopicPool, forwardAll, messageType } from '@stasis-rx/core';
import type { Message, Topic } from '@stasis-rx/core';
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
}

// F1: forwards take topics of whatever union; a pool's topics are those of its parent.
forwardAll(calls, bus.topic('everything')).cancel();
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
