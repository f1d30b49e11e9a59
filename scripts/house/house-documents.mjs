import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { draw } from './draw.mjs';
import { withHouseSection } from './house-section.mjs';
import { layOut } from './lay-out.mjs';
import { readImports } from './read-imports.mjs';

const PAGE = 'CONTRIBUTING.md';

/**
 * What is written about the houses, made anew from the sources as they are: a picture of each, and their section of
 * CONTRIBUTING.md.
 *
 * @param {string} folder a repository that is laid out like this one
 * @param {readonly import('./houses.cjs').House[]} houses
 * @returns {Map<string, string>} texts, by their path in the repository
 */
export function houseDocuments(folder, houses) {
  const page = readFileSync(join(folder, PAGE), 'utf8');
  const pictures = houses.map((house) => {
    const picture = draw(house.name, layOut(house, readImports(folder, house)));
    return /** @type {const} */ ([`docs/images/house-${house.name}.svg`, picture]);
  });
  return new Map([...pictures, [PAGE, withHouseSection(page, houses)]]);
}

/**
 * Those of the documents that do not say what they should.
 *
 * @param {string} folder
 * @param {ReadonlyMap<string, string>} documents
 * @returns {string[]} their paths
 */
export function outdated(folder, documents) {
  return [...documents].filter(([path, text]) => textOf(join(folder, path)) !== text).map(([path]) => path);
}

/** @param {string} path */
function textOf(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
