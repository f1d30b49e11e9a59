import { StasisError } from '../errors/errors.js';
import { isSampled } from '../mailbox/sampling.js';
import { Stopwatch } from '../mailbox/stopwatch.js';
import type { Trampoline } from '../mailbox/trampoline.js';
import type { AnyMessageType, Message } from '../messages/message.js';
import { SubscriptionChange } from '../messages/subscription-change.js';
import type { Publication } from '../watching/publication.js';
import type { Receipt } from '../watching/receipt.js';
import { HandlerStage } from './handler-stage.js';
import type { Listeners } from './listeners.js';
import { MailboxStage } from './mailbox-stage.js';
import type { Origin } from '../watching/origin.js';
import { totalVersion, type PlanSource } from './plan-source.js';
import type { Receiver } from './recipient.js';
import { TapStage } from './tap-stage.js';
import { TrackedMailboxStage } from './tracked-mailbox-stage.js';

/**
 * What a publish of one message type on one topic does, compiled: who hears it here, and who hears it on the topics that
 * this one is forwarded to, each once (F4). So a publish is a comparison and a loop.
 *
 * A publish has three stages: the {@link MailboxStage}, the {@link TapStage} and the {@link HandlerStage}. Of the last two
 * each takes one message at a time for the whole bus: a publish made meanwhile waits for its turn there, while it has fed
 * the mailboxes already (T3).
 */
export class DispatchPlan {
  // What every message touches comes first.
  readonly type: AnyMessageType;
  readonly #delivery: Trampoline;
  /** The revision at which the plan was last seen to hold. */
  #heldAt: number;
  #hits = 0;
  #foldedHits = 0;
  /** Whether there is nobody but synchronous handlers of the topic's own. */
  readonly #isAllSynchronous: boolean;
  /** Nobody but one synchronous handler of the topic's own: what takes its messages. */
  readonly #onlyReceiver: Receiver | undefined;
  readonly #topic: Origin;
  /** Whether all there is to do is to feed mailboxes. */
  readonly #isQuiet: boolean;
  readonly #mailboxes: MailboxStage;
  /** Where there are taps. */
  readonly #taps: TapStage | undefined;
  /** Where there are synchronous handlers or plain observers. */
  readonly #handlers: HandlerStage | undefined;
  readonly #isUsed: boolean;
  /** Whether a publication goes with each message: for contexts, or for probes. Then there is no shorter way. */
  readonly #isTracked: boolean;
  /** Takes the place of the first stage then, and where a receipt is asked for. */
  #trackedMailboxes: TrackedMailboxStage | undefined;
  readonly #all: readonly [Listeners, ...Listeners[]];
  readonly #own: Listeners;
  readonly #origin: PlanSource;
  readonly #sources: readonly PlanSource[];
  readonly #version: number;

  /** O(audiences) where each of them knows already who hears the type, else as much as they are large. */
  constructor(origin: PlanSource, type: AnyMessageType) {
    const { context, topic } = origin;
    const sources = [...origin.reach()];
    const [own, ...others] = sources.map((source) => source.listenersFor(type)) as [Listeners, ...Listeners[]];
    const all: [Listeners, ...Listeners[]] = [own, ...others.filter(({ isNeeded }) => isNeeded)];
    const isTracked = context.contexts !== undefined || context.probes.areAttached;
    const isAlone = all.length === 1 && !isTracked;
    this.type = type;
    this.#delivery = context.delivery;
    this.#heldAt = context.delivery.revision;
    this.#topic = topic;
    this.#own = own;
    this.#isUsed = all.some(({ isUsed }) => isUsed);
    this.#isTracked = isTracked;
    this.#isQuiet = !isTracked && all.every(({ isQuiet }) => isQuiet);
    this.#isAllSynchronous = isAlone && own.mailboxes.length + own.observers.length + own.taps.length === 0;
    const receivers = own.calls?.receivers;
    this.#onlyReceiver = this.#isAllSynchronous && receivers?.length === 1 ? receivers[0] : undefined;
    this.#mailboxes = MailboxStage.of(all);
    this.#taps = all.some(({ taps }) => taps.length > 0) ? new TapStage(context, all) : undefined;
    const isHeard = all.some(({ calls, observers }) => calls !== undefined || observers.length > 0);
    this.#handlers = isHeard ? new HandlerStage(all, topic, context) : undefined;
    this.#all = all;
    this.#origin = origin;
    this.#sources = sources;
    this.#version = totalVersion(sources);
  }

