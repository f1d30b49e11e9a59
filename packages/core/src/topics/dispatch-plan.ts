import type { Observer } from 'rxjs';
import type { Audience } from './audience.js';
import type { BusContext } from '../bus/bus-context.js';
import type { CacheWriter } from '../caches/cache-writer.js';
import { isSampled } from './counters.js';
import type { Delivery } from '../mailbox/delivery.js';
import { StasisError } from '../errors/errors.js';
import type { Listeners } from './listeners.js';
import type { LiveSubscription } from '../subscriptions/live-subscription.js';
import type { Mailbox } from '../mailbox/mailbox.js';
import type { Message } from '../messages/message.js';
import type { AnyMessageType } from '../messages/message-type.js';
import { tell } from '../errors/observers.js';
import { Stopwatch } from '../mailbox/stopwatch.js';
import { SubscriptionChange } from '../messages/subscription-change.js';
import type { Topic } from './topic.js';

/**
 * What a publish of one message type on one topic does, compiled: who hears it here, and who hears it on the topics that
 * this one is forwarded to, each once (F4). So a publish is a comparison and a loop.
 *
 * A publish has three stages. First it feeds the mailboxes: no code of a user runs, so that the answer about congestion
 * is exact, and nested publishes queue in the order in which they are made (T3). Then it writes the caches (C3), and last
 * come the synchronous handlers and plain observers; each of these one message at a time for the whole bus.
 */
export class DispatchPlan {
  // What every message touches comes first.
  readonly type: AnyMessageType;
  readonly #delivery: Delivery;
  /** The revision at which the plan was last seen to hold. */
  #heldAt: number;
  #hits = 0;
  #foldedHits = 0;
  /** Whether there is nobody but synchronous handlers of the topic's own. */
  readonly #isDirect: boolean;
  /** Nobody but one synchronous handler: whose it is. */
  readonly #onlyHandler: LiveSubscription | undefined;
  /** Nobody but one subscription of the topic's own: its mailbox. */
  readonly #onlyMailbox: Mailbox<Message, Topic> | undefined;
  /** Whether a publish may run code of a user. */
  readonly #isStaged: boolean;
  /** Those of the topic's own. */
  readonly #own: Listeners;
  /** Those of the topics that it is forwarded to: their mailboxes have to be told the origin. */
  readonly #others: readonly Listeners[];
  readonly #all: readonly Listeners[];
  readonly #isUsed: boolean;
  /** Whether there is a synchronous handler or a plain observer. */
  readonly #isHeard: boolean;
  readonly #hasWriters: boolean;
  /** All that there are, where there are none elsewhere. */
  readonly #onlyWriters: readonly CacheWriter[] | undefined;
  readonly #context: BusContext;
  readonly #origin: Topic;
  readonly #audiences: readonly Audience[];
  readonly #version: number;

  /** O(audiences) where each of them knows already who hears the type, else as much as they are large. */
  constructor(origin: Audience, type: AnyMessageType) {
    const { context, topic } = origin;
    const audiences = [...origin.reach()];
    const all = audiences.map((audience) => audience.listenersFor(type));
    const [own, ...others] = all as [Listeners, ...Listeners[]];
    const needed = others.filter(({ isNeeded }) => isNeeded);
    const isAlone = needed.length === 0;
    this.type = type;
    this.#delivery = context.delivery;
    this.#heldAt = context.delivery.revision;
    this.#own = own;
    this.#others = needed;
    this.#all = [own, ...needed];
    this.#isUsed = all.some(({ isUsed }) => isUsed);
    this.#isHeard = all.some(({ synchronous, observers }) => synchronous.length + observers.length > 0);
    this.#hasWriters = all.some(({ writers }) => writers.length > 0);
    this.#onlyWriters = isAlone ? own.writers : undefined;
    this.#isStaged = all.some(({ isStaged }) => isStaged);
    this.#isDirect = isAlone && own.mailboxes.length + own.observers.length + own.writers.length === 0;
    const only = isAlone ? own.only : undefined;
    this.#onlyHandler = only?.isSynchronous === true ? only : undefined;
    this.#onlyMailbox = this.#isStaged ? undefined : only?.mailbox;
    this.#context = context;
    this.#origin = topic;
    this.#audiences = audiences;
    this.#version = totalVersion(audiences);
  }

