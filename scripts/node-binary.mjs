import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { npm, root } from './packages.mjs';

/**
 * Node.js of a version, for this machine, as npm's registry has it: fetched once, then kept in `node_modules/.cache`.
 *
 * @param {string} version as `22.23.3`
 * @returns {string} the path of its program
 * @throws {Error} when the registry has none
 */
export function nodeBinary(version) {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${system}-${process.arch}`;
  const folder = join(root, 'node_modules', '.cache', 'nodes', version);
  const program = join(folder, 'node_modules', name, 'bin', system === 'win' ? 'node.exe' : 'node');
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
    npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${version}`], folder);
  }
  return program;
}

/**
 * The environment in which `node`, and what is started with it, is that program.
 *
 * @param {string} program the path of a Node.js
 * @returns {NodeJS.ProcessEnv}
 */
export function environmentOf(program) {
  return { ...process.env, PATH: `${dirname(program)}${delimiter}${process.env.PATH ?? ''}` };
}
