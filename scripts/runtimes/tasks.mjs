import assert from 'node:assert/strict';
import { join } from 'node:path';
import { passedTests } from './passed-tests.mjs';

/**
 * Something that a runner runs in the folder where the packages are installed.
 *
 * @typedef {object} Task
 * @property {string} what
 * @property {string[]} args
 * @property {(stdout: string) => string} judge says in a few words how it went; throws when it did not go well
 */

/** What lifetime.mjs prints before it ends. */
const LIFETIME = [
  'uncaught: DISPATCH',
  'bridges closed',
  'bridges over ports closed',
  'packets sent: 1',
  'handled: 20000',
];

/**
 * The smoke suite. Each of its tests has to have run, and passed.
 *
 * @param {string[]} args
 * @param {string} report where the runner writes down its tests
 * @param {string[]} titles of all tests of the suite
 * @returns {Task}
 */
export function suite(args, report, titles) {
  const judge = () => {
    const passed = passedTests(report);
    const missing = titles.filter((title) => !passed.includes(title));
    const outcome = `${passed.length} of ${titles.length} tests passed`;
    if (passed.length === titles.length && missing.length === 0) return outcome;
    throw new Error([outcome, ...missing.map((title) => `missing: ${title}`)].join('\n'));
  };
  return { what: 'smoke suite', args, judge };
}

/**
 * A program that closes no more than it must, and has to end all the same.
 *
 * @param {...string} args of the runtime
 * @returns {Task}
 */
export function lifetime(...args) {
  const judge = (/** @type {string} */ stdout) => {
    assert.deepEqual(stdout.trimEnd().split('\n'), LIFETIME);
    return 'ended by itself';
  };
  return { what: 'lifetime.mjs', args: [...args, 'lifetime.mjs'], judge };
}

/**
 * A program in TypeScript, which both runtimes run as it is; Deno checks its types first. It throws when something is wrong.
 *
 * @param {...string} args of the runtime
 * @returns {Task}
 */
export function consumer(...args) {
  return { what: 'consumer.ts', args: [...args, 'consumer.ts'], judge: () => 'ran' };
}

/**
 * The program that comes with the package for Asterisk, with the recording that does.
 *
 * @param {...string} args of the runtime
 * @returns {Task}
 */
export function channelStats(...args) {
  const program = join('node_modules', '@stasis-rx', 'asterisk', 'bin', 'stasis-channel-stats.js');
  const judge = (/** @type {string} */ stdout) => {
    const { comparison } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    assert.equal(comparison?.isEqual, true, 'its metrics are not equal to what Asterisk sent');
    return 'equal to Asterisk';
  };
  return { what: 'stasis-channel-stats', args: [...args, program, '--speed', '0', '--json'], judge };
}
