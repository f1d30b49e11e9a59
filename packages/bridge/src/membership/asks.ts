import type { Clock } from '../ground/clock.js';

/** The part of a heartbeat within which everyone asks, each at a time of its own. */
const PART = 20;

/** Heartbeats after which it is asked again at the latest. */
const MAX_PAUSE = 8;

/** What has been asked for and has not come. */
interface Asked {
  /** For how many heartbeats it was not to be asked for again. */
  readonly pauses: number;
  /** Those of them that are left. */
  heartbeats: number;
}

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
 * asked, or that the snapshots have come. What is asked for in vain is asked for again after a heartbeat, then after two, four
 * and eight.
 */
export class Asks {
  readonly #context: AsksContext;
  readonly #delayMs: number;
  /** By peer: the lanes to ask for. */
  readonly #wanted = new Map<string, Set<string>>();
  /** By peer and lane: what has been asked for, by whomever, and has not come. */
  readonly #asked = new Map<string, Map<string, Asked>>();
  #stopWaiting: (() => void) | undefined;

  constructor(context: AsksContext) {
    this.#context = context;
    // An epoch begins with what is random: that spreads the asks.
    this.#delayMs = (context.heartbeatMs / PART) * (Number.parseInt(context.epoch.slice(0, 4), 16) / 0x10000);
  }

  /** The snapshots of a lane are wanting. */
  want(peer: string, lane: string): void {
    if ((this.#asked.get(peer)?.get(lane)?.heartbeats ?? 0) > 0) return;
    setOf(this.#wanted, peer).add(lane);
    this.#stopWaiting ??= this.#context.clock.after(this.#delayMs, this.#askAll);
  }

  /** Somebody has asked a peer. */
  heard(peer: string, lanes: readonly string[]): void {
    for (const lane of lanes) {
      if (!this.#context.isWanting(peer, lane)) continue;
      this.#hasAsked(peer, lane);
      this.#wanted.get(peer)?.delete(lane);
    }
  }

  /** A heartbeat is over. */
  tick(): void {
    for (const [peer, lanes] of this.#asked) {
      for (const [lane, asked] of lanes) {
        if (!this.#context.isWanting(peer, lane)) lanes.delete(lane);
        else if (asked.heartbeats > 0) asked.heartbeats--;
      }
      if (lanes.size === 0) this.#asked.delete(peer);
    }
  }

  /** The connection is back: what was asked may have got lost. */
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
      for (const lane of lanes) this.#hasAsked(peer, lane);
      this.#context.ask(peer, lanes);
    }
  };

  #hasAsked(peer: string, lane: string): void {
    const lanes = this.#asked.get(peer) ?? new Map<string, Asked>();
    this.#asked.set(peer, lanes);
    const asked = lanes.get(lane);
    if (asked !== undefined && asked.heartbeats > 0) return; // Somebody has asked already: that is no other attempt.
    const pauses = asked === undefined ? 1 : Math.min(2 * asked.pauses, MAX_PAUSE);
    lanes.set(lane, { pauses, heartbeats: pauses });
  }
}

function setOf(sets: Map<string, Set<string>>, key: string): Set<string> {
  const set = sets.get(key) ?? new Set();
  sets.set(key, set);
  return set;
}
