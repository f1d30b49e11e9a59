import type { Clock } from '../ground/clock.js';
import { controlText, type ControlMessage, type LaneHead } from '../protocol/control-message.js';
import { divided, HeadNews } from './head-news.js';
import type { BridgeTransport } from '../protocol/transport.js';

/** How many answers to greetings go out within a heartbeat, at most. */
const ANSWERS_A_HEARTBEAT = 10;

/** Characters of lanes in one announcement, at most: of more lanes there are several. */
const MAX_LENGTH = 32_768;
/** What an announcement takes beside them, and some more. */
const REST_BYTES = 1000;
/** What a character takes at most. */
const CHARACTER_BYTES = 3;

/** What an announcer is given. */
export interface AnnouncerContext {
  readonly eid: string;
  readonly epoch: string;
  readonly transport: Pick<BridgeTransport, 'announce' | 'whisper' | 'maxFrameBytes'>;
  readonly clock: Clock;
  readonly heartbeatMs: number;
  /** How far this bus is in each lane. */
  readonly heads: () => LaneHead[];
  readonly failed: (error: unknown) => void;
}

/**
 * Says that this bus is there, again and again, and answers those who greet: one at once, all who greet within the next
 * tenth of a heartbeat together. So what a member says does not grow with how many greet.
 */
export class Announcer {
  readonly #context: AnnouncerContext;
  readonly #news: HeadNews;
  #isConnected = false;
  #hasGreeted = false;
  /** A beat of the timer is out, and nothing has come back since. */
  #isAwaited = false;
  /** Somebody has greeted since the last beat. */
  #owesAnswer = false;
  #stopBeating: (() => void) | undefined;
  #stopAnswering: (() => void) | undefined;
  #isStopped = false;

  constructor(context: AnnouncerContext) {
    this.#context = context;
    this.#news = new HeadNews(context.heads);
  }

  /** Whether anything can be said. */
  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** Gives a sign of life after each interval from now on: a greeting, as long as none has come back. */
  start(): void {
    const { clock, heartbeatMs } = this.#context;
    this.#stopBeating = clock.after(heartbeatMs, () => {
      this.#isAwaited = this.#isConnected;
      this.#beat(this.#hasGreeted ? this.#news.next() : this.#news.all());
      if (!this.#isStopped) this.start();
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.disconnected();
    this.#stopBeating?.();
    this.#stopAnswering?.();
  }

  /** Makes itself known. Those who have been greeted before know this bus: to them a beat says that it is back. */
  connected(): void {
    this.#isConnected = true;
    this.#beat(this.#news.all());
  }

  /** A beat that was out may never come back. */
  disconnected(): void {
    this.#isConnected = false;
    this.#isAwaited = false;
  }

  /** Somebody has greeted, and is to learn that this bus is there. */
  answer(): void {
    this.#owesAnswer = true;
    if (this.#stopAnswering !== undefined || !this.#isConnected) return;
    this.#beat(this.#news.all());
    const { clock, heartbeatMs } = this.#context;
    this.#stopAnswering = clock.after(heartbeatMs / ANSWERS_A_HEARTBEAT, () => {
      this.#stopAnswering = undefined;
      if (this.#owesAnswer) this.answer();
    });
  }

  /**
   * An own beat has come back. Returns whether it is the first one since the timer last gave one: of those there is at
   * most one a heartbeat, however many greet, and however many come back at once after the transport was frozen.
   */
  heardOwn(isGreeting: boolean): boolean {
    if (isGreeting) this.#hasGreeted = true;
    const wasAwaited = this.#isAwaited;
    this.#isAwaited = false;
    return wasAwaited;
  }

  /** Asks a peer for its snapshots of some lanes. */
  ask(peer: string, lanes: readonly string[]): void {
    if (!this.#isConnected) return;
    const { eid, epoch } = this.#context;
    for (const part of divided(lanes, this.#maxLength)) this.#announce({ kind: 'ask', eid, epoch, peer, lanes: part });
  }

  /** Says something to one bus. */
  whisper(peer: string, text: string): void {
    if (!this.#isConnected) return;
    const { transport } = this.#context;
    this.#attempt(() => (transport.whisper === undefined ? transport.announce(text) : transport.whisper(peer, text)));
  }

  /** As long as none has come back it is a greeting, which everyone answers. */
  #beat(heads: readonly LaneHead[]): void {
    if (!this.#isConnected) return;
    this.#owesAnswer = false;
    const { eid, epoch } = this.#context;
    const isGreeting = !this.#hasGreeted;
    // The last one is the greeting: who answers it has heard all.
    const parts = divided(heads, this.#maxLength);
    for (const [index, part] of parts.entries()) {
      this.#announce({ kind: 'beat', eid, epoch, isGreeting: isGreeting && index === parts.length - 1, heads: part });
    }
  }

  get #maxLength(): number {
    return Math.min(MAX_LENGTH, (this.#context.transport.maxFrameBytes - REST_BYTES) / CHARACTER_BYTES);
  }

  #announce(message: ControlMessage): void {
    this.#attempt(() => this.#context.transport.announce(controlText(message)));
  }

  #attempt(say: () => void): void {
    try {
      say();
    } catch (error) {
      this.#context.failed(error);
    }
  }
}
