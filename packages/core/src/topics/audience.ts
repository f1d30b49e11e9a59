import type { Observer } from 'rxjs';
import { Announcements } from './announcements.js';
import type { BusContext } from '../bus/bus-context.js';
import type { CacheWriter } from '../caches/cache-writer.js';
import { TopicCounters } from './counters.js';
import { Listeners } from './listeners.js';
import type { Message } from '../messages/message.js';
import type { AnyMessageType } from '../messages/message-type.js';
import type { LiveSubscription } from '../subscriptions/live-subscription.js';
import { observersOf } from '../errors/observers.js';
import type { Topic } from './topic.js';
import { TopicPlans } from './topic-plans.js';

/** What a topic has failed by: in an object of its own, for it may be `undefined`. */
export interface Failure {
  readonly error: unknown;
}

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
  readonly announcements: Announcements = new Announcements();
  /** A target stands here once for each of its forwards that has not been cancelled. */
  forwards: Audience[] = [];
  isEnded = false;
  /** Whether it was made because somebody took it as a child of another topic, and how many have it as that. */
  isOnDemand = false;
  takers = 0;
  /** The state manager of the topic, if there is one: it has one at the most. */
  stateManager: unknown;
  /** What the topic has ended by, if that was an error. */
  failure: Failure | undefined;
  // Made when they are needed: most topics of a pool have neither.
  #subscriptions: Set<LiveSubscription> | undefined;
  #writers: Set<CacheWriter> | undefined;
  #endCallbacks: Set<(topic: Topic) => void> | undefined;
  /** Those who hear a message type, for each type that came since the last change. */
  #listeners: Map<AnyMessageType, Listeners> | undefined;

  constructor(topic: Topic, context: BusContext) {
    this.topic = topic;
    this.context = context;
  }

  /** In the order in which they came; a snapshot, as are the writers. O(subscriptions). */
  get subscriptions(): readonly LiveSubscription[] {
    return [...(this.#subscriptions ?? [])];
  }

  get writers(): readonly CacheWriter[] {
    return [...(this.#writers ?? [])];
  }

  /** Whether anybody gets what is published: a plain observer, a subscription, a cache, or another topic. */
  get isObserved(): boolean {
    this.#forgetEndedTargets();
    const here = (this.#subscriptions?.size ?? 0) + (this.#writers?.size ?? 0);
    return here + this.observers.length + this.forwards.length > 0;
  }

  /** Who gets what has changed: somebody came or went, or a filter accepts something else. */
  changed(): void {
    this.version++;
    this.context.delivery.changed();
    this.plans.clear();
    if (this.#listeners === undefined) return;
    for (const listeners of this.#listeners.values()) this.#letGoOf(listeners);
    this.#listeners = undefined;
  }

  add(subscription: LiveSubscription): void {
    this.changed();
    (this.#subscriptions ??= new Set()).add(subscription);
    this.announcements.sort(subscription);
  }

  /** Does nothing when it has gone already, as with the topic it does. */
  remove(subscription: LiveSubscription): void {
    if (this.#subscriptions?.has(subscription) !== true) return;
    this.changed();
    this.#subscriptions.delete(subscription);
    this.announcements.forget(subscription);
  }

  /** The filter of a subscription has changed. */
  refiltered(subscription: LiveSubscription): void {
    this.changed();
    if (this.#subscriptions?.has(subscription) === true) this.announcements.sort(subscription);
  }

  addWriter(writer: CacheWriter): void {
    this.changed();
    (this.#writers ??= new Set()).add(writer);
  }

  removeWriter(writer: CacheWriter): void {
    this.changed();
    this.#writers?.delete(writer);
  }

  forwardTo(target: Audience): void {
    this.changed();
    this.forwards.push(target);
  }

  cancelForwardTo(target: Audience): void {
    this.changed();
    const index = this.forwards.indexOf(target);
    if (index >= 0) this.forwards.splice(index, 1);
  }

  /** Those who hear a message type here, forwards left aside. */
  listenersFor(type: AnyMessageType): Listeners {
    const all = (this.#listeners ??= new Map<AnyMessageType, Listeners>());
    let listeners = all.get(type);
    if (listeners === undefined) all.set(type, (listeners = new Listeners(this, type)));
    return listeners;
  }

  /** The plain observers: none once the topic has ended. */
  get observers(): readonly Observer<Message>[] {
    return this.isEnded ? [] : observersOf(this.topic);
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

  /** Adds what has been counted here to the statistics. What plans have counted is added by these. */
  fold(): void {
    for (const listeners of this.#listeners?.values() ?? []) listeners.fold();
  }

  /** Calls back once the topic has ended. Returns what stops that. */
  onEnd(callback: (topic: Topic) => void): () => void {
    const callbacks = (this.#endCallbacks ??= new Set());
    callbacks.add(callback);
    return () => callbacks.delete(callback);
  }

  /** The topic has ended: its name is free, and every subscription gets what is queued and its final message. */
  end(failure: Failure | undefined): void {
    this.isEnded = true;
    this.failure = failure;
    for (const callback of this.#endCallbacks ?? []) callback(this.topic);
    this.#endCallbacks = undefined;
    const { subscriptions } = this;
    for (const subscription of subscriptions) this.remove(subscription);
    for (const subscription of subscriptions) subscription.unsubscribe();
    this.forwards = [];
    this.changed();
  }

  /** What is being delivered reaches them all the same. */
  #letGoOf(listeners: Listeners): void {
    listeners.fold();
    this.context.delivery.defer(() => {
      listeners.release();
    });
  }

  #forgetEndedTargets(): void {
    if (this.forwards.some((target) => target.isEnded)) {
      this.forwards = this.forwards.filter((target) => !target.isEnded);
    }
  }
}
