import type { Observer } from 'rxjs';
import type { BusContext } from './bus-context.js';
import type { CacheWriter } from './cache-writer.js';
import { TopicCounters } from './counters.js';
import type { Message } from './message.js';
import type { LiveSubscription } from './live-subscription.js';
import type { Topic } from './topic.js';
import { TopicPlans } from './topic-plans.js';

/**
 * Everyone whom a topic's messages reach: its own subscriptions, its plain observers (which the Subject keeps), and
 * the audiences of the topics that it forwards to.
 *
 * The version grows with every change, so that whoever has compiled this audience into a plan sees in one comparison
 * whether the plan still holds. A topic knows what it forwards to and never what forwards here: a change costs the
 * same however large a pool is, and an abandoned topic is garbage.
 */
export class Audience {
  version = 0;
  readonly topic: Topic;
  readonly context: BusContext;
  readonly plans: TopicPlans = new TopicPlans(this);
  readonly counters: TopicCounters = new TopicCounters();
  readonly subscriptions: LiveSubscription[] = [];
  readonly writers: CacheWriter[] = [];
  /** A target stands here once for each of its forwards that has not been cancelled. */
  forwards: Audience[] = [];
  isEnded = false;
  #endCallbacks: Set<(topic: Topic) => void> | undefined;

  constructor(topic: Topic, context: BusContext) {
    this.topic = topic;
    this.context = context;
  }

  /** Something other than the lists here has changed: an observer came or went, a filter accepts something else. */
  changed(): void {
    this.version++;
    this.context.delivery.changed();
  }

  add(subscription: LiveSubscription): void {
    this.subscriptions.push(subscription);
    this.changed();
  }

  remove(subscription: LiveSubscription): void {
    removeOne(this.subscriptions, subscription);
    this.changed();
  }

  addWriter(writer: CacheWriter): void {
    this.writers.push(writer);
    this.changed();
  }

  removeWriter(writer: CacheWriter): void {
    removeOne(this.writers, writer);
    this.changed();
  }

  forwardTo(target: Audience): void {
    this.forwards.push(target);
    this.changed();
  }

  cancelForwardTo(target: Audience): void {
    removeOne(this.forwards, target);
    this.changed();
  }

  /** The plain observers: none once the topic has ended. */
  get observers(): readonly Observer<Message>[] {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- RxJS wants it for itself from version 8 on: out of the peer range
    return this.isEnded ? [] : this.topic.observers;
  }

  /** This audience and all that it forwards to, directly or not, each once. */
  reach(): Set<Audience> {
    const reached = new Set<Audience>([this]);
    for (const audience of reached) {
      audience.#forgetEndedTargets();
      for (const target of audience.forwards) reached.add(target);
    }
    return reached;
  }

  /** Every audience that a publish here feeds: those that it reaches, and those that caching topics tell of it. */
  fed(): Set<Audience> {
    const fed = this.reach();
    for (const { writers } of fed) {
      for (const { updates } of writers) for (const audience of updates.audience.reach()) fed.add(audience);
    }
    return fed;
  }

  /** Delivers a subscription change. Its plan is thrown away: a change of the audience comes with every one of them. */
  announce(change: Message): void {
    this.plans.dispatchOnce(change);
  }

  /** Calls back once the topic has ended. Returns what stops that. */
  onEnd(callback: (topic: Topic) => void): () => void {
    const callbacks = (this.#endCallbacks ??= new Set());
    callbacks.add(callback);
    return () => callbacks.delete(callback);
  }

  /** The topic has ended: its name is free, and every subscription gets what is queued and its final message. */
  end(): void {
    this.isEnded = true;
    for (const callback of this.#endCallbacks ?? []) callback(this.topic);
    this.#endCallbacks = undefined;
    for (const subscription of this.subscriptions.splice(0)) subscription.unsubscribe();
    this.forwards = [];
    this.plans.clear();
    this.changed();
  }

  #forgetEndedTargets(): void {
    if (this.forwards.some((target) => target.isEnded)) {
      this.forwards = this.forwards.filter((target) => !target.isEnded);
    }
  }
}

function removeOne<T>(list: T[], element: T): void {
  const index = list.indexOf(element);
  if (index >= 0) list.splice(index, 1);
}
