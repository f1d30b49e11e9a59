import type { Result } from '../harness/play.js';
import { pairedRatio, type Spread } from '../harness/statistics.js';
import type { Latency } from '../latency/measure-latency.js';
import type { Scale, ScalePoint } from '../scale/scale.js';
import type { Scenario } from '../scenarios/scenario.js';
import { figureTargets, ratioTargets, type FigureTarget, type RatioTarget } from '../targets.js';
import type { Machine } from './machine.js';

/** What a run has measured. `--json` writes it, and what follows from it. */
export interface Report {
  readonly machine: Machine;
  readonly scenarios: readonly ScenarioReport[];
  readonly figures: readonly FigureReport[];
  /** Of each courier; none when they were not wanted. */
  readonly latencies: readonly Latency[];
  readonly scales: readonly ScaleReport[];
  /** Nothing when the browser was not wanted, or there is none. */
  readonly browser: BrowserReport | undefined;
}

/** A scenario, measured. */
export interface ScenarioReport extends Pick<Scenario, 'name' | 'title' | 'detail' | 'unit'> {
  /** In the order of the contenders. */
  readonly results: readonly Result[];
}

/** A figure, measured. */
export interface FigureReport {
  readonly name: string;
  readonly values: Readonly<Record<string, number>>;
}

/** A curve, measured. */
export interface ScaleReport extends Pick<Scale, 'name' | 'what' | 'timed'> {
  readonly points: readonly ScalePoint[];
}

/** What ran in a browser. */
export interface BrowserReport {
  readonly version: string;
  readonly scenarios: readonly ScenarioReport[];
  readonly latencies: readonly Latency[];
}

/** Where a measurement stands. `free` when nothing is asked of it. */
export type Standing = 'aim reached' | 'floor holds' | 'below floor' | 'free';

/** A row of the table of ratios. */
export interface RatioRow {
  readonly target: RatioTarget;
  readonly title: string;
  readonly detail: string;
  /** The contender that is compared. */
  readonly of: Result;
  readonly against: Result;
  /** Round by round. */
  readonly ratio: Spread;
  readonly standing: Standing;
}

/** A row of the table of figures. */
export interface FigureRow {
  readonly target: FigureTarget;
  readonly value: number;
  readonly holds: boolean;
}

/** The ratios of the scenarios that were measured. */
export function ratioRows(
  scenarios: readonly ScenarioReport[],
  targets: readonly RatioTarget[] = ratioTargets,
): RatioRow[] {
  return targets.flatMap((target) => {
    const scenario = scenarios.find(({ name }) => name === target.scenario);
    if (scenario === undefined) return [];
    const { title, detail, results } = scenario;
    const [of] = results;
    const against = results.find(({ name }) => name === target.against);
    if (of === undefined || against === undefined) throw new Error(`${target.scenario} has no ${target.against}`);
    const ratio = pairedRatio(of.rates, against.rates);
    return [{ target, title, detail, of, against, ratio, standing: standingOf(ratio.median, target) }];
  });
}

/** The figures that were measured. */
export function figureRows(
  figures: readonly FigureReport[],
  targets: readonly FigureTarget[] = figureTargets,
): FigureRow[] {
  return targets.flatMap((target) => {
    const figure = figures.find(({ name }) => name === target.figure);
    if (figure === undefined) return [];
    const value = figure.values[target.value];
    if (value === undefined) throw new Error(`${target.figure} has no ${target.value}`);
    return [{ target, value, holds: target.limit === undefined || value <= target.limit }];
  });
}

/** Where a page of memory takes longer than this to be had, that is what scenarios measure that need one after the other. */
const SLOW_PAGE_MICROSECONDS = 2;

/** What is asked of the rows and not there, a sentence each. The browser is no gate. */
export interface Misses {
  /** What `--check` complains about. */
  readonly judged: readonly string[];
  /** What says more about the machine. */
  readonly unjudged: readonly string[];
}

export function misses(
  ratios: readonly RatioRow[],
  figures: readonly FigureRow[],
  { pageMicroseconds }: Pick<Machine, 'pageMicroseconds'>,
): Misses {
  const below = ratios.filter(({ standing }) => standing === 'below floor');
  const isUnjudged = ({ target }: RatioRow): boolean =>
    target.isMemoryBound === true && pageMicroseconds > SLOW_PAGE_MICROSECONDS;
  return {
    judged: [...below.filter((row) => !isUnjudged(row)).map(ratioMiss), ...figureMisses(figures)],
    unjudged: below.filter(isUnjudged).map(ratioMiss),
  };
}

function ratioMiss({ target, title, ratio, of }: RatioRow): string {
  return `${target.scenario} (${title}): ${of.name} has ${ratio.median.toFixed(2)} times the rate of ${target.against}, the floor is ${target.floor ?? 0}`;
}

function figureMisses(figures: readonly FigureRow[]): string[] {
  return figures
    .filter(({ holds }) => !holds)
    .map(
      ({ target, value }) =>
        `${target.figure} (${target.title}): ${value.toFixed(2)} ${target.unit}, the limit is ${target.limit ?? 0}`,
    );
}

function standingOf(ratio: number, { floor, aim }: RatioTarget): Standing {
  if (floor !== undefined && !(ratio >= floor)) return 'below floor';
  if (aim !== undefined && ratio >= aim) return 'aim reached';
  return floor === undefined ? 'free' : 'floor holds';
}
