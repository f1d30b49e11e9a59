import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { markdownTable } from './markdown-table.mjs';
import { root } from './packages.mjs';
import { NODES, RUNTIMES, TYPESCRIPTS } from './platforms.mjs';
import { withWrittenPart } from './written-part.mjs';

const MARKERS = {
  begin: '<!-- tested on: written by `npm run platforms` -->',
  end: '<!-- end of what it is tested on -->',
};

/**
 * A page with its table of what the packages are tested on made anew, from the versions that the tests and scripts take.
 *
 * @param {string} page
 * @throws {Error} when the page has no place for it
 */
export function withPlatformTable(page) {
  return withWrittenPart(page, MARKERS, platformTable());
}

function platformTable() {
  const { jest, rxjs } = dependenciesOf('.');
  const runtimes = Object.entries({ jest, ...RUNTIMES }).map(([name, version]) => `${name} ${version}`);
  const rows = [
    ['Node.js', NODES, 'npm run test:nodes'],
    ['RxJS', [dependenciesOf('compat/rxjs-7.8.0').rxjs, rxjs], 'npm test'],
    ['React', [dependenciesOf('compat/react-18').react, dependenciesOf('packages/react').react], 'npm test'],
    ['Angular', ['compat/angular-20', 'packages/angular', 'compat/angular-22'].map(angularOf), 'npm test'],
    ['TypeScript', TYPESCRIPTS, 'npm run packages:try:types'],
    ['test runners and runtimes', [...runtimes, 'node:test'], 'npm run packages:try:runtimes'],
    ['browsers', ["Debian's Chromium"], 'npm run test:browser'],
  ];
  const cells = rows.map(([what, versions, command]) => [String(what), [versions].flat().join(', '), `\`${command}\``]);
  return markdownTable([['what', 'versions', 'by'], ...cells]);
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
