import type { Entry } from './contender.js';
import { Runner } from './runner.js';
import type { TimeRuns } from './time-runs.js';

/** How often and how long contenders are measured. */
export interface Pace {
  /** How many times everything is started afresh, since the compiler does not decide the same way each time. */
  readonly starts: number;
  /** How many rounds after each start: in each of them every contender has one turn. */
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
 * Starts a scenario as often as its pace wants, and puts the rounds of all starts together.
 *
 * @param start plays the scenario once, somewhere fresh
 */
export async function playAfresh({ starts }: Pace, start: () => Promise<Result[]>): Promise<Result[]> {
  let results = await start();
  for (let started = 1; started < starts; started++) {
    const more = await start();
    results = results.map(({ name, rates }, index) => ({ name, rates: [...rates, ...(more[index]?.rates ?? [])] }));
  }
  return results;
}

/**
 * Has the contenders take turns: in each round every one of them is measured once, and each round begins with another
 * one.
 *
 * @param timeRuns how a turn is timed
 * @throws Error when a contender lost, doubled or reordered a message
 */
export async function play(entries: readonly Entry[], pace: Pace, timeRuns: TimeRuns): Promise<Result[]> {
  const runners = entries.map((entry) => new Runner(entry, timeRuns));
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
function rotated<T>(contenders: readonly T[], round: number): T[] {
  const first = Math.floor(round / 2) % contenders.length;
  const forwards = [...contenders.slice(first), ...contenders.slice(0, first)];
  return round % 2 === 0 ? forwards : forwards.reverse();
}
