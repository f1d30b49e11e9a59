import type { Observer, Subject } from 'rxjs';
import { observersOf } from '../errors/observers.js';
import type { AnyMessageType, Message } from '../messages/message.js';
import { Announcements } from './announcements.js';
import { TopicCounters } from './counters.js';
import { NO_LISTENERS, type Listeners } from './listeners.js';
import { ListenersByType, type Present } from './listeners-by-type.js';
import type { Origin } from '../watching/origin.js';
import type { PlanSource } from './plan-source.js';
import type { Recipient } from './recipient.js';
import type { Feeding, Tap } from './tap.js';
import { TopicPlans, type PlanSlot } from './topic-plans.js';
import type { TopicsContext } from './topics-context.js';

/** What a topic has failed by: in an object of its own, for it may be `undefined`. */
export interface Failure {
  readonly error: unknown;
}

/**
 * Everyone whom a topic's messages reach: its own recipients, taps and plain observers (which the Subject keeps), and the
 * audiences of the topics that it forwards to.
 *
 * The version grows with every change, so that whoever has compiled this audience into a plan sees in one comparison
 * whether the plan still holds. A topic knows what it forwards to and never what forwards here: a change costs the
 * same however large a pool is, and an abandoned topic is garbage.
 */
export class Audience implements PlanSource, Present, Feeding {
  version = 0;
  readonly topic: Subject<Message> & Origin;
  readonly context: TopicsContext;
  readonly plans: TopicPlans;
  readonly counters: TopicCounters = new TopicCounters();
  readonly announcements: Announcements = new Announcements();
  /** A target stands here once for each of its forwards that has not been cancelled. */
  forwards: Audience[] = [];
  isEnded = false;
  /** Whether it was made because somebody took it as a child of another topic, and how many have it as that. */
  isOnDemand = false;
  takers = 0;
  /** Name of the topic in whose pool it is, if it is in one. */
  pool: string | undefined;
  /** The state manager of the topic, if there is one: it has one at the most. */
  stateManager: { readonly size: number } | undefined;
  /** What the topic has ended by, if that was an error. */
  failure: Failure | undefined;
  // Made when they are needed: most topics of a pool have neither.
  #recipients: Set<Recipient> | undefined;
  #taps: Set<Tap> | undefined;
  #endCallbacks: Set<(topic: Origin) => void> | undefined;
  /** Made for the first message after a change. */
  #listeners: ListenersByType | undefined;

  constructor(topic: Subject<Message> & Origin & PlanSlot, context: TopicsContext) {
    this.topic = topic;
    this.context = context;
    this.plans = new TopicPlans(this, topic);
  }

  /** In the order in which they came; a snapshot, as are the taps. O(recipients). */
  get recipients(): readonly Recipient[] {
    return [...(this.#recipients ?? [])];
  }

  get taps(): readonly Tap[] {
    return [...(this.#taps ?? [])];
  }

  /** Whether anybody gets what is published: a plain observer, a recipient, a tap, or another topic. */
  get isObserved(): boolean {
    this.#forgetEndedTargets();
    return this.#isHeardHere || this.forwards.length > 0;
  }

  /** Who gets what has changed: somebody came or went, or a filter accepts something else. */
  changed(): void {
    this.version++;
    this.context.delivery.changed();
    this.plans.clear();
    if (this.#listeners !== undefined) this.#letGoOf(this.#listeners);
    this.#listeners = undefined;
  }

  add(recipient: Recipient): void {
    this.changed();
    (this.#recipients ??= new Set()).add(recipient);
    this.announcements.sort(recipient);
  }

  /** Does nothing when it has gone already, as with the topic it does. */
  remove(recipient: Recipient): void {
    if (this.#recipients?.has(recipient) !== true) return;
    this.changed();
    this.#recipients.delete(recipient);
    this.announcements.forget(recipient);
  }

  /** The filter of a recipient has changed. */
  refiltered(recipient: Recipient): void {
    this.changed();
    if (this.#recipients?.has(recipient) === true) this.announcements.sort(recipient);
  }

  addTap(tap: Tap): void {
    this.changed();
    (this.#taps ??= new Set()).add(tap);
  }

  removeTap(tap: Tap): void {
    this.changed();
    this.#taps?.delete(tap);
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
    return this.#isHeardHere ? (this.#listeners ??= new ListenersByType(this)).of(type) : NO_LISTENERS;
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

  /** Adds what has been counted here to the statistics. What plans have counted is added by these. */
  fold(): void {
    this.#listeners?.fold();
  }

  /** Calls back once the topic has ended. Returns what stops that. */
  onEnd(callback: (topic: Origin) => void): () => void {
    const callbacks = (this.#endCallbacks ??= new Set());
    callbacks.add(callback);
    return () => callbacks.delete(callback);
  }

  /** The topic has ended: its name is free, and every recipient gets what is queued, and ends. */
  end(failure: Failure | undefined): void {
    this.isEnded = true;
    this.failure = failure;
    for (const callback of this.#endCallbacks ?? []) callback(this.topic);
    this.#endCallbacks = undefined;
    const { recipients } = this;
    for (const recipient of recipients) this.remove(recipient);
    for (const recipient of recipients) recipient.unsubscribe();
    this.forwards = [];
    this.changed();
  }

  get #isHeardHere(): boolean {
    return (this.#recipients?.size ?? 0) + (this.#taps?.size ?? 0) + this.observers.length > 0;
  }

  /** What is being delivered reaches them all the same. */
  #letGoOf(listeners: ListenersByType): void {
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
