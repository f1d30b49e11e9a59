import { ratioInText } from './figures-in-text.js';
import type { RatioRow, Standing } from './report.js';
import { escaped, round, svgDocument } from './svg.js';

const ROW_HEIGHT = 24;
const TOP = 56;
const BOTTOM = 40;
/** Where the axis begins and ends. */
const LEFT = 430;
const RIGHT = 850;
/** The least and the greatest ratio on the axis, as powers of two. */
const LEAST = -3;
const GREATEST = 7;

const STYLE_OF: Readonly<Record<Standing, string>> = {
  'aim reached': 'reached',
  'floor holds': 'holds',
  'below floor': 'below',
  free: 'free',
};

/**
 * Draws the ratios as bars that begin at 1: to the right is faster, to the left slower. The axis is logarithmic, so that
 * twice as fast and half as fast are equally long.
 */
export function chart(rows: readonly RatioRow[]): string {
  const bottom = TOP + rows.length * ROW_HEIGHT;
  return svgDocument({
    height: bottom + BOTTOM,
    title: 'How many times as fast',
    description: rows.map(sentence).join(' '),
    styles: [
      '.peer { fill: #656d76; }',
      '.value { font-weight: 600; }',
      '.grid { stroke: #7d8590; stroke-opacity: 0.25; }',
      '.one { stroke: #7d8590; }',
      '.reached { fill: #1a7f37; }',
      '.holds { fill: #0969da; }',
      '.below { fill: #cf222e; }',
      '.free { fill: #7d8590; }',
      '.floor { stroke: #bf8700; stroke-width: 2.5; }',
      '.aim { fill: none; stroke: #bf8700; stroke-width: 1.5; }',
    ],
    body: [legend(), axis(bottom), ...rows.map((row, index) => bar(row, TOP + index * ROW_HEIGHT))].join('\n'),
  });
}

function sentence({ title, of, target, ratio }: RatioRow): string {
  return `${title}: ${of.name} has ${ratioInText(ratio.median)} the rate of ${target.against}.`;
}

function legend(): string {
  const swatches: readonly (readonly [number, string, string])[] = [
    [10, 'reached', 'aim reached'],
    [110, 'holds', 'floor holds'],
    [206, 'below', 'below the floor'],
    [322, 'free', 'for information'],
  ];
  const boxes = swatches.map(
    ([x, style, label]) =>
      `  <rect class="${style}" x="${x}" y="10" width="12" height="12" rx="2"/><text x="${x + 18}" y="20">${label}</text>`,
  );
  return [
    ...boxes,
    '  <path class="floor" d="M446 8V24"/><text x="454" y="20">floor</text>',
    '  <path class="aim" d="M506 11l5 5-5 5-5-5z"/><text x="518" y="20">aim</text>',
    `  <text class="end" x="${RIGHT}" y="20">times the rate, on a logarithmic axis</text>`,
  ].join('\n');
}

function axis(bottom: number): string {
  const lines: string[] = [];
  for (let power = LEAST; power <= GREATEST; power++) {
    const x = xOf(2 ** power);
    const label = power < 0 ? `1/${2 ** -power}` : String(2 ** power);
    lines.push(
      `  <path class="${power === 0 ? 'one' : 'grid'}" d="M${x} ${TOP - 6}V${bottom}"/><text class="middle" x="${x}" y="${TOP - 12}">${label}</text>`,
    );
  }
  lines.push(
    `  <text class="end" x="${xOf(1) - 6}" y="${bottom + 20}">slower</text><text x="${xOf(1) + 6}" y="${bottom + 20}">faster</text>`,
  );
  return lines.join('\n');
}

function bar({ title, target, ratio, standing }: RatioRow, top: number): string {
  const middle = top + ROW_HEIGHT / 2;
  const from = Math.min(xOf(1), xOf(ratio.median));
  const width = round(Math.max(xOf(1), xOf(ratio.median)) - from);
  const { floor, aim } = target;
  return [
    `  <text class="end" x="${LEFT - 12}" y="${middle + 4}">${escaped(title)} <tspan class="peer">/ ${escaped(target.against)}</tspan></text>`,
    `  <rect class="${STYLE_OF[standing]}" x="${from}" y="${top + 6}" width="${width}" height="12" rx="2"/>`,
    floor === undefined ? '' : `  <path class="floor" d="M${xOf(floor)} ${top + 3}V${top + 21}"/>`,
    aim === undefined ? '' : `  <path class="aim" d="M${xOf(aim)} ${middle - 5}l5 5-5 5-5-5z"/>`,
    `  <text class="value" x="${RIGHT + 10}" y="${middle + 4}">${ratioInText(ratio.median)}</text>`,
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function xOf(ratio: number): number {
  const power = Math.min(Math.max(Math.log2(ratio), LEAST), GREATEST);
  return round(LEFT + ((power - LEAST) / (GREATEST - LEAST)) * (RIGHT - LEFT));
}
