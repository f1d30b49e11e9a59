import type { Clock } from '../ground/clock.js';

/** The part of a heartbeat within which everyone asks, each at a time of its own. */
const PART = 20;

/** What asks are given. */
export interface AsksContext {
  readonly epoch: string;
  readonly clock: Clock;
  readonly heartbeatMs: number;
  /** Whether a peer's snapshots of a lane are still wanting. */
  readonly isWanting: (peer: string, lane: string) => boolean;
  /** Asks a peer. */
  readonly ask: (peer: string, lanes: readonly string[]) => void;
}

/**
 * What this bus asks of its peers: their snapshots. What is given goes to everyone, so what somebody else has asked for
 * need not be asked again. All wait for a moment, each for another one, and most find when it is over that somebody has
 * asked, or that the snapshots have come. Nothing is asked for twice within a heartbeat.
 */
export class Asks {
  readonly #context: AsksContext;
  readonly #delayMs: number;
  /** By peer: the lanes to ask for. */
  readonly #wanted = new Map<string, Set<string>>();
  /** By peer: the lanes that have been asked for since the last heartbeat, by whomever. */
  readonly #asked = new Map<string, Set<string>>();
  #stopWaiting: (() => void) | undefined;

  constructor(context: AsksContext) {
    this.#context = context;
    // An epoch is random: so is the part of it that spreads the asks.
    this.#delayMs = (context.heartbeatMs / PART) * (Number.parseInt(context.epoch.slice(0, 4), 16) / 0x10000);
  }

  /** The snapshots of a lane are wanting. */
  want(peer: string, lane: string): void {
    if (this.#asked.get(peer)?.has(lane) === true) return;
    setOf(this.#wanted, peer).add(lane);
    this.#stopWaiting ??= this.#context.clock.after(this.#delayMs, this.#askAll);
  }

  /** Somebody has asked a peer. */
  heard(peer: string, lanes: readonly string[]): void {
    for (const lane of lanes) {
      if (!this.#context.isWanting(peer, lane)) continue;
      setOf(this.#asked, peer).add(lane);
      this.#wanted.get(peer)?.delete(lane);
    }
  }

  /** A heartbeat is over, or the connection is back: what was asked and has not been answered may be asked again. */
  startAgain(): void {
    this.#asked.clear();
  }

  stop(): void {
    this.#stopWaiting?.();
  }

  readonly #askAll = (): void => {
    this.#stopWaiting = undefined;
    const wanted = [...this.#wanted];
    this.#wanted.clear();
    for (const [peer, all] of wanted) {
      const lanes = [...all].filter((lane) => this.#context.isWanting(peer, lane));
      if (lanes.length === 0) continue;
      for (const lane of lanes) setOf(this.#asked, peer).add(lane);
      this.#context.ask(peer, lanes);
    }
  };
}

function setOf(sets: Map<string, Set<string>>, key: string): Set<string> {
  const set = sets.get(key) ?? new Set();
  sets.set(key, set);
  return set;
}
