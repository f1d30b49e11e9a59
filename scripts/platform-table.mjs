import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './packages.mjs';
import { NODES, RUNTIMES, TYPESCRIPTS } from './platforms.mjs';

const BEGIN = '<!-- tested on: written by `npm run platforms` -->\n\n';
const END = '\n<!-- end of what it is tested on -->';

/**
 * A page with its table of what the packages are tested on made anew, from the versions that the tests and scripts take.
 *
 * @param {string} page
 * @throws {Error} when the page has no place for it
 */
export function withPlatformTable(page) {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin === -1 || end === -1) throw new Error(`there is no place for the table: ${BEGIN.trim()} … ${END.trim()}`);
  return `${page.slice(0, begin)}${BEGIN}${platformTable()}${page.slice(end)}`;
}

function platformTable() {
  const { jest, rxjs } = dependenciesOf('.');
  const runtimes = Object.entries({ jest, ...RUNTIMES }).map(([name, version]) => `${name} ${version}`);
  return table([
    ['what', 'versions', 'by'],
    ['Node.js', NODES, 'npm run test:nodes'],
    ['RxJS', [dependenciesOf('compat/rxjs-7.8.0').rxjs, rxjs], 'npm test'],
    ['React', [dependenciesOf('compat/react-18').react, dependenciesOf('packages/react').react], 'npm test'],
    ['Angular', ['compat/angular-20', 'packages/angular', 'compat/angular-22'].map(angularOf), 'npm test'],
    ['TypeScript', TYPESCRIPTS, 'npm run packages:try:types'],
    ['test runners and runtimes', [...runtimes, 'node:test'], 'npm run packages:try:runtimes'],
    ['browsers', ["Debian's Chromium"], 'npm run test:browser'],
  ]);
}

/** @param {string} folder */
function angularOf(folder) {
  return dependenciesOf(folder)['@angular/core'];
}

/**
 * @param {string} folder from the root
 * @returns {Record<string, string>} what it depends on, by name, with the version
 */
function dependenciesOf(folder) {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  return { ...dependencies, ...devDependencies };
}

/**
 * As prettier has it.
 *
 * @param {[string, string | (string | undefined)[], string][]} rows the first is the head
 */
function table([head, ...rows]) {
  const cells = rows.map(([what, versions, command]) => [what, [versions].flat().join(', '), `\`${command}\``]);
  const all = [head ?? [], ...cells];
  const widths = [0, 1, 2].map((column) => Math.max(...all.map((row) => String(row[column]).length)));
  const line = (/** @type {unknown[]} */ row) =>
    `| ${row.map((cell, column) => String(cell).padEnd(widths[column] ?? 0)).join(' | ')} |\n`;
  const [first = '', ...rest] = all.map(line);
  return first + line(widths.map((width) => '-'.repeat(width))) + rest.join('');
}
