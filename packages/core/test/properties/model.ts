/**
 * What the bus promises, written down a second time and without its machinery: no queues, no handlers, no time. A publish
 * appends to the list of what each subscription will have handled in the end.
 *
 * It holds because every subscriber, whatever its delivery, sees messages in the order in which `publish` was called.
 */

import { Tally } from './tally.js';

/** Message types that programs publish. */
export type PublishedName = 'A' | 'B' | 'Declined';

/** Message types that programs filter by; `SubscriptionChange` is core's own. */
export type TypeName = PublishedName | 'SubscriptionChange';

/** `B` has a json formatter, and the bus declines `Declined`. */
const FORMATS: Readonly<Record<string, readonly string[]>> = { B: ['json'] };

export interface ModelTopic {
  readonly name: string;
  ended: 'no' | 'completed' | 'failed';
  subscriptions: ModelSubscription[];
  observers: ModelObserver[];
  /** One entry for each forward. */
  targets: ModelTopic[];
  readonly writers: ModelWriter[];
  readonly tally: Tally;
}

/** A caching topic, as the topic that it watches knows it. */
export interface ModelWriter {
  /** The topic of its updates. */
  readonly updates: ModelTopic;
  write(message: unknown): void;
}

export interface ModelSubscription {
  readonly id: string;
  readonly topic: ModelTopic;
  isSubscribed: boolean;
  /** Whether its filter lets the final message through; known once it has left. */
  isFinalDue: boolean;
  types: Set<string> | undefined;
  formats: Set<string> | undefined;
  /** Everything that it will have handled in the end. */
  readonly due: string[];
  passed: number;
  filtered: number;
}

export interface ModelObserver {
  readonly due: string[];
  leave(): void;
}

export interface ModelFilter {
  readonly accept?: readonly TypeName[] | undefined;
  readonly acceptFormats?: readonly string[] | undefined;
}

export function modelTopic(name: string): ModelTopic {
  return { name, ended: 'no', subscriptions: [], observers: [], targets: [], writers: [], tally: new Tally() };
}

/** F5: a pooled topic forwards to its parent. */
export function pooledTopic(parent: ModelTopic, name: string): ModelTopic {
  const topic = modelTopic(`${parent.name}/${name}`);
  forward(topic, parent);
  return topic;
}

/**
 * T3, F1, F2, F4: everyone within reach gets it, once, and is told where it was published first; then the caches are
 * written (C3).
 *
 * @param message what the caches are given
 */
export function publish(topic: ModelTopic, type: string, text: string, message?: unknown): void {
  const isChange = type === 'SubscriptionChange';
  if (topic.ended !== 'no' && !isChange) return;
  const reached = type === 'Declined' ? [] : [...reach(topic)];
  const offers = reached.flatMap(({ subscriptions }) =>
    subscriptions.map((subscription) => offer(subscription, type, `${text} from ${topic.name}`)),
  );
  const observers = isChange ? [] : reached.flatMap((one) => one.observers);
  for (const { due } of observers) due.push(text);
  const writers = isChange ? [] : reached.flatMap((one) => one.writers);
  topic.tally.count(
    isChange ? 'stasis_subscription_change' : type,
    offers.includes(true) || observers.length + writers.length > 0,
  );
  for (const writer of writers) writer.write(message);
}

/** S3: announces itself, also to itself. */
export function subscribe(topic: ModelTopic, id: string, { accept, acceptFormats }: ModelFilter): ModelSubscription {
  const subscription: ModelSubscription = {
    id,
    topic,
    isSubscribed: true,
    isFinalDue: false,
    types: accept && new Set(accept),
    formats: acceptFormats && new Set(acceptFormats),
    due: [],
    passed: 0,
    filtered: 0,
  };
  topic.subscriptions.push(subscription);
  publish(topic, 'SubscriptionChange', `Subscribe ${id}`);
  if (topic.ended !== 'no') unsubscribe(subscription);
  return subscription;
}

/** S4, S5: gets nothing more but its final message, and all others see it leave. */
export function unsubscribe(subscription: ModelSubscription): void {
  if (!subscription.isSubscribed) return;
  const { topic, types, id, due } = subscription;
  subscription.isSubscribed = false;
  topic.subscriptions = topic.subscriptions.filter((other) => other !== subscription);
  subscription.isFinalDue = types === undefined || types.has('SubscriptionChange');
  if (subscription.isFinalDue) due.push(finalText(subscription));
  subscription[subscription.isFinalDue ? 'passed' : 'filtered']++;
  publish(topic, 'SubscriptionChange', `Unsubscribe ${id}`);
}

/** How a subscription sees its final message. */
export function finalText({ id, topic }: ModelSubscription): string {
  return `Unsubscribe ${id} from ${topic.name}`;
}

/** Ends the topic; its subscriptions leave together, and do not see each other leave. */
export function end(topic: ModelTopic, how: 'completed' | 'failed'): void {
  if (topic.ended !== 'no') return;
  topic.ended = how;
  for (const { updates } of topic.writers.splice(0)) end(updates, 'completed');
  const leaving = topic.subscriptions;
  topic.subscriptions = [];
  for (const subscription of leaving) unsubscribe(subscription);
  for (const { due } of topic.observers) due.push(how);
  topic.observers = [];
  topic.targets = [];
}

/** S8: adds to the filter by type, and makes it one. */
export function accept(subscription: ModelSubscription, type: TypeName): void {
  subscription.types = new Set([...(subscription.types ?? []), type]);
}

/** S8: takes away from the filter by type, where there is one. */
export function decline({ types }: ModelSubscription, type: TypeName): void {
  types?.delete(type);
}

export function observe(topic: ModelTopic): ModelObserver {
  const observer: ModelObserver = {
    due: topic.ended === 'no' ? [] : [topic.ended],
    leave: () => void (topic.observers = topic.observers.filter((other) => other !== observer)),
  };
  if (topic.ended === 'no') topic.observers.push(observer);
  return observer;
}

/** F4: whether a forward would close a cycle. */
export function closesCycle(from: ModelTopic, to: ModelTopic): boolean {
  return from !== to && from.ended === 'no' && fed(to).has(from);
}

/** F1, F3. Returns what cancels it. */
export function forward(from: ModelTopic, to: ModelTopic): () => void {
  if (from === to || from.ended !== 'no' || to.ended !== 'no') return () => undefined;
  let isActive = true;
  from.targets.push(to);
  return () => {
    const index = from.targets.indexOf(to);
    if (isActive && index >= 0) from.targets.splice(index, 1);
    isActive = false;
  };
}

/** Returns whether it gets the message. */
function offer(subscription: ModelSubscription, type: string, text: string): boolean {
  if (!accepts(subscription, type)) {
    subscription.filtered++;
    return false;
  }
  subscription.passed++;
  subscription.due.push(text);
  return true;
}

/** S8: by type, by format, with both filters by either. */
function accepts({ types, formats }: ModelSubscription, type: string): boolean {
  if (types === undefined && formats === undefined) return true;
  return types?.has(type) === true || FORMATS[type]?.some((format) => formats?.has(format)) === true;
}

/** What a publish feeds: by forwards, and by caching topics. */
function fed(topic: ModelTopic): Set<ModelTopic> {
  const all = reach(topic);
  for (const { writers } of all) for (const { updates } of writers) for (const one of reach(updates)) all.add(one);
  return all;
}

function reach(topic: ModelTopic): Set<ModelTopic> {
  const reached = new Set([topic]);
  for (const { targets } of reached) for (const target of targets) if (target.ended === 'no') reached.add(target);
  return reached;
}
