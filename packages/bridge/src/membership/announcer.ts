import type { Clock } from '../ground/clock.js';
import { controlText, type ControlMessage, type LaneHead } from '../protocol/control-message.js';
import type { BridgeTransport } from '../protocol/transport.js';

/** What an announcer is given. */
export interface AnnouncerContext {
  readonly eid: string;
  readonly epoch: string;
  readonly transport: Pick<BridgeTransport, 'announce'>;
  readonly clock: Clock;
  readonly heartbeatMs: number;
  /** How far this bus is in each lane. */
  readonly heads: () => LaneHead[];
  readonly failed: (error: unknown) => void;
}

/** Says that this bus is there, again and again, and asks others for their snapshots, at most once a beat. */
export class Announcer {
  /** Whether anything can be said. */
  isConnected = false;
  readonly #context: AnnouncerContext;
  readonly #asked = new Set<string>();
  #hasGreeted = false;
  #stop: (() => void) | undefined;
  #isStopped = false;

  constructor(context: AnnouncerContext) {
    this.#context = context;
  }

  /** Gives a sign of life after each interval from now on: a greeting, as long as none has come back. */
  start(): void {
    const { clock, heartbeatMs } = this.#context;
    this.#stop = clock.after(heartbeatMs, () => {
      this.beat(!this.#hasGreeted);
      if (!this.#isStopped) this.start();
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.isConnected = false;
    this.#stop?.();
  }

  /** @param isGreeting whether everyone is to answer with a beat */
  beat(isGreeting: boolean): void {
    if (!this.isConnected) return;
    const { eid, epoch, heads } = this.#context;
    this.#announce({ kind: 'beat', eid, epoch, isGreeting, heads: heads() });
  }

  /** Asks a peer for its snapshots of a lane. */
  ask(peer: string, lane: string): void {
    const key = JSON.stringify([peer, lane]);
    if (this.#asked.has(key)) return;
    this.#asked.add(key);
    const { eid, epoch } = this.#context;
    this.#announce({ kind: 'ask', eid, epoch, peer, lanes: [lane] });
  }

  /** The own beat has come back: what was asked and has not been answered may be asked again. */
  heardOwn(isGreeting: boolean): void {
    if (isGreeting) this.#hasGreeted = true;
    this.#asked.clear();
  }

  #announce(message: ControlMessage): void {
    try {
      this.#context.transport.announce(controlText(message));
    } catch (error) {
      this.#context.failed(error);
    }
  }
}
