import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { whileServing } from '../browser.mjs';

/**
 * How the application is built: by which configurations of `angular.json`, and what a page of it is to be.
 *
 * @typedef {object} Build
 * @property {string} name
 * @property {string} configuration
 * @property {boolean} server whether a server renders it first
 * @property {boolean} zone whether zone.js is there
 */

/** @type {readonly Build[]} */
export const BUILDS = [
  { name: 'zoneless', configuration: 'production', server: false, zone: false },
  // Built for development Angular looks whether the page of the server and that of the browser agree.
  { name: 'zoneless, rendered on a server', configuration: 'development,server', server: true, zone: false },
  { name: 'zone.js, rendered on a server', configuration: 'zone,development,server', server: true, zone: true },
];

/**
 * Where a build is put, in the application's folder.
 *
 * @param {Build} build
 */
export function outputOf({ configuration }) {
  return join('dist', configuration.replaceAll(',', '-'));
}

/**
 * Serves a build while some work is done: its files, or the pages that it renders.
 *
 * @param {Build} build
 * @param {string} folder the application's
 * @param {{ program: string, env: NodeJS.ProcessEnv }} node that renders
 * @param {(url: string) => Promise<void>} work
 */
export async function whileServed(build, folder, node, work) {
  const output = join(folder, outputOf(build));
  if (!build.server) return whileServing(join(output, 'browser'), work);
  const env = { ...node.env, NG_ALLOWED_HOSTS: '127.0.0.1' };
  const server = spawn(node.program, [join(output, 'server', 'server.mjs')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await work(await firstLineOf(server.stdout));
  } finally {
    server.kill();
  }
}

/** @param {import('node:stream').Readable} output */
async function firstLineOf(output) {
  for await (const line of createInterface({ input: output })) return line;
  throw new Error('the server ended before it listened');
}
