import type { ScaleReport } from './report.js';
import { round, svgDocument, WIDTH } from './svg.js';

const HEIGHT = 260;
const TOP = 44;
const BOTTOM = 210;
const PANEL_LEFT = 56;
const PANEL_GAP = 40;

/**
 * Draws what a publish costs as there is more and more of something: a panel for each curve, both axes logarithmic, the upright
 * one the same for all.
 */
export function curves(scales: readonly ScaleReport[]): string {
  const nanoseconds = scales.flatMap(({ points }) => points.map((point) => point.nanoseconds));
  const [least, most] = [Math.min(...nanoseconds), Math.max(...nanoseconds)].map(Math.log10) as [number, number];
  const yOf = axisOf(Math.floor(least), Math.ceil(most), BOTTOM, TOP);
  const width = (WIDTH - PANEL_LEFT - PANEL_GAP * (scales.length - 1) - 10) / scales.length;
  const panels = scales.map((scale, index) => panel(scale, PANEL_LEFT + index * (width + PANEL_GAP), width, yOf));
  return svgDocument({
    height: HEIGHT,
    title: 'What a publish costs as there is more of something',
    description: scales.map(scaleSentence).join(' '),
    styles: [
      '.grid { stroke: #7d8590; stroke-opacity: 0.25; }',
      '.curve { fill: none; stroke: #0969da; stroke-width: 2; }',
      '.point { fill: #0969da; }',
    ],
    body: [grid(Math.floor(least), Math.ceil(most), yOf), ...panels].join('\n'),
  });
}

/** What a curve shows, in a sentence. */
export function scaleSentence({ what, timed, points }: ScaleReport): string {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return '';
  const text = (value: number): string => Math.round(value).toLocaleString('en');
  const [few, many] = [first.count, last.count].map(text);
  const costs = `${timed} costs ${text(first.nanoseconds)} ns with ${few} and ${text(last.nanoseconds)} ns with ${many}`;
  return `${capital(what)}: ${costs}; each takes ${text(last.bytes)} bytes then.`;
}

type Axis = (value: number) => number;

/** Of the logarithm's range onto a range of the picture. */
function axisOf(least: number, most: number, from: number, to: number): Axis {
  return (value) => round(from + ((Math.log10(value) - least) / Math.max(1, most - least)) * (to - from));
}

function grid(least: number, most: number, yOf: Axis): string {
  const lines: string[] = [`  <text x="${PANEL_LEFT - 46}" y="14">nanoseconds</text>`];
  for (let power = least; power <= most; power++) {
    const y = yOf(10 ** power);
    const label = (10 ** power).toLocaleString('en');
    lines.push(`  <path class="grid" d="M${PANEL_LEFT} ${y}H${WIDTH - 10}"/>`);
    lines.push(`  <text class="end" x="${PANEL_LEFT - 8}" y="${y + 4}">${label}</text>`);
  }
  return lines.join('\n');
}

function panel({ what, points }: ScaleReport, left: number, width: number, yOf: Axis): string {
  const most = Math.log10(points.at(-1)?.count ?? 1);
  const xOf = axisOf(0, most, left + 8, left + width - 8);
  const places = points.map(({ count, nanoseconds }) => [xOf(count), yOf(nanoseconds)] as const);
  const dots = places.map(([x, y]) => `  <circle class="point" cx="${x}" cy="${y}" r="3"/>`);
  const labels = points.map(
    ({ count }) => `  <text class="middle" x="${xOf(count)}" y="${BOTTOM + 18}">${short(count)}</text>`,
  );
  return [
    `  <text class="middle" x="${round(left + width / 2)}" y="${BOTTOM + 40}">${what}</text>`,
    `  <path class="curve" d="M${places.map(([x, y]) => `${x} ${y}`).join('L')}"/>`,
    ...dots,
    ...labels,
  ].join('\n');
}

/** `1k`, `1M`. */
function short(count: number): string {
  return count >= 1e6 ? `${count / 1e6}M` : count >= 1e3 ? `${count / 1e3}k` : String(count);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
