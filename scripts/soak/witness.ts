import { CacheUpdate } from '@stasis-rx/core';
import type { AnyMessageType, Handler, Message, Subscription, Topic } from '@stasis-rx/core';
import { getEventListeners } from 'node:events';
import { finalize, isObservable } from 'rxjs';
import { Ledger } from './ledger.js';
import { changeToken, parcelOf, tokenInWords, tokenOf } from './messages.js';
import type { Place } from './place.js';
import { react } from './reactions.js';
import type { Taste } from './taste.js';
import type { World } from './world.js';

/** What a subscription and a router have in common. */
export type Handle = Pick<
  Subscription,
  'unsubscribe' | 'join' | 'publishSync' | typeof Symbol.dispose | typeof Symbol.asyncDispose
>;

/** One subscription: what it is to be given, and its handler, which compares that with what it is given. */
export class Witness {
  slot: number | undefined;
  readonly place: Place;
  readonly taste: Taste;
  /** What the subscription's id ends with. */
  readonly number: number;
  readonly ledger = new Ledger();
  readonly controller: AbortController | undefined;
  readonly hasErrorHook: boolean;
  /** The types that have a route of their own, in a router whose default takes the rest. */
  routes: Set<AnyMessageType> | undefined;
  handle: Handle | undefined;
  subscription: Subscription | undefined;
  isSubscribed = true;
  isEnded = false;
  /** How many messages its filter let through. */
  passed = 0;
  /** What its handler threw, until that is reported. */
  failure: { readonly cause: Error; readonly message: Message } | undefined;
  /** What is being handled. */
  current: number | undefined;
  readonly #world: World;

  constructor(world: World, place: Place, taste: Taste, options: { hasSignal: boolean; hasErrorHook: boolean }) {
    this.#world = world;
    this.place = place;
    this.taste = taste;
    this.number = ++world.figures.subscriptions;
    this.controller = options.hasSignal ? new AbortController() : undefined;
    this.hasErrorHook = options.hasErrorHook;
  }

  get id(): string {
    return `${this.place.name}#${this.number}`;
  }

  /** The model's: it is to be given this, and with a cache update what the cache held before. */
  expect(token: number, oldToken?: number): void {
    this.passed++;
    this.ledger.add(token);
    if (oldToken !== undefined) this.ledger.add(oldToken);
  }

  /** The model's: it leaves, and gets its final message if the filter lets that through (S4). */
  expectFinal(): void {
    this.isSubscribed = false;
    if (this.taste.acceptsFinal) this.ledger.add(changeToken(this.number, 'Unsubscribe'));
  }

  readonly handler: Handler = (message, topic, subscription) => {
    this.#world.figures.deliveries++;
    const isUpdate = CacheUpdate.is(message);
    if (isUpdate) this.#compareUpdate(message);
    else this.#compare(tokenOf(message), message, subscription);
    const origin = isUpdate ? this.place.name : originOf(message);
    if (topic.name !== origin) this.#violates('S2', `was told that it came from ${topic.name}, not ${origin}`);
    return this.#run(message);
  };

  /** Called with the final message, after it has been handled. */
  readonly onFinal = (): void => {
    const { figures, failures } = this.#world;
    figures.finals++;
    if (this.isEnded) this.#violates('S4', 'got a second final message');
    if (this.isSubscribed) this.#violates('S4', 'got its final message though nobody ended it');
    if (this.current !== undefined) this.#violates('S4', 'ended while its handler was running');
    this.expectNothing();
    this.isEnded = true;
    failures.forget(this);
    const { signal } = this.controller ?? {};
    if (signal !== undefined && getEventListeners(signal, 'abort').length > 0) {
      this.#violates('S4', 'still listens to its signal');
    }
  };

  /** Everything that it was to be given must have come by now, and what failed must have been reported. */
  expectNothing(): void {
    const { next } = this.ledger;
    if (next !== undefined) this.#violates('F4', `never got ${tokenInWords(next)}`);
    if (this.failure !== undefined) this.#violates('T6', `failed on ${this.#inWords(this.failure.message)}, unreported`);
  }

  /** Handles one message. Notes when it has finished before the bus can know. */
  #run(message: Message): unknown {
    let result: unknown;
    try {
      result = react(this.#world, this, message);
    } catch (error) {
      this.#finish();
      throw error;
    }
    if (isObservable(result)) return result.pipe(finalize(this.#finish));
    if (result instanceof Promise) result.then(this.#finish, this.#finish);
    else this.#finish();
    return result;
  }

  readonly #finish = (): void => {
    this.current = undefined;
  };

  #compare(token: number, message: Message, subscription: Subscription): void {
    this.#begin(token);
    const due = this.ledger.take();
    if (due !== token) {
      const rule = due === undefined ? 'F4' : 'T3';
      this.#violates(rule, `got ${tokenInWords(token)} when ${tokenInWords(due)} was due`);
    }
    const isFinal = token === changeToken(this.number, 'Unsubscribe');
    if (subscription.isFinal(message) !== isFinal) this.#violates('S5', `took ${tokenInWords(token)} for its final message`);
    if (subscription.isDone !== isFinal) this.#violates('S6', `says it is done: ${String(subscription.isDone)}`);
  }

  #compareUpdate({ data }: Message<{ readonly oldSnapshot: Message | null; readonly newSnapshot: Message | null }>): void {
    const [token, oldToken] = [data.newSnapshot, data.oldSnapshot].map((one) => (one === null ? 0 : tokenOf(one)));
    this.#begin(token ?? 0);
    const due = [this.ledger.take(), this.ledger.take()];
    if (due[0] === token && due[1] === oldToken) return;
    this.#violates('C2', `got the update from ${oldToken ?? ''} to ${token ?? ''}, not from ${due[1] ?? ''} to ${due[0] ?? ''}`);
  }

  #begin(token: number): void {
    if (this.isEnded) this.#violates('S4', `got ${tokenInWords(token)} after its final message`);
    if (this.current !== undefined) {
      this.#violates('S1', `got ${tokenInWords(token)} while it was handling ${tokenInWords(this.current)}`);
    }
    if (this.failure !== undefined) this.expectNothing();
    this.current = token;
  }

  #inWords(message: Message): string {
    return CacheUpdate.is(message) ? 'a cache update' : tokenInWords(tokenOf(message));
  }

  #violates(rule: string, text: string): void {
    this.#world.violations.report(rule, `the subscription ${this.id} ${text}`);
  }
}

/** Name of the topic to which a message was first published. */
function originOf(message: Message): string {
  const data = message.data as { readonly topic?: string };
  return data.topic ?? parcelOf(message).from;
}