  /** Whether the plan is for messages of this type, and nothing has changed since it was made. */
  isFor(type: AnyMessageType): boolean {
    return this.type === type && (this.#heldAt === this.#delivery.openAt || this.#stillHolds());
  }

  /** Delivers one message. Returns whether every mailbox that it fed is within high water. */
  dispatch(message: Message): boolean {
    if (isSampled(this.#hits++)) return this.#dispatchTimed(message, this.#publicationOf(message));
    if (this.#isAllSynchronous === true) return this.#dispatchSynchronously(message);
    return this.#isQuiet === true
      ? this.#mailboxes.run(message, this.#topic) || this.#alert()
      : this.#dispatchInStages(message, undefined, this.#publicationOf(message));
  }

  /** Delivers one message, and calls back when every subscription that it reaches is through with it. */
  deliver(message: Message, whenThrough: (receipt: Receipt) => void): void {
    this.#hits++;
    this.#dispatchInStages(message, undefined, this.#tracked().accompany(message, whenThrough));
  }

  /** Delivers the first message, and gives what went with it. */
  dispatchFirst(message: Message): Publication | undefined {
    this.#hits++;
    const publication = this.#publicationOf(message);
    this.#dispatchTimed(message, publication);
    return publication;
  }

  /**
   * Counts a message of this type that need not be made, for it would reach nobody. Returns whether that is so: not once
   * something has changed, and not of those whose time is taken.
   */
  passOver(type: AnyMessageType): boolean {
    const isUnheard = !this.#isUsed && this.#isQuiet && this.#all.length === 1;
    if (!isUnheard || !this.isFor(type) || isSampled(this.#hits)) return false;
    this.#hits++;
    return true;
  }

  /** Adds what was counted since the last time to the statistics: a publish itself counts one number. */
  fold(): void {
    const hits = this.#hits - this.#foldedHits;
    if (hits === 0) return;
    this.#foldedHits = this.#hits;
    const { counters, context } = this.#origin;
    if (this.#isUsed) counters.dispatched += hits;
    else counters.notDispatched += hits;
    context.messageTypes.add(this.type, hits, this.#isUsed);
    this.#own.count += hits;
    this.#own.fold();
  }

  /**
   * Something is being delivered, or has changed, here or elsewhere: who gets what, or the bus is held, under which no plan
   * holds. An equal sum of what only grows: equal summands.
   */
  #stillHolds(): boolean {
    const { revision } = this.#delivery;
    if (this.#heldAt === revision) return true;
    if (this.#origin.context.gate.isHeld) return false;
    const holds = totalVersion(this.#sources) === this.#version;
    if (holds) this.#heldAt = revision;
    return holds;
  }

  #dispatchTimed(message: Message, publication: Publication | undefined): boolean {
    const { stopwatch: shared, performance } = this.#origin.context;
    // A nested publish has one of its own: what is being delivered may be using the other.
    const stopwatch = this.#delivery.isBusy ? new Stopwatch(performance) : shared;
    const startedAt = stopwatch.look();
    const isWithinHighWater = this.#isQuiet
      ? this.#mailboxes.run(message, this.#topic) || this.#alert()
      : this.#dispatchInStages(message, stopwatch, publication);
    if (!this.#isAllSynchronous) stopwatch.look();
    this.#origin.counters.times.take(stopwatch.lookedAt - startedAt);
    return isWithinHighWater;
  }

  /** A mailbox is congested: whoever is to be told has waited until all mailboxes were fed. */
  #alert(): false {
    this.#delivery.flush();
    return false;
  }

  /** The last stage alone, for whom the others have nothing to do: so short that the compiler makes one piece of it all. */
  #dispatchSynchronously(message: Message): boolean {
    const delivery = this.#delivery;
    if (delivery.openAt !== this.#heldAt) return this.#dispatchInStages(message, undefined, undefined);
    delivery.begin();
    try {
      if (this.#onlyReceiver !== undefined) return this.#onlyReceiver.receive(message, this.#topic, undefined);
      return this.#own.calls?.give(message, this.#topic, undefined) !== false;
    } finally {
      delivery.end();
    }
  }

  #dispatchInStages(message: Message, stopwatch: Stopwatch | undefined, publication: Publication | undefined): boolean {
    const delivery = this.#delivery;
    const isNested = delivery.isBusy;
    if (isNested) this.#handleLater(message, stopwatch, publication);
    else delivery.begin();
    try {
      let isWithinHighWater =
        publication === undefined
          ? this.#mailboxes.run(message, this.#topic)
          : this.#tracked().run(message, publication);
      if (this.#taps?.run(message, publication) === false) isWithinHighWater = false;
      if (!isNested && !this.#handle(message, stopwatch, publication)) isWithinHighWater = false;
      return isWithinHighWater;
    } finally {
      if (!isNested) delivery.end();
    }
  }

  #publicationOf(message: Message): Publication | undefined {
    return this.#isTracked ? this.#tracked().accompany(message) : undefined;
  }

  #tracked(): TrackedMailboxStage {
    return (this.#trackedMailboxes ??= new TrackedMailboxStage(this.#all, this.#origin));
  }

  #handle(message: Message, stopwatch: Stopwatch | undefined, publication: Publication | undefined): boolean {
    if (this.#handlers === undefined) return true;
    if (!this.#isAllSynchronous) stopwatch?.look();
    return this.#handlers.run(message, stopwatch, publication);
  }

  /** By itself: a function that makes another one allocates for it whenever it is called. */
  #handleLater(message: Message, stopwatch: Stopwatch | undefined, publication: Publication | undefined): void {
    if (this.#delivery.isEndless || this.#origin.context.tapping.isEndless) this.#refuse(message);
    if (this.#handlers !== undefined) {
      const handle = (): void => void this.#handle(message, stopwatch, publication);
      this.#delivery.postpone(publication === undefined ? handle : publication.keep(handle));
    }
  }

  /** Before anything has changed; subscription changes are part of something that cannot be left halfway. */
  #refuse({ type }: Message): void {
    if (type.identity === SubscriptionChange.identity) return;
    this.#hits--;
    const { name } = this.#topic;
    const text = `observers on topic "${name}" publish to each other without end. Does it observe itself?`;
    throw new StasisError('ENDLESS_PUBLISH', `[core] publish(): ${text}`);
  }
}
