import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { entryPointsOf } from '../entry-points.mjs';
import { root } from '../packages.mjs';

/** @typedef {import('./setups.mjs').Setup} Setup */
/** @typedef {{ name: string, directory: string }} Package */
/** @typedef {'module' | 'commonjs'} Kind */

/** Their frameworks' declarations speak of the DOM. */
const FOR_BROWSERS = ['@stasis-rx/angular', '@stasis-rx/react'];

/**
 * Writes the programs of a setup, and its tsconfig.json.
 *
 * @param {string} folder an existing one, that of the setup
 * @param {Setup} setup
 * @param {readonly Package[]} packages
 */
export function writePrograms(folder, { compilerOptions, modules, commonjs, hasTypeTests = false }, packages) {
  const config = { extends: '../tsconfig.json', compilerOptions, include: ['module', 'commonjs'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  copyRooms(makeFolder(folder, 'module'), modules, 'module');
  copyRooms(makeFolder(folder, 'commonjs'), commonjs, 'commonjs');
  const loaded = packages.filter(({ name }) => modules.includes('browser') || !FOR_BROWSERS.includes(name));
  writeEntryPoints(folder, loaded, commonjs.length > 0);
  if (hasTypeTests) copyTypeTests(join(folder, 'module'), packages);
}

/**
 * @param {string} target
 * @param {readonly string[]} rooms
 * @param {Kind} kind
 */
function copyRooms(target, rooms, kind) {
  for (const room of rooms) {
    const source = join(root, 'scripts', 'packed-types', room);
    for (const file of readdirSync(source)) cpSync(join(source, file), join(target, nameOf(file, kind)));
  }
}

/**
 * A program for each entry point, which loads all of it: no export may have become `any`.
 *
 * @param {string} folder
 * @param {readonly Package[]} packages
 * @param {boolean} withCommonJS
 */
function writeEntryPoints(folder, packages, withCommonJS) {
  for (const { name, specifier, hasCommonJS } of packages.flatMap(entryPointsOf)) {
    writeFileSync(join(folder, 'module', `entry-${name}.mts`), lookAt(`import * as entry from '${specifier}'`));
    if (!withCommonJS || !hasCommonJS) continue;
    writeFileSync(join(folder, 'commonjs', `entry-${name}.cts`), lookAt(`import entry = require('${specifier}')`));
  }
}

/** @param {string} importAll */
function lookAt(importAll) {
  return `${importAll};
type AnyIn<Module> = { [Name in keyof Module]: 0 extends 1 & Module[Name] ? Name : never }[keyof Module];
type Nothing<Names extends never> = Names;
export type ExportsThatAreAny = Nothing<AnyIn<typeof entry>>;
`;
}

/**
 * The type tests of the packages are programs of users as well.
 *
 * @param {string} target
 * @param {readonly Package[]} packages
 */
function copyTypeTests(target, packages) {
  for (const { name, directory } of packages) {
    const source = join(directory, 'test-d');
    for (const file of existsSync(source) ? readdirSync(source) : []) {
      const text = readFileSync(join(source, file), 'utf8').replaceAll("'../src/index.js'", `'${name}'`);
      writeFileSync(join(target, `${basename(directory)}.${nameOf(file, 'module')}`), text);
    }
  }
}

/**
 * @param {string} folder
 * @param {Kind} kind
 */
function makeFolder(folder, kind) {
  const target = join(folder, kind);
  mkdirSync(target);
  writeFileSync(join(target, 'package.json'), JSON.stringify({ type: kind }));
  return target;
}

/**
 * With JSX there is no name that says what kind of module it is: then package.json does.
 *
 * @param {string} file
 * @param {Kind} kind
 */
function nameOf(file, kind) {
  return file.replace(/\.ts$/, kind === 'module' ? '.mts' : '.cts');
}
