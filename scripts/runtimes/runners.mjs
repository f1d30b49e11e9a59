import { join } from 'node:path';
import { nodeBinary } from '../node-binary.mjs';
import { NODES, RUNTIMES } from '../platforms.mjs';
import { installInto, runtimeBinary, Unavailable } from './runtime-binary.mjs';
import { channelStats, consumer, lifetime, suite } from './tasks.mjs';

/**
 * A test runner or a runtime.
 *
 * @typedef {object} Runner
 * @property {string} name
 * @property {string} version
 * @property {(folder: string) => string} find gets it, and gives the path of its program; throws {@link Unavailable}
 * @property {(report: string, titles: string[]) => import('./tasks.mjs').Task[]} tasks told where to write down the tests of
 *   the suite, and which there are
 */

/** The oldest line of Node.js that vitest runs on. */
const VITEST_NEEDS = 22;
const nodeOfVitest = [process.versions.node, ...NODES].find((version) => Number.parseInt(version) >= VITEST_NEEDS);

/** @type {Runner} */
const vitest = {
  name: 'vitest',
  version: `${RUNTIMES.vitest}, Node.js ${nodeOfVitest}`,
  find: (folder) => {
    installInto(folder, `vitest@${RUNTIMES.vitest}`);
    return nodeOf(nodeOfVitest);
  },
  tasks: (report, titles) => {
    const reporters = ['--reporter=default', '--reporter=junit', `--outputFile.junit=${report}`];
    const program = join('node_modules', 'vitest', 'vitest.mjs');
    return [suite([program, 'run', ...reporters, 'vitest.test.mjs'], report, titles)];
  },
};

/** @type {Runner} */
const node = {
  name: 'node',
  version: process.versions.node,
  find: () => process.execPath,
  tasks: (report, titles) => {
    const shown = ['--test-reporter=spec', '--test-reporter-destination=stdout'];
    const written = ['--test-reporter=junit', `--test-reporter-destination=${report}`];
    return [suite(['--test', ...shown, ...written, 'node.test.mjs'], report, titles), lifetime()];
  },
};

/** @type {Runner} */
const bun = {
  name: 'bun',
  version: RUNTIMES.bun,
  find: () => runtimeBinary('bun', RUNTIMES.bun),
  tasks: (report, titles) => [
    suite(['test', '--reporter=junit', `--reporter-outfile=${report}`, './bun.test.mjs'], report, titles),
    lifetime(),
    consumer(),
    channelStats(),
  ],
};

/** The least that Deno has to allow: the client of StatsD sends from a port of any address, and immer asks for NODE_ENV. */
const DENO = ['--node-modules-dir=manual', '--no-prompt', '--allow-net=127.0.0.1,0.0.0.0:0', '--allow-env=NODE_ENV'];
/** What draws in a terminal asks for more of the environment, and the recording is read. */
const DENO_STATS = [...DENO.slice(0, -1), '--allow-env', '--allow-read=node_modules'];

/** @type {Runner} */
const deno = {
  name: 'deno',
  version: RUNTIMES.deno,
  find: () => runtimeBinary('deno', RUNTIMES.deno),
  tasks: (report, titles) => [
    // Nothing here has types to check, and what Node's modules have is in none of the packages.
    suite(['test', '--no-check', ...DENO, `--junit-path=${report}`, 'deno.test.mjs'], report, titles),
    lifetime('run', ...DENO),
    consumer('run', '--check', ...DENO),
    channelStats('run', ...DENO_STATS),
  ],
};

/** @type {readonly Runner[]} */
export const RUNNERS = [vitest, node, bun, deno];

/**
 * The Node.js that runs this, or another.
 *
 * @param {string | undefined} version
 */
function nodeOf(version) {
  if (version === process.versions.node) return process.execPath;
  if (version === undefined) throw new Unavailable(`it needs Node.js ${VITEST_NEEDS}`, false);
  try {
    return nodeBinary(version);
  } catch {
    throw new Unavailable(`npm could not install Node.js ${version}, see above`, false);
  }
}
