import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

/**
 * @typedef {object} Knowledge one room knows another
 * @property {string} from the room that imports
 * @property {string} to the room that is imported
 * @property {number} count how often a file of the one imports a file of the other, types included
 */

/**
 * Reads who imports whom in the sources of a package as they are now.
 *
 * @param {string} folder the root of the repository
 * @param {import('./houses.cjs').House} house
 * @returns {{ files: Map<string, number>, knowledge: Knowledge[] }} how many files each room has, and who knows whom, both
 *   in the order of the floors
 * @throws {Error} when a file is in no room, or a room has no file
 */
export function readImports(folder, { name, floors }) {
  const rooms = floors.flatMap((floor) => Object.keys(floor));
  const source = join(folder, 'packages', name, 'src');
  const paths = sourceFiles(source);
  const files = new Map(rooms.map((room) => [room, paths.filter((path) => roomOf(path) === room).length]));
  expectRooms(name, files, paths);
  const steps = paths.flatMap((path) => importsOf(path, readFileSync(join(source, path), 'utf8')));
  const knowledge = rooms.flatMap((from) => rooms.map((to) => ({ from, to, count: countSteps(steps, from, to) })));
  return { files, knowledge: knowledge.filter(({ from, to, count }) => from !== to && count > 0) };
}

/** @param {string} source the package's `src` */
function sourceFiles(source) {
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path))
    .sort();
}

/** @param {string} path from the package's `src` */
function roomOf(path) {
  return path.split('/', 1)[0] ?? '';
}

/**
 * @param {string} name the package
 * @param {ReadonlyMap<string, number>} files
 * @param {readonly string[]} paths
 */
function expectRooms(name, files, paths) {
  const houseless = paths.find((path) => !files.has(roomOf(path)));
  if (houseless !== undefined) {
    throw new Error(`packages/${name}/src/${houseless} is in no room of scripts/house/houses.cjs.`);
  }
  const empty = [...files].find(([, count]) => count === 0);
  if (empty !== undefined)
    throw new Error(`scripts/house/houses.cjs has a room ${empty[0]} in ${name}, which is empty.`);
}

/**
 * The files of the same package that a file imports, each once. Imports of other packages go by name, and are none of it.
 *
 * @param {string} path
 * @param {string} text
 */
function importsOf(path, text) {
  const named = ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName);
  const targets = named.filter((each) => each.startsWith('.')).map((each) => posix.join(posix.dirname(path), each));
  return [...new Set(targets)].map((target) => ({ from: roomOf(path), to: roomOf(asSource(target)) }));
}

/** The door is a file, and the others name it as it is called once it is compiled. @param {string} path */
function asSource(path) {
  return path.replace(/\.js(x?)$/, '.ts$1');
}

/**
 * @param {readonly { from: string, to: string }[]} steps
 * @param {string} from
 * @param {string} to
 */
function countSteps(steps, from, to) {
  return steps.filter((step) => step.from === from && step.to === to).length;
}
