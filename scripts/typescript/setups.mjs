/** @typedef {'everywhere' | 'server' | 'browser' | 'angular' | 'experimental'} Room a folder of scripts/packed-types */

/**
 * How a user may have set up TypeScript, and which programs are compiled so.
 *
 * @typedef {object} Setup
 * @property {string} name
 * @property {Record<string, unknown>} compilerOptions beside those of scripts/packed-types/tsconfig.json
 * @property {readonly Room[]} modules what is compiled as ES modules
 * @property {readonly Room[]} commonjs what is compiled as CommonJS
 * @property {boolean} [hasTypeTests] whether the type tests of the packages are compiled too
 */

/** @type {readonly Room[]} */
const EVERYTHING = ['everywhere', 'server', 'browser'];

/**
 * The first two check declarations (`skipLibCheck: false`), with what a program of that kind has of the platform and no more.
 * In the others they would be the same files again.
 *
 * @type {readonly Setup[]}
 */
export const SETUPS = [
  {
    name: 'server: nodenext, without the DOM',
    compilerOptions: { module: 'nodenext', lib: ['es2022'], types: ['node'], skipLibCheck: false },
    modules: ['everywhere', 'server'],
    commonjs: ['everywhere', 'server'],
  },
  {
    name: "browser: bundler (esnext), without Node's types",
    compilerOptions: {
      ...{ module: 'esnext', moduleResolution: 'bundler' },
      ...{ lib: ['es2022', 'dom'], types: [], skipLibCheck: false },
    },
    modules: ['everywhere', 'browser', 'angular'],
    commonjs: [],
  },
  {
    name: 'all: bundler (preserve), experimentalDecorators',
    compilerOptions: {
      ...{ module: 'preserve', moduleResolution: 'bundler', experimentalDecorators: true },
      ...{ lib: ['es2022', 'dom'], types: ['node'] },
    },
    modules: [...EVERYTHING, 'angular', 'experimental'],
    commonjs: EVERYTHING,
  },
  {
    name: 'all: node16',
    compilerOptions: { module: 'node16', lib: ['es2022', 'dom'], types: ['node'] },
    modules: [...EVERYTHING, 'angular'],
    commonjs: EVERYTHING,
  },
  {
    name: 'all: nodenext, with type tests',
    compilerOptions: { module: 'nodenext', lib: ['es2022', 'dom'], types: ['node'] },
    modules: [...EVERYTHING, 'angular'],
    commonjs: EVERYTHING,
    hasTypeTests: true,
  },
];
