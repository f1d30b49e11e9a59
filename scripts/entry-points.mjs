import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * What users can import of a package, as its `exports` say.
 *
 * @typedef {object} EntryPoint
 * @property {string} name for files: `core`, `core-testing`
 * @property {string} specifier what users write: `@stasis-rx/core/testing`
 * @property {string} directory of its package
 * @property {string} types path of its declarations, as a module
 * @property {boolean} hasCommonJS whether it can be loaded with `require` as well
 */

/**
 * @param {{ directory: string }} published
 * @returns {EntryPoint[]}
 */
export function entryPointsOf({ directory }) {
  const { name, exports } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  const entries = Object.entries(exports).filter(([, conditions]) => typeof conditions !== 'string');
  return entries.map(([subpath, conditions]) => ({
    name: join(basename(directory), subpath).replaceAll(/[\\/]/g, '-'),
    specifier: join(name, subpath).replaceAll('\\', '/'),
    directory,
    types: join(directory, conditions.import?.types ?? conditions.types),
    hasCommonJS: conditions.require !== undefined,
  }));
}
