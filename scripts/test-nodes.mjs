// `npm run test:nodes`: what README.md says to run, word for word, on a fresh copy of the repository under each Node.js that
// the packages run on; prints a table. `npm run test:nodes -- 24.21.0 newest` takes these alone.
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, cpSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentOf, nodeBinary } from './node-binary.mjs';
import { inTemporaryFolder, root } from './packages.mjs';
import { NODES, nodeVersion } from './platforms.mjs';

/** The two commands of README.md: the main job, and the tests. */
const COMMANDS = commandsOf(readFileSync(join(root, 'README.md'), 'utf8'));

const versions = process.argv.length > 2 ? process.argv.slice(2).map(nodeVersion) : NODES;
/** @type {Record<string, string>[]} */
const table = [];
for (const version of versions) {
  const environment = environmentOf(nodeBinary(version));
  await inTemporaryFolder(`stasis-rx-node-${version}`, (folder) => {
    copyRepository(folder);
    const start = run(COMMANDS.start, folder, environment);
    const test = run(COMMANDS.test, folder, environment);
    table.push({ 'Node.js': version, [COMMANDS.start]: start.end, [COMMANDS.test]: test.end, tests: test.lastLine });
  });
}
console.table(table);

/** @param {string} readme */
function commandsOf(readme) {
  const commands = [...readme.matchAll(/^```sh\n(.+)\n```$/gm)].map(([, command = '']) => command);
  const [start, test] = ['npm start', 'npm test'].map((end) =>
    commands.find((command) => command.endsWith(`&& ${end}`)),
  );
  if (start === undefined || test === undefined)
    throw new Error('README.md does not say how to start, or how to test.');
  return { start, test };
}

/**
 * As a fresh clone would be, with the changes that are not committed yet.
 *
 * @param {string} folder
 */
function copyRepository(folder) {
  const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'], {
    cwd: root,
    encoding: 'utf8',
  });
  const deleted = execFileSync('git', ['ls-files', '-z', '--deleted'], { cwd: root, encoding: 'utf8' }).split('\0');
  for (const file of list.split('\0').filter((file) => file !== '' && !deleted.includes(file))) {
    cpSync(join(root, file), join(folder, file), { recursive: true });
  }
}

/**
 * @param {string} command
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} environment
 * @returns {{ end: string, lastLine: string }} how it ended, and how long it took
 */
function run(command, folder, environment) {
  const log = join(folder, 'output.log');
  const output = openSync(log, 'w');
  console.log(`- ${execFileSync('node', ['--version'], { env: environment, encoding: 'utf8' }).trim()}: ${command}`);
  const startedAt = performance.now();
  const { status, signal } = spawnSync('sh', ['-c', command], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const seconds = `${((performance.now() - startedAt) / 1000).toFixed(0)} s`;
  const text = readFileSync(log, 'utf8').trimEnd();
  if (status !== 0) {
    process.exitCode = 1;
    console.log(text);
  }
  const end = status === 0 ? 'passed' : `FAILED (${status ?? signal})`;
  return { end: `${end}, ${seconds}`, lastLine: text.split('\n').at(-1) ?? '' };
}
