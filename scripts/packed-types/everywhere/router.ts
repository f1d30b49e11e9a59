// Routers as a user writes them.
import { createBus, createCache, createCachingTopic, messageType, type Message, type Topic } from '@stasis-rx/core';
import { createMessageRouter, groupByType, type MessageRouter, type RouterOptions } from '@stasis-rx/router';
import { mergeMap, type Observable } from 'rxjs';

interface Call {
  readonly id: string;
  readonly agent: string;
}

const CallAnswered = messageType<Call>('call_answered');
const CallEnded = messageType<{ readonly id: string; readonly durationMs: number }>('call_ended');
const QueueFull = messageType<{ readonly queue: string }>('queue_full');
const calls = createBus().topic<Message<Call> | Message<{ readonly id: string; readonly durationMs: number }>>('calls');

const options: RouterOptions = { name: 'calls', delivery: undefined, highWater: 10, onError: ({ code }) => code };
const router = createMessageRouter(calls, options)
  .add(CallAnswered, ({ data }, topic, subscription) => [data.agent, topic.name, subscription.id])
  .setDefault(({ data }) => ('topic' in data ? data.topic : data.id), { formats: undefined });
const ended: Observable<number> = router.route(CallEnded).pipe(mergeMap(({ data }) => [data.durationMs]));
// @ts-expect-error an answered call has no duration
router.add(CallAnswered, ({ data }) => data.durationMs);
// @ts-expect-error a topic of calls carries nothing about queues
router.add(QueueFull, () => undefined);
// @ts-expect-error the routes are the filter
createMessageRouter(calls, { accept: [CallAnswered] });
// @ts-expect-error a router keeps its subscription
router.subscription = createMessageRouter(calls).subscription;

const { topic: cached } = createCachingTopic(calls, createCache({ id: () => undefined }));
createMessageRouter(cached).addCacheUpdate(CallAnswered, ({ data }) => data.newSnapshot?.data.agent);
// @ts-expect-error a snapshot may be missing
createMessageRouter(cached).addCacheUpdate(CallAnswered, ({ data }) => data.newSnapshot.data);
// @ts-expect-error updates of a cache are published by its caching topic
router.addCacheUpdate(CallAnswered, () => undefined);

calls
  .pipe(
    groupByType(),
    mergeMap((group) => (group.key === CallEnded ? group : [])),
  )
  .subscribe(({ data }) => data.id);
// @ts-expect-error a group's key is a message type, not its name
calls.pipe(groupByType()).subscribe(({ key }) => key === 'call_ended');

export function look(topic: Topic<Message<Call>>): MessageRouter {
  return createMessageRouter(topic).add(CallAnswered, ({ data }) => data.agent);
}
export const done: [Observable<number>, Promise<void>, boolean] = [ended, router.join(), router.isDone];
