import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { Pace } from './harness/play.js';
import type { TrialPace } from './harness/time-ratio.js';
import type { LatencyPace } from './latency/measure-latency.js';
import type { ScalePace } from './scale/measure-scale.js';

/** What a run is to do. */
export interface Options {
  /** Fail when a floor or a limit is missed. */
  readonly check: boolean;
  /** Where to write what was measured. */
  readonly json: string | undefined;
  /** What to measure; empty for everything. */
  readonly only: readonly string[];
  /** See only whether everything runs. */
  readonly quick: boolean;
}

/** What else has a name for `--only`: the scenarios and latencies in the browser, the latencies here, the curves. */
export const BROWSER = 'browser';
export const LATENCY = 'latency';
export const SCALE = 'scale';

/** Explains the command line. */
export function usage(names: readonly string[]): string {
  return `npm run bench -- [--check] [--json FILE] [--only NAME]... [--quick]

  --check       end with 1 when a floor or a limit is missed
  --json FILE   write what was measured to a file
  --only NAME   measure this only; can be given several times
  --quick       rounds too short to measure anything: shows that all of it runs and every message arrives

Without --json, --only and --quick it writes docs/performance.md and its picture.

Names: ${names.join(', ')}.
`;
}

/**
 * Reads the command line.
 *
 * @param names what can be measured
 * @returns `undefined` when help is asked for
 * @throws Error when an option is unknown, or two of them contradict each other
 */
export function readOptions(args: readonly string[], names: readonly string[]): Options | undefined {
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      check: flag,
      quick: flag,
      json: { type: 'string' },
      only: { type: 'string', multiple: true },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) return undefined;
  const { check = false, quick = false, json, only = [] } = values;
  const unknown = only.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`expected --only to be one of ${names.join(', ')}, got ${unknown}`);
  if (check && quick) throw new Error('expected --check without --quick: its rounds are too short to judge by');
  return { check, json, only, quick };
}

/** Whether something is to be measured. */
export function isWanted({ only }: Options, name: string): boolean {
  return only.length === 0 || only.includes(name);
}

/** Whether the run is one that the document is made of. */
export function writesDocument({ json, only, quick }: Options): boolean {
  return json === undefined && only.length === 0 && !quick;
}

/** How many processes may run at a time: where nothing is measured, as many as there are cores. */
export function processesOf({ quick }: Options): number {
  return quick ? availableParallelism() : 1;
}

/** Many short rounds rather than a few long ones: ratios are taken in each of them. */
export function paceOf({ quick }: Options): Pace {
  return quick ? QUICK : { starts: 3, rounds: 7, turnMs: 50, warmUpRounds: 5 };
}

/** Fewer rounds in a browser, where some peers take a second for a burst. */
export function browserPaceOf({ quick }: Options): Pace {
  return quick ? QUICK : { starts: 2, rounds: 5, turnMs: 50, warmUpRounds: 3 };
}

/** Short turns, as a figure has one process for everything that it times. */
export function trialPaceOf({ quick }: Options): TrialPace {
  return quick ? { rounds: 1, turnMs: 0, warmUpMs: 0, passes: 1 } : { rounds: 4, turnMs: 10, warmUpMs: 100, passes: 6 };
}

/** How often each courier is started. */
export function latencyStartsOf({ quick }: Options): number {
  return quick ? 1 : 3;
}

export function latencyPaceOf({ quick }: Options): LatencyPace {
  return quick ? { lone: 20, loadedMs: 5 } : { lone: 10_000, loadedMs: 600 };
}

export function scalePaceOf({ quick }: Options): ScalePace {
  return quick ? { rounds: 1, messages: 100, most: 10 } : { rounds: 9, messages: 100_000, most: Infinity };
}

const QUICK: Pace = { starts: 1, rounds: 2, turnMs: 2, warmUpRounds: 1 };
