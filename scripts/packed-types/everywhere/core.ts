// The bus as a user writes it. Nothing of it runs; what must not compile stands below `@ts-expect-error`, with the reason.
import {
  CacheUpdate,
  conflate,
  createBus,
  createCache,
  createCachingTopic,
  createStateManager,
  createTopicPool,
  DispatchError,
  format,
  forwardAll,
  isMessage,
  messages,
  messageType,
  ofType,
  revise,
  serialize,
  StasisError,
  subscribe,
  SubscriptionChange,
  toJSON,
  ValidationError,
} from '@stasis-rx/core';
import type {
  AnyMessageType,
  Bus,
  BusEvent,
  BusOptions,
  Cache,
  Handler,
  Message,
  MessageOf,
  MessageType,
  Received,
  StandardSchema,
  StatePublisher,
  StateSubscriber,
  SubscribeOptions,
  Subscription,
  SubscriptionChangeData,
  Topic,
} from '@stasis-rx/core';
import { createManualDispatcher, createRecorder, orderingContract } from '@stasis-rx/core/testing';
import type { ContractCase, ContractSubject } from '@stasis-rx/core/testing';
import { share, type Observable } from 'rxjs';

interface Call {
  readonly id: string;
  readonly agent: string;
  readonly tags: string[];
}

interface Ended {
  readonly id: string;
  readonly durationMs: number;
}

// Message types: of data that is known, of none, of what a schema says, of a type parameter.
const CallAnswered = messageType<Call>('call_answered', { formatters: { text: ({ data }) => data.agent } });
const CallEnded = messageType<Ended>('call_ended');
const QueueFull = messageType<{ readonly queue: string }>('queue_full');
const Tick = messageType('tick');
declare const schema: StandardSchema<string, number>;
const Seconds = messageType('seconds', { schema });

const answered: Message<Call> = CallAnswered({ id: '1', agent: 'ann', tags: [] }, { eid: null });
const seconds: number = Seconds('42').data;
const json: unknown = toJSON(revise(answered, (draft) => void draft.tags.push('vip'))).data;
const form: unknown = format(answered, 'text');
Tick();
// @ts-expect-error data is needed
CallAnswered();
// @ts-expect-error an id is a text
CallAnswered({ id: 1, agent: 'ann', tags: [] });
// @ts-expect-error the schema takes text
Seconds(42);
// @ts-expect-error nothing of a message can be changed
answered.data.tags.push('vip');
// @ts-expect-error there is no such field
messageType<Call>('call', { formatters: { text: ({ data }) => data.queue } });

export function agentOf(message: unknown): string | undefined {
  if (isMessage(message) && !CallAnswered.is(message)) return message.type.name;
  // @ts-expect-error it is not known to be a message
  void message.data;
  return CallAnswered.is(message) ? message.data.agent : undefined;
}

// Options may be undefined, also where optional properties are exact; a topic takes its own messages.
declare const maybe: { readonly name: string | undefined; readonly eid: string | undefined };
const options: BusOptions = {
  ...maybe,
  highWater: undefined,
  onError: undefined,
  dispatcher: createManualDispatcher(),
};
const bus = createBus({ ...options, around: undefined, onError: ({ code }) => code.length }) satisfies Bus;
// @ts-expect-error there is no such option for types themselves
createBus({ declinedMessageTypes: [Tick] });
// @ts-expect-error an error has a text as its code
createBus({ onError: (error: { readonly code: number }) => error });

type CallMessage = MessageOf<typeof CallAnswered> | MessageOf<typeof CallEnded>;
const calls = bus.topic<CallMessage>('calls', { detail: undefined });
const wasAccepted: boolean = calls.publish(answered);
const everything: Topic = bus.find('everything') ?? bus.topic('everything');
everything.publish(QueueFull({ queue: 'sales' }));
// @ts-expect-error the topic is not for messages of this type
calls.publish(QueueFull({ queue: 'sales' }));
// @ts-expect-error nor for any message
calls.publish(everything as never as Message);

// Subscriptions: what is received follows from the filter.
const subscription = subscribe(calls, ({ data }, topic, { isFinal }) => [data.agent.length, topic.name, isFinal], {
  accept: [CallAnswered],
  highWater: undefined,
  signal: undefined,
  name: maybe.name,
  delivery: 'synchronous',
}) satisfies Subscription;
subscribe(calls, (message) => {
  const received: Received<CallMessage> = message;
  // @ts-expect-error subscription changes come too
  const calledOnly: CallMessage = message;
  return [received, calledOnly];
});
subscribe(calls, (message: Message<Call> | Message<SubscriptionChangeData>) => message.data, {
  accept: [CallAnswered, SubscriptionChange],
});
// @ts-expect-error an answered call has no duration
subscribe(calls, ({ data }) => data.durationMs, { accept: [CallAnswered] });
// @ts-expect-error a topic of calls carries nothing about queues
subscribe(calls, () => undefined, { accept: [QueueFull] });
// @ts-expect-error there is no such way of delivery
subscribe(calls, () => undefined, { delivery: 'later' });
// @ts-expect-error what a subscription is stays
subscription.isDone = true;

