// `npm run packages:try:runtimes`: installs the packed packages into an empty folder as a user would. There it runs one smoke
// suite with each test runner and runtime that they are to work with, and some programs with each runtime.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inTemporaryFolder, npm, packPackages, root } from './packages.mjs';
import { closingTable } from './runtimes/closing-table.mjs';
import { runWithin } from './runtimes/run-within.mjs';
import { RUNNERS } from './runtimes/runners.mjs';
import { Unavailable } from './runtimes/runtime-binary.mjs';

const NAMES = ['core', 'router', 'statsd', 'bridge', 'broadcast-channel', 'message-port', 'asterisk'];
const PACKAGES = NAMES.map((name) => `@stasis-rx/${name}`);

/** @type {import('./runtimes/closing-table.mjs').Row[]} */
const rows = [];
/** @type {string[]} */
const skipped = [];

await inTemporaryFolder('stasis-rx-runtimes', async (folder) => {
  step('install the tarballs, with rxjs and immer from the registry');
  installTarballs(folder);
  const titles = await titlesOf(folder);
  for (const runner of RUNNERS) await tryRunner(runner, folder, titles);
});
for (const line of [...closingTable(rows), ...skipped]) console.log(line);

/** @param {string} folder */
function installTarballs(folder) {
  const tarballs = join(folder, 'tarballs');
  mkdirSync(tarballs);
  cpSync(join(root, 'scripts', 'packed-runtimes'), folder, { recursive: true });
  cpSync(join(root, 'scripts', 'packed-consumer', 'consumer.ts'), join(folder, 'consumer.ts'));
  writeFileSync(join(folder, 'package.json'), '{ "name": "runtimes", "private": true, "type": "module" }\n');
  const packed = packPackages(tarballs, PACKAGES).map(({ tarball }) => tarball);
  npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', ...packed, 'rxjs@^7.8.0'], folder);
}

/**
 * The titles of the suite's tests.
 *
 * @param {string} folder
 * @returns {Promise<string[]>}
 */
async function titlesOf(folder) {
  const { tests } = await import(pathToFileURL(join(folder, 'suite.mjs')).href);
  return tests.map((/** @type {[string, unknown]} */ [title]) => title);
}

/**
 * @param {import('./runtimes/runners.mjs').Runner} runner
 * @param {string} folder
 * @param {string[]} titles
 */
async function tryRunner({ name, version, find, tasks }, folder, titles) {
  step(`${name} ${version}`);
  try {
    const program = find(folder);
    for (const task of tasks(join(folder, `${name}.xml`), titles)) {
      rows.push({ name, version, ...(await tryTask(task, program, folder)) });
    }
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    skipped.push(`SKIPPED ${name} ${version}: ${error.message}`);
    if (process.env.CI && !error.isExcused) process.exitCode = 1;
  }
}

/**
 * Runs one task. What it printed is shown when it did not go well.
 *
 * @param {import('./runtimes/tasks.mjs').Task} task
 * @param {string} program
 * @param {string} folder
 */
async function tryTask({ what, args, judge }, program, folder) {
  const env = { ...process.env, NO_COLOR: '1', DENO_DIR: join(folder, 'deno'), DENO_NO_UPDATE_CHECK: '1' };
  const { stdout, output, failure, seconds } = await runWithin(program, args, { cwd: folder, env });
  const faults = failure === undefined ? [] : [failure];
  let outcome = '';
  try {
    outcome = judge(stdout);
  } catch (error) {
    faults.push(error instanceof Error ? error.message : String(error));
  }
  if (faults.length === 0) return { what, outcome, seconds };
  process.exitCode = 1;
  console.error([output, ...faults].join('\n'));
  return { what, outcome: `FAILED: ${faults.map((fault) => fault.split('\n')[0]).join('; ')}`, seconds };
}

/** @param {string} what */
function step(what) {
  console.log(`- ${what}`);
}