  /** Whether the plan is for messages of this type, and nothing has changed since it was made. */
  isFor(type: AnyMessageType): boolean {
    return this.type === type && (this.#heldAt === this.#delivery.openAt || this.#stillHolds());
  }

  /** Delivers one message. Returns whether every mailbox that it fed is within high water. */
  dispatch(message: Message): boolean {
    if (isSampled(this.#hits++)) return this.#dispatchTimed(message);
    if (this.#onlyHandler !== undefined) return this.#dispatchTo(this.#onlyHandler, message);
    if (this.#isDirect === true) return this.#dispatchDirectly(message);
    return this.#isStaged === true ? this.#dispatchInStages(message, undefined) : this.#feed(message) || this.#alert();
  }

  /** Adds what was counted since the last time to the statistics: a publish itself counts one number. */
  fold(): void {
    const hits = this.#hits - this.#foldedHits;
    if (hits === 0) return;
    this.#foldedHits = this.#hits;
    const { counters } = this.#origin.audience;
    if (this.#isUsed) counters.dispatched += hits;
    else counters.notDispatched += hits;
    this.#context.messageTypes.add(this.type, hits, this.#isUsed);
    this.#own.count += hits;
    this.#own.fold();
  }

  /** Something is being delivered, or has changed, here or elsewhere. An equal sum of what only grows: equal summands. */
  #stillHolds(): boolean {
    const { revision } = this.#delivery;
    if (this.#heldAt === revision) return true;
    const holds = totalVersion(this.#audiences) === this.#version;
    if (holds) this.#heldAt = revision;
    return holds;
  }

  #dispatchTimed(message: Message): boolean {
    const { delivery, stopwatch: shared, performance } = this.#context;
    // A nested publish has one of its own: what is being delivered may be using the other.
    const stopwatch = delivery.isBusy ? new Stopwatch(performance) : shared;
    const startedAt = stopwatch.look();
    const isWithinHighWater = this.#isStaged
      ? this.#dispatchInStages(message, stopwatch)
      : this.#feed(message) || this.#alert();
    if (!this.#isDirect) stopwatch.look();
    this.#origin.audience.counters.times.take(stopwatch.lookedAt - startedAt);
    return isWithinHighWater;
  }

  /** A mailbox is congested: whoever is to be told has waited until all mailboxes were fed. */
  #alert(): false {
    this.#delivery.flush();
    return false;
  }

  // The last stage alone, for whom the others have nothing to do: so short that the compiler makes one piece of it all.

  #dispatchTo(only: LiveSubscription, message: Message): boolean {
    const delivery = this.#delivery;
    if (delivery.openAt !== this.#heldAt) return this.#dispatchInStages(message, undefined);
    delivery.begin();
    try {
      return only.receive(message, this.#origin, undefined);
    } finally {
      delivery.end();
    }
  }

  #dispatchDirectly(message: Message): boolean {
    const delivery = this.#delivery;
    if (delivery.openAt !== this.#heldAt) return this.#dispatchInStages(message, undefined);
    delivery.begin();
    try {
      return this.#call(message, undefined);
    } finally {
      delivery.end();
    }
  }

  #dispatchInStages(message: Message, stopwatch: Stopwatch | undefined): boolean {
    const delivery = this.#delivery;
    const isNested = delivery.isBusy;
    if (isNested) this.#deliverLater(message, stopwatch);
    else delivery.begin();
    try {
      let isWithinHighWater = this.#feed(message);
      if (!this.#write(message)) isWithinHighWater = false;
      if (!isNested && this.#isHeard === true && !this.#deliver(message, stopwatch)) isWithinHighWater = false;
      return isWithinHighWater;
    } finally {
      if (!isNested) delivery.end();
    }
  }

  /** By itself: a function that makes another one allocates for it whenever it is called. */
  #deliverLater(message: Message, stopwatch: Stopwatch | undefined): void {
    if (this.#delivery.isEndless || this.#context.writing.isEndless) this.#refuse(message);
    if (!this.#isHeard) return;
    this.#delivery.postpone(() => void this.#deliver(message, stopwatch));
  }

  // Loops by index: an iterator for each publish costs as much as the delivery to one subscription.

  #feed(message: Message): boolean {
    // Here and not in `dispatch`: whatever that is longer by, the compiler leaves out of the path of a synchronous handler.
    if (this.#onlyMailbox !== undefined) return this.#onlyMailbox.push(message);
    const { mailboxes } = this.#own;
    let isWithinHighWater = true;
    for (let i = 0; i < mailboxes.length; i++) {
      if (!(mailboxes[i] as Mailbox<Message, Topic>).push(message)) isWithinHighWater = false;
    }
    return this.#others.length === 0 ? isWithinHighWater : this.#feedOthers(message) && isWithinHighWater;
  }

  #feedOthers(message: Message): boolean {
    const others = this.#others;
    const origin = this.#origin;
    let isWithinHighWater = true;
    for (let o = 0; o < others.length; o++) {
      const other = others[o] as Listeners;
      const { mailboxes } = other;
      other.count++;
      for (let i = 0; i < mailboxes.length; i++) {
        if (!(mailboxes[i] as Mailbox<Message, Topic>).pushFrom(message, origin)) isWithinHighWater = false;
      }
    }
    return isWithinHighWater;
  }

  /** Returns whether every mailbox that the updates fed is within high water, as far as they have been fed. */
  #write(message: Message): boolean {
    if (!this.#hasWriters) return true;
    const { writing } = this.#context;
    if (writing.isBusy) {
      this.#writeLater(message);
      return true;
    }
    writing.begin();
    try {
      return this.#writeNow(message);
    } finally {
      writing.end();
    }
  }

  #writeLater(message: Message): void {
    this.#context.writing.postpone(() => void this.#writeNow(message));
  }

  #writeNow(message: Message): boolean {
    if (this.#onlyWriters !== undefined) return writeTo(this.#onlyWriters, message);
    let isWithinHighWater = true;
    for (const { writers } of this.#all) if (!writeTo(writers, message)) isWithinHighWater = false;
    return isWithinHighWater;
  }

  #deliver(message: Message, stopwatch: Stopwatch | undefined): boolean {
    const all = this.#all;
    if (!this.#isDirect) stopwatch?.look();
    const isWithinHighWater = this.#call(message, stopwatch);
    for (let a = 0; a < all.length; a++) {
      const { observers } = all[a] as Listeners;
      for (let i = 0; i < observers.length; i++) {
        tell(observers[i] as Observer<Message>, message, this.#origin, this.#context);
      }
    }
    return isWithinHighWater;
  }

  /** Returns whether every mailbox behind a synchronous handler is within high water. */
  #call(message: Message, stopwatch: Stopwatch | undefined): boolean {
    const all = this.#all;
    const origin = this.#origin;
    let isWithinHighWater = true;
    for (let a = 0; a < all.length; a++) {
      const { synchronous } = all[a] as Listeners;
      for (let i = 0; i < synchronous.length; i++) {
        if (!(synchronous[i] as LiveSubscription).receive(message, origin, stopwatch)) isWithinHighWater = false;
      }
    }
    return isWithinHighWater;
  }

  /** Before anything has changed; subscription changes are part of something that cannot be left halfway. */
  #refuse({ type }: Message): void {
    if (type.identity === SubscriptionChange.identity) return;
    this.#hits--;
    throw new StasisError(
      'ENDLESS_PUBLISH',
      `[core] publish(): observers on topic "${this.#origin.name}" publish to each other without end. Does it observe itself?`,
    );
  }
}

/** Returns whether every mailbox that the updates fed is within high water. */
function writeTo(writers: readonly CacheWriter[], message: Message): boolean {
  let isWithinHighWater = true;
  for (let i = 0; i < writers.length; i++) {
    if (!(writers[i] as CacheWriter).write(message)) isWithinHighWater = false;
  }
  return isWithinHighWater;
}

function totalVersion(audiences: readonly Audience[]): number {
  let total = 0;
  for (let i = 0; i < audiences.length; i++) total += (audiences[i] as Audience).version;
  return total;
}