export function subscribeTo<M extends Message>(
  topic: Topic<M>,
  handler: Handler<Received<M>>,
  { name, ...others }: SubscribeOptions = {},
): Subscription {
  return subscribe(topic, handler, { ...others, name: name?.trim() });
}
export function subscribeToOne<T>(topic: Topic<Message<T>>, type: MessageType<T>): Observable<Message<T>> {
  return messages(topic, { accept: [type], capacity: 10, overflow: 'drop-oldest' });
}

// Operators, between those of RxJS.
const durations: Observable<number> = messages(calls).pipe(
  share(),
  ofType(CallEnded),
  conflate(({ data }) => data.id),
  serialize(async ({ data }) => Promise.resolve(data.durationMs)),
);
// @ts-expect-error an operator has nothing to let through
calls.pipe(ofType(QueueFull));
export async function iterate(): Promise<string | undefined> {
  for await (const { data } of calls) return data.id;
  return undefined;
}

// Forwards and pools.
const answers = createTopicPool(bus.topic<Message<Call>>('answers'));
forwardAll(answers.topic('1001'), calls).cancel();
forwardAll(calls, everything)[Symbol.dispose]();
// @ts-expect-error observers of answers do not expect calls that have ended
forwardAll(calls, answers.parent);

// Caches.
const cache = createCache({
  id: (message) => (CallAnswered.is(message) ? message.data.id : null),
  aggregate: { compute: ({ local, remotes }) => remotes[0] ?? local },
}) satisfies Cache;
const cached: string | undefined = cache.get(CallAnswered, '1', null)?.data.agent;
const firstTag: string | undefined = cache.dump(CallAnswered)[0]?.data.tags[0];
const { topic: updates } = createCachingTopic(calls, cache);
updates.pipe(ofType(CacheUpdate)).subscribe(({ data: { newSnapshot } }) => CallAnswered.is(newSnapshot));
cache.changes(CallAnswered).subscribe(({ id, snapshot }) => [id, snapshot?.data.agent]);
// @ts-expect-error a snapshot may be missing
void cache.get(CallAnswered, '1').data;
// @ts-expect-error an entry may be missing
void cache.dump(CallAnswered)[0].data;
// @ts-expect-error a type is no name
cache.get('call_answered', '1');
// @ts-expect-error a cache has to know the ids
createCache({});

// States.
const states = createStateManager<Message<Call>>(bus, 'calls:states');
const subscriber = states.subscribe('1', ({ data }) => data.agent, {
  accept: [CallAnswered],
}) satisfies StateSubscriber<Message<Call>>;
const publisher = states.publisher('1') satisfies StatePublisher<Message<Call>>;
publisher.publish(answered);
states.observe({ publish: (id, { data }) => [id, data.agent], subscribe: undefined });
// @ts-expect-error the states are not of this type
publisher.publish(CallEnded({ id: '1', durationMs: 1 }));
// @ts-expect-error there may be no state
void subscriber.data.data;

// Seeing what goes on.
export function tellOf(event: BusEvent): string {
  // @ts-expect-error not every event has a topic
  if (event.topic === '') return event.type;
  return event.type === 'dropped' ? event.messageType : event.type;
}
export function codeOf(error: unknown): string | undefined {
  if (error instanceof DispatchError) return error.dispatched.type.name;
  if (error instanceof ValidationError) return error.issues[0]?.message;
  return error instanceof StasisError ? error.code : undefined;
}
bus.events$.subscribe({ next: tellOf });
const depth: number | undefined = bus.statistics().subscriptions[0]?.depth;

// For tests: a recorder, and the contracts for those who write adapters.
const recorder = createRecorder<Message<Call>>();
subscribe(calls, recorder.handler, { accept: [CallAnswered] });
const recorded: string | undefined = recorder.data[0]?.agent;
// @ts-expect-error what was received stays
recorder.data.pop();
declare const subject: Omit<ContractSubject, 'connect'>;
const cases: ContractCase[] = orderingContract(() => ({
  ...subject,
  connect: (receiver, { signal } = {}) => subscribe(everything, receiver, { signal }),
}));
// @ts-expect-error a subject has to be connected to
orderingContract(() => subject);

// Types that know nothing refuse nothing.
declare const types: readonly AnyMessageType[];
subscribe(calls, ({ data }) => data, { accept: types });
export const used = [seconds, json, form, wasAccepted, durations, cached, firstTag, depth, recorded, cases];
export const done: Promise<void> = bus.close({ signal: undefined });
