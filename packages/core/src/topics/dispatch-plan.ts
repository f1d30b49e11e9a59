import { StasisError } from '../errors/errors.js';
import type { Mailbox } from '../mailbox/mailbox.js';
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
import type { DirectReceiver } from './recipient.js';
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
  /** Where there is nobody but synchronous handlers of the topic's own: what takes the messages. */
  readonly #direct: DirectReceiver | undefined;
  readonly #topic: Origin;
  /** Where all there is to do is to feed mailboxes: those, and what they are told of the origin. */
  readonly #quiet: Mailbox<Message, Origin> | MailboxStage | undefined;
  readonly #quietOrigin: Origin | undefined;
  readonly #mailboxes: MailboxStage;
  /** Where there are taps. */
  readonly #taps: TapStage | undefined;
  /** Where there are synchronous handlers or plain observers. */
  readonly #handlers: HandlerStage | undefined;
  readonly #isUsed: boolean;
  /** Takes the place of the first stage where a publication goes with a message: for contexts, probes and receipts. */
  #trackedMailboxes: TrackedMailboxStage | undefined;
  readonly #all: readonly [Listeners, ...Listeners[]];
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
    this.#isUsed = all.some(({ isUsed }) => isUsed);
    this.#direct = isAlone && own.isPlain && own.mailboxes.length === 0 ? own.direct : undefined;
    this.#mailboxes = MailboxStage.of(all);
    const isOnly = isAlone && own.mailboxes.length === 1;
    const isQuiet = !isTracked && all.every(({ isQuiet }) => isQuiet);
    this.#quiet = isQuiet ? (isOnly ? own.mailboxes[0] : this.#mailboxes) : undefined;
    this.#quietOrigin = isOnly ? undefined : topic;
    this.#taps = all.some(({ taps }) => taps.length > 0) ? new TapStage(context, all) : undefined;
    const isHeard = all.some(({ direct, observers }) => direct !== undefined || observers.length > 0);
    this.#handlers = isHeard ? new HandlerStage(all, topic, context) : undefined;
    this.#all = all;
    this.#origin = origin;
    this.#sources = sources;
    this.#version = totalVersion(sources);
    if (isTracked) this.#tracked();
  }

  /** Whether the plan is for messages of this type and known to hold, and nothing is being delivered. */
  isOpenFor(type: AnyMessageType): boolean {
    return this.type === type && this.#heldAt === this.#delivery.openAt;
  }

  /**
   * Whether nothing has changed since it was made of who gets what, whatever is being delivered. While the bus is held no plan
   * holds. An equal sum of what only grows: equal summands.
   */
  holds(): boolean {
    const { revision } = this.#delivery;
    if (this.#heldAt === revision) return true;
    if (this.#origin.context.gate.isHeld) return false;
    const holds = totalVersion(this.#sources) === this.#version;
    if (holds) this.#heldAt = revision;
    return holds;
  }

  /** Delivers one message. Returns whether every mailbox that it fed is within high water. */
  dispatch(message: Message): boolean {
    if (this.#quiet !== undefined || !this.#delivery.isBusy) return this.dispatchOpen(message);
    return isSampled(this.#hits++) ? this.#dispatchTimed(message) : this.#dispatchInStages(message);
  }

  /** The same, where nothing is being delivered or has to wait for that. */
  dispatchOpen(message: Message): boolean {
    if (isSampled(this.#hits++)) return this.#dispatchTimed(message);
    const direct = this.#direct;
    if (direct !== undefined) return this.#dispatchTo(direct, message);
    const quiet = this.#quiet;
    return quiet === undefined
      ? this.#dispatchInStages(message)
      : quiet.push(message, this.#quietOrigin) || this.#alert();
  }

  /** Delivers one message, and calls back when every subscription that it reaches is through with it. */
  deliver(message: Message, whenThrough: (receipt: Receipt) => void): void {
    this.#hits++;
    this.#dispatchInStages(message, undefined, this.#tracked().accompany(message, whenThrough));
  }

  /** Delivers the first message, and gives what went with it. */
  dispatchFirst(message: Message): Publication | undefined {
    this.#hits++;
    const publication = this.#trackedMailboxes?.accompany(message);
    this.#dispatchTimed(message, publication);
    return publication;
  }

  /**
   * Counts a message of this type that need not be made, for it would reach nobody. Returns whether that is so: not once
   * something has changed, and not of those whose time is taken.
   */
  passOver(type: AnyMessageType): boolean {
    const isUnheard = !this.#isUsed && this.#quiet !== undefined && this.#all.length === 1;
    if (!isUnheard || this.type !== type || !this.holds() || isSampled(this.#hits)) return false;
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
    const [own] = this.#all;
    own.count += hits;
    own.fold();
  }

  #dispatchTimed(message: Message, publication = this.#trackedMailboxes?.accompany(message)): boolean {
    const { stopwatch: shared, performance } = this.#origin.context;
    // A nested publish has one of its own: what is being delivered may be using the other.
    const stopwatch = this.#delivery.isBusy ? new Stopwatch(performance) : shared;
    const startedAt = stopwatch.look();
    const isWithinHighWater = this.#dispatchInStages(message, stopwatch, publication);
    if (this.#direct === undefined) stopwatch.look();
    this.#origin.counters.times.take(stopwatch.lookedAt - startedAt);
    return isWithinHighWater;
  }

  /** A mailbox is congested: whoever is to be told has waited until all mailboxes were fed. */
  #alert(): false {
    this.#delivery.flush();
    return false;
  }

  /** The last stage alone. No `finally`, which costs more: nothing is thrown but by a stack that overflows. */
  #dispatchTo(direct: DirectReceiver, message: Message): boolean {
    const delivery = this.#delivery;
    let isWithinHighWater: boolean;
    delivery.begin();
    try {
      isWithinHighWater = direct.receive(message, this.#topic);
    } catch (error) {
      delivery.end();
      throw error;
    }
    delivery.end();
    return isWithinHighWater;
  }

  #dispatchInStages(
    message: Message,
    stopwatch?: Stopwatch,
    publication = this.#trackedMailboxes?.accompany(message),
  ): boolean {
    const delivery = this.#delivery;
    const isNested = delivery.isBusy;
    if (isNested) this.#handleLater(message, stopwatch, publication);
    else delivery.begin();
    try {
      let isWithinHighWater =
        publication === undefined
          ? this.#mailboxes.push(message, this.#topic)
          : this.#tracked().run(message, publication);
      if (this.#taps?.run(message, publication) === false) isWithinHighWater = false;
      if (!isNested && !this.#handle(message, stopwatch, publication)) isWithinHighWater = false;
      return isWithinHighWater;
    } finally {
      if (!isNested) delivery.end();
    }
  }

  #tracked(): TrackedMailboxStage {
    return (this.#trackedMailboxes ??= new TrackedMailboxStage(this.#all, this.#origin));
  }

  #handle(message: Message, stopwatch: Stopwatch | undefined, publication: Publication | undefined): boolean {
    if (this.#handlers === undefined) return true;
    if (this.#direct === undefined) stopwatch?.look();
    return this.#handlers.run(message, stopwatch, publication);
  }

  /** By itself: a function that makes another one allocates for it whenever it is called. */
  #handleLater(message: Message, stopwatch: Stopwatch | undefined, publication: Publication | undefined): void {
    if (this.#quiet !== undefined) return;
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
