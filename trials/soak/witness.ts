import type {
  AnyMessageType,
  CacheUpdateData,
  Handler,
  Message,
  SubscribeOptions,
  Subscription,
} from '@stasis-rx/core';
import type { MessageRouter } from '@stasis-rx/router';
import { getEventListeners } from 'node:events';
import type { Failing, Failure, Failures } from './failures.js';
import type { Figures } from './figures.js';
import { Ledger } from './ledger.js';
import { changeToken, isUpdate, originOf, tokenInWords, tokenOf, tokenOfSnapshot } from './messages.js';
import type { Party } from './party.js';
import { play } from './play.js';
import type { Random } from './random.js';
import type { Taste } from './taste.js';
import type { Violations } from './violations.js';

/** What a subscription and a router have in common. */
export type Handle = Pick<
  Subscription,
  'unsubscribe' | 'join' | 'publishSync' | typeof Symbol.dispose | typeof Symbol.asyncDispose
>;

/** What a witness needs of the world. */
export interface Scene<Where extends Named> {
  readonly random: Random;
  readonly figures: Figures;
  readonly violations: Violations;
  readonly failures: Failures;
  /** Whoever comes may join it. */
  readonly party: Party<Witness<Where>>;
  /** Does with a message what a handler may come up with. What it gives is what the handler returns. */
  react(witness: Witness<Where>, message: Message): unknown;
}

/** What a witness needs of the place where it subscribes. */
interface Named {
  readonly name: string;
}

/** One subscription: what it is to be given, and its handler, which compares that with what it is given. */
export class Witness<Where extends Named> implements Failing {
  slot: number | undefined;
  readonly place: Where;
  readonly taste: Taste;
  /** What the subscription's id ends with. */
  readonly number: number;
  readonly ledger = new Ledger();
  readonly controller: AbortController | undefined;
  /** Those with whom it shares its signal, if it does. */
  readonly party: Party<Witness<Where>> | undefined;
  /** Whether its handler is always called on a stack of its own. */
  readonly isByItself: boolean;
  readonly hasErrorHook: boolean;
  /** The types that have a route, in a router. */
  readonly routes = new Set<AnyMessageType>();
  handle: Handle | undefined;
  router: MessageRouter | undefined;
  subscription: Subscription | undefined;
  isSubscribed = true;
  isEnded = false;
  /** How many messages its filter let through. */
  passed = 0;
  failure: Failure | undefined;
  /** What is being handled. */
  current: number | undefined;
  readonly #world: Scene<Where>;

  constructor(world: Scene<Where>, place: Where, taste: Taste, isByItself: boolean) {
    const { random, failures, figures } = world;
    this.#world = world;
    this.place = place;
    this.taste = taste;
    this.number = ++figures.subscriptions;
    this.isByItself = isByItself;
    this.party = random.chance(0.1) ? world.party : undefined;
    this.party?.members.add(this);
    this.controller = this.party?.controller ?? (random.chance(0.2) ? new AbortController() : undefined);
    this.hasErrorHook = random.chance(0.3);
    failures.watch(this);
  }

  get id(): string {
    return `${this.place.name}#${this.number}`;
  }

  /** What to subscribe with. */
  get hooks(): Pick<SubscribeOptions, 'onError' | 'onFinal' | 'signal'> {
    const report = (error: unknown): void => {
      this.#world.failures.report(error, this);
    };
    return {
      onFinal: this.#onFinal,
      signal: this.controller?.signal,
      onError: this.hasErrorHook ? report : undefined,
    };
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
    this.party?.members.delete(this);
    if (this.taste.acceptsFinal) this.ledger.add(changeToken(this.number, 'Unsubscribe'));
  }

  readonly handler: Handler = (message, topic, subscription) => {
    this.#world.figures.deliveries++;
    let origin = this.place.name;
    if (isUpdate(message)) {
      this.#compareUpdate(message.data);
    } else {
      this.#compare(tokenOf(message), message, subscription);
      origin = originOf(message);
    }
    if (topic.name !== origin) this.#violates('S2', `was told that it came from ${topic.name}, not ${origin}`);
    return play(() => this.#world.react(this, message), this.#finish);
  };

  /** Everything that it was to be given must have come by now, and what failed must have been reported. */
  expectNothing(): void {
    const { next } = this.ledger;
    if (next !== undefined) this.#violates('F4', `never got ${tokenInWords(next)}`);
    this.#expectNoFailure();
  }

  /** Whether it has not finished with a message. */
  owes(token: number): boolean {
    return this.current === token || this.ledger.includes(token);
  }

  readonly #finish = (): void => {
    this.current = undefined;
  };

  /** Called with the final message, after it has been handled. */
  readonly #onFinal = (): void => {
    const { figures, failures } = this.#world;
    figures.finals++;
    if (this.isEnded) this.#violates('S4', 'got a second final message');
    if (this.isSubscribed) this.#violates('S4', 'got its final message though nobody ended it');
    if (this.current !== undefined) this.#violates('S4', 'ended while its handler was running');
    this.expectNothing();
    this.isEnded = true;
    failures.forget(this);
    const { signal } = this.controller ?? {};
    // One listener for all who are left of a party.
    const listeners = (this.party?.members.size ?? 0) > 0 ? 1 : 0;
    if (signal !== undefined && getEventListeners(signal, 'abort').length > listeners) {
      this.#violates('S4', 'still listens to its signal');
    }
  };

  #compare(token: number, message: Message, subscription: Subscription): void {
    this.#begin(token);
    const due = this.ledger.take();
    if (due !== token) {
      const rule = due === undefined ? 'F4' : 'T3';
      this.#violates(rule, `got ${tokenInWords(token)} when ${tokenInWords(due)} was due`);
    }
    const isFinal = token === changeToken(this.number, 'Unsubscribe');
    if (subscription.isFinal(message) !== isFinal) this.#violates('S5', `is wrong about ${tokenInWords(token)}`);
    if (subscription.isDone !== isFinal) this.#violates('S6', `says it is done: ${String(subscription.isDone)}`);
  }

  #compareUpdate({ oldSnapshot, newSnapshot }: CacheUpdateData): void {
    const token = tokenOfSnapshot(newSnapshot);
    const oldToken = tokenOfSnapshot(oldSnapshot);
    this.#begin(token);
    const due = this.ledger.take();
    const oldDue = this.ledger.take();
    if (due === token && oldDue === oldToken) return;
    this.#violates('C2', `got an update from ${oldToken} to ${token}, not from ${oldDue ?? 0} to ${due ?? 0}`);
  }

  #begin(token: number): void {
    if (this.isEnded) this.#violates('S4', `got ${tokenInWords(token)} after its final message`);
    if (this.current !== undefined) {
      this.#violates('S1', `got ${tokenInWords(token)} while it was handling ${tokenInWords(this.current)}`);
    }
    this.#expectNoFailure();
    this.current = token;
  }

  #expectNoFailure(): void {
    if (this.failure !== undefined) this.#violates('T6', `failed, and nobody was told`);
  }

  #violates(rule: string, text: string): void {
    this.#world.violations.report(rule, `the subscription ${this.id} ${text}`);
  }
}
