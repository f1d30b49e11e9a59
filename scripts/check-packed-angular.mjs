// Fresh Angular applications that install the packed packages, one on each Angular: its own `ng build` compiles them ahead of
// time, and a browser runs them, without zone.js and with it, as they come from a server and without one. The wallboard is
// built on the newest one, too. `-- 22` tries just that one.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inBrowser, whileServing } from './browser.mjs';
import { environmentOf, nodeBinary } from './node-binary.mjs';
import { BUILDS, outputOf, whileServed } from './packed-angular/builds.mjs';
import { tryApplication, tryWallboard } from './packed-angular/try-pages.mjs';
import { inTemporaryFolder, packPackages, root } from './packages.mjs';
import { NODES } from './platforms.mjs';

const ANGULARS = ['20', '21', '22'];
const NEWEST = '22';
const PACKAGES = ['core', 'router', 'statsd', 'asterisk', 'angular'].map((name) => `@stasis-rx/${name}`);

/** @typedef {{ program: string, env: NodeJS.ProcessEnv }} Node */

const wanted = process.argv.slice(2);
const angulars = wanted.length === 0 ? ANGULARS : ANGULARS.filter((angular) => wanted.includes(angular));
if (angulars.length < Math.max(1, wanted.length)) throw new Error(`expected some of ${ANGULARS}, got ${wanted}`);

await inTemporaryFolder('stasis-rx-angular', async (temporary) => {
  const tarballs = join(temporary, 'tarballs');
  mkdirSync(tarballs);
  const packed = packPackages(tarballs, PACKAGES).map(({ tarball }) => tarball);
  const inTurn = atATime(availableParallelism());
  await inBrowser(async (browser) => {
    const tryIt = async (/** @type {string} */ angular) => {
      const folder = join(temporary, angular);
      await buildAll(angular, folder, packed, inTurn);
      await inTurn(() => tryAll(angular, folder, browser));
    };
    await all(angulars.map(tryIt));
  });
});

/**
 * @param {string} angular
 * @param {string} folder where its applications are made
 * @param {readonly string[]} packed
 * @param {ReturnType<typeof atATime>} inTurn
 */
async function buildAll(angular, folder, packed, inTurn) {
  const node = nodeFor(angular);
  const source = join(root, 'scripts', 'packed-angular');
  cpSync(source, folder, { recursive: true });
  cpSync(join(source, 'versions', `${angular}.json`), join(folder, 'package.json'));
  const options = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'];
  const install = () => run('npm', ['install', ...options, ...packed], folder, node);
  await inTurn(() => step(`Angular ${angular}: install the tarballs, with Angular from the registry`, install));

  // One after the other: each finds in Angular's cache what those before have compiled.
  for (const build of BUILDS) {
    const options = ['--configuration', build.configuration, '--output-path', outputOf(build)];
    await inTurn(() =>
      step(`Angular ${angular}: build it, ${build.name}`, () => ngBuild('app', options, folder, node)),
    );
  }
  if (angular !== NEWEST) return;
  copyWallboard(join(folder, 'wallboard'));
  const buildWallboard = () => ngBuild('wallboard', ['--output-path', 'dist/wallboard'], folder, node);
  await inTurn(() => step(`Angular ${angular}: build the wallboard`, buildWallboard));
}

/**
 * Builds a project of the folder; a warning counts as an error.
 *
 * @param {string} project
 * @param {string[]} options
 * @param {string} folder
 * @param {Node} node
 */
async function ngBuild(project, options, folder, node) {
  const args = [join('node_modules', '@angular', 'cli', 'bin', 'ng.js'), 'build', project, ...options];
  const printed = await run(node.program, args, folder, node);
  if (printed.includes('WARNING')) throw new Error(`ng build ${project} ${options.join(' ')} warns:\n${printed}`);
}

/** @param {string} folder */
function copyWallboard(folder) {
  for (const part of ['angular/src', 'model', 'design']) {
    cpSync(join(root, 'examples', 'wallboard', part), join(folder, part), { recursive: true });
  }
  cpSync(join(root, 'packages', 'asterisk', 'recordings'), join(folder, 'recordings'), { recursive: true });
}

/**
 * @param {string} angular
 * @param {string} folder
 * @param {import('playwright-core').BrowserContext} browser
 */
async function tryAll(angular, folder, browser) {
  const node = nodeFor(angular);
  for (const build of BUILDS) {
    await step(`Angular ${angular}: run it in a browser, ${build.name}`, () =>
      whileServed(build, folder, node, async (url) => tryApplication(await browser.newPage(), url, build)),
    );
  }
  if (angular !== NEWEST) return;
  await step(`Angular ${angular}: run the wallboard in a browser`, () =>
    whileServing(join(folder, 'dist', 'wallboard', 'browser'), async (url) =>
      tryWallboard(await browser.newPage(), url),
    ),
  );
}

/**
 * The Node.js that this Angular runs on: this one, unless that is too old for it.
 *
 * @param {string} angular
 * @returns {Node}
 */
function nodeFor(angular) {
  const suits = angular !== '22' || runsAngular22(process.versions.node.split('.').map(Number));
  const program = suits ? process.execPath : nodeBinary(NODES.find((version) => version.startsWith('22.')) ?? '22');
  return { program, env: environmentOf(program) };
}

/**
 * As `engines` of its packages have it: `^22.22.3 || ^24.15.0 || >=26.0.0`.
 *
 * @param {readonly number[]} version of Node.js
 */
function runsAngular22([major = 0, minor = 0, patch = 0]) {
  if (major === 22) return minor > 22 || (minor === 22 && patch >= 3);
  return major >= 26 || (major === 24 && minor >= 15);
}

/**
 * Runs a program, and returns what it prints.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {string} cwd
 * @param {Node} node
 */
async function run(program, args, cwd, { env }) {
  try {
    const { stdout, stderr } = await promisify(execFile)(program, args, { cwd, env, maxBuffer: 2 ** 26 });
    return stdout + stderr;
  } catch (error) {
    const { stdout, stderr, code } = /** @type {{ stdout: string, stderr: string, code?: unknown }} */ (error);
    throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${stdout}${stderr}`, { cause: error });
  }
}

/**
 * Does so many things at a time; the others wait.
 *
 * @param {number} count
 * @returns {(work: () => Promise<void>) => Promise<void>}
 */
function atATime(count) {
  let free = count;
  /** @type {(() => void)[]} */
  const waiting = [];
  return async (work) => {
    if (free === 0) await new Promise((/** @type {(value: void) => void} */ resolve) => waiting.push(resolve));
    else free--;
    try {
      await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}

/**
 * Waits until all of it has ended, also when something fails: nothing goes on in a folder that is gone.
 *
 * @param {readonly Promise<void>[]} work
 */
async function all(work) {
  for (const result of await Promise.allSettled(work)) if (result.status === 'rejected') throw result.reason;
}

/**
 * @param {string} what
 * @param {() => Promise<unknown>} work
 */
async function step(what, work) {
  const from = performance.now();
  await work();
  console.log(`- ${what} (${((performance.now() - from) / 1000).toFixed(1)} s)`);
}
