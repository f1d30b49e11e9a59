import type { Entry } from './contender.js';
import { Runner } from './runner.js';

/** How often and how long contenders are measured. */
export interface Pace {
  /** How many rounds: in each of them every contender has one turn. */
  readonly rounds: number;
  /** How long a turn lasts at least, in milliseconds. */
  readonly turnMs: number;
  /** How many rounds come before those that count, so that everything is compiled. */
  readonly warmUpRounds: number;
}

/** A contender's measurements: deliveries per second, one for each round. */
export interface Result {
  readonly name: string;
  readonly rates: readonly number[];
}

/**
 * Has the contenders take turns: in each round every one of them is measured once, and each round begins with another
 * one.
 *
 * @throws Error when a contender lost, doubled or reordered a message
 */
export async function play(entries: readonly Entry[], pace: Pace): Promise<Result[]> {
  const runners = entries.map((entry) => new Runner(entry));
  const rates = new Map<Runner, number[]>(runners.map((runner) => [runner, []]));
  for (let round = -pace.warmUpRounds; round < pace.rounds; round++) {
    for (const runner of rotated(runners, round + pace.warmUpRounds)) {
      const rate = await runner.round(pace.turnMs);
      await runner.prove();
      if (round >= 0) rates.get(runner)?.push(rate);
    }
  }
  return runners.map((runner) => ({ name: runner.name, rates: rates.get(runner) ?? [] }));
}

/** The same contenders, beginning with another one in each round, every second round backwards. */
export function rotated<T>(contenders: readonly T[], round: number): T[] {
  const first = Math.floor(round / 2) % contenders.length;
  const forwards = [...contenders.slice(first), ...contenders.slice(0, first)];
  return round % 2 === 0 ? forwards : forwards.reverse();
}
