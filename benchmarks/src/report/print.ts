import { spreadOf } from '../harness/statistics.js';
import type { Latency } from '../latency/measure-latency.js';
import { inFull, percentilesInText, quartilesInText, rateInText, ratioInText, valueInText } from './figures-in-text.js';
import { figureRows, ratioRows, type FigureReport, type ScaleReport, type ScenarioReport } from './report.js';

const MILLION = 1e6;

/**
 * A scenario's part of the table: its contenders, and the first one's ratio to each of the others.
 *
 * @param isGated whether the ratios are measured to be judged
 */
export function scenarioLines(scenario: ScenarioReport, isGated: boolean): string {
  const rows = ratioRows([scenario]);
  const lines = scenario.results.map(({ name, rates }) => {
    const rate = spreadOf(rates);
    const measured = [
      name.padEnd(36),
      rateInText(rate.median).padStart(7),
      quartilesInText(rate, MILLION).padStart(16),
    ];
    const row = rows.find(({ against }) => against.name === name);
    if (row === undefined) return measured.join('');
    const { floor, aim } = row.target;
    const asked = floor === undefined || !isGated ? '' : `floor ${floor}, aim ${aim ?? floor}: ${row.standing}`;
    return [
      ...measured,
      ratioInText(row.ratio.median).padStart(10),
      quartilesInText(row.ratio).padStart(16),
      `   ${asked}`,
    ].join('');
  });
  const { name, title, detail, unit } = scenario;
  const head = `\n${name}: ${inFull(title, detail)} (millions of ${unit} a second)\n`;
  return head + lines.map((line) => `  ${line.trimEnd()}\n`).join('');
}

/**
 * A figure's part of the table.
 *
 * @param isGated whether the values are measured to be judged
 */
export function figureLines(figure: FigureReport, isGated: boolean): string {
  return figureRows([figure])
    .map(({ target, value, holds }) => {
      const limit = target.limit === undefined || !isGated ? '' : `limit ${valueInText(target.limit, target.unit)}`;
      const aim = target.aim === undefined ? '' : `, wanted ${valueInText(target.aim, target.unit)}`;
      return `  ${valueInText(value, target.unit).padEnd(16)} ${limit.padEnd(20)} ${holds || !isGated ? '    ' : 'MISS'}  ${target.title}${aim}\n`;
    })
    .join('');
}

/** A courier's line. */
export function latencyLine({ name, lone, loaded, rate }: Latency): string {
  const half = `at ${rateInText(rate)} million a second`;
  return `  ${name.padEnd(28)} ${percentilesInText(lone).padEnd(24)} ${percentilesInText(loaded).padEnd(26)} ${half}\n`;
}

/** A curve's part: a line for each point. */
export function scaleLines({ name, what, timed, points }: ScaleReport): string {
  const lines = points.map(({ count, nanoseconds, bytes }) => {
    const each = [valueInText(nanoseconds, 'ns').padStart(12), valueInText(bytes, 'bytes each').padStart(22)];
    return `  ${count.toLocaleString('en').padStart(10)}${each.join('')}\n`;
  });
  return `\n${name}: ${what}; ${timed}\n${lines.join('')}`;
}
