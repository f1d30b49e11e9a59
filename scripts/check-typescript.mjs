// Type-checks programs of users against the packed packages, with each TypeScript that users may have, set up in each way
// that knows `exports`. Nothing is run: that is what check-packed.mjs does.
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { inTemporaryFolder, npm, packPackages, root } from './packages.mjs';
import { TYPESCRIPTS } from './platforms.mjs';
import { SETUPS } from './typescript/setups.mjs';
import { writePrograms } from './typescript/write-programs.mjs';

/** What is installed beside the packages, in the versions that the repository works with. */
const BESIDE = [
  ...['rxjs', 'react', '@types/react', '@angular/core', '@nats-io/nats-core', '@nats-io/jetstream'],
  ...['@types/node', '@types/ws', 'expect-type'],
];

/**
 * What others' declarations get wrong, and we cannot mend: with `exactOptionalPropertyTypes`, these classes do not implement
 * their interfaces.
 */
const OF_OTHERS = /^node_modules\/@nats-io\/nats-core\/lib\/(msg|nats)\.d\.ts\(\d+,\d+\): error TS2420: /;

/** How many compilers run at once. */
const AT_ONCE = 2;

/** @typedef {{ compiler: string, seconds: number, problems: readonly (readonly string[])[] }} Result by setup */

await inTemporaryFolder('stasis-rx-types', async (folder) => {
  step(`install the tarballs, with TypeScript ${TYPESCRIPTS.join(', ')}`);
  const packages = install(folder);
  step('type-check programs of users');
  const projects = writeProjects(folder, packages);
  const results = await runAll(TYPESCRIPTS, (compiler) => check(compiler, projects, folder));
  console.table(tableOf(results));
  for (const { compiler, problems } of results) {
    for (const [index, found] of problems.entries()) {
      if (found.length === 0) continue;
      console.error(`\nTypeScript ${compiler}, ${SETUPS[index]?.name}:\n${found.join('\n')}`);
      process.exitCode = 1;
    }
  }
});

/** @param {string} folder */
function install(folder) {
  const tarballs = join(folder, 'tarballs');
  mkdirSync(tarballs);
  writeFileSync(join(folder, 'package.json'), '{ "name": "types", "private": true }\n');
  const packages = packPackages(tarballs);
  const beside = BESIDE.map((name) => `${name}@${versionOf(name, packages)}`);
  const compilers = TYPESCRIPTS.map((version) => `typescript-${version}@npm:typescript@${version}`);
  const quietly = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', '--loglevel=error'];
  npm(['install', ...quietly, ...packages.map(({ tarball }) => tarball), ...beside, ...compilers], folder);
  return packages;
}

/**
 * @param {string} name
 * @param {readonly { directory: string }[]} packages
 * @returns {string}
 */
function versionOf(name, packages) {
  for (const directory of [root, ...packages.map((each) => each.directory)]) {
    const { devDependencies } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
    if (devDependencies?.[name] !== undefined) return devDependencies[name];
  }
  throw new Error(`no package.json has ${name} among its devDependencies`);
}

/**
 * @param {string} folder
 * @param {readonly { name: string, directory: string }[]} packages
 * @returns {string[]} a folder for each setup
 */
function writeProjects(folder, packages) {
  copyFileSync(join(root, 'scripts', 'packed-types', 'tsconfig.json'), join(folder, 'tsconfig.json'));
  return SETUPS.map((setup, index) => {
    const project = `setup-${index}`;
    mkdirSync(join(folder, project));
    writePrograms(join(folder, project), setup, packages);
    return project;
  });
}

/**
 * @template Task, Outcome
 * @param {readonly Task[]} tasks
 * @param {(task: Task) => Promise<Outcome>} run
 * @returns {Promise<Outcome[]>} in the order of the tasks
 */
async function runAll(tasks, run) {
  /** @type {Outcome[]} */
  const outcomes = [];
  const waiting = tasks.entries();
  const worker = async () => {
    for (const [index, task] of waiting) outcomes[index] = await run(task);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return outcomes;
}

/**
 * All setups in one process, which reads each declaration once and is warm after the first.
 *
 * @param {string} compiler its version
 * @param {readonly string[]} projects
 * @param {string} folder
 * @returns {Promise<Result>}
 */
function check(compiler, projects, folder) {
  const startedAt = performance.now();
  const program = join('node_modules', `typescript-${compiler}`, 'bin', 'tsc');
  const args = [program, '--build', ...projects, '--force', '--verbose', '--pretty', 'false'];
  const env = { ...process.env, NODE_NO_WARNINGS: '1' };
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder, env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      const seconds = (performance.now() - startedAt) / 1000;
      // What a compiler has to say it says to stdout: this is one that broke down.
      const breakdown = stderr !== '' || error?.signal ? [`${stderr}\n${error?.message}`] : [];
      resolve({
        compiler,
        seconds,
        problems: projects.map((project) => [...problemsIn(stdout, project), ...breakdown]),
      });
    });
  });
}

/**
 * @param {string} output of a compiler that tells what it builds
 * @param {string} project
 */
function problemsIn(output, project) {
  const [, ofProject] = output.split(new RegExp(`^.*Building project '.*${project}[\\\\/]tsconfig.json'.*$`, 'm'));
  if (ofProject === undefined) return [`it was not built:\n${output}`];
  const [own = ''] = ofProject.split(/^.*Building project /m);
  // The lines below a problem that belong to it are indented.
  const problems = own.split(/\r?\n(?=\S)/).map((problem) => problem.trim());
  return problems.filter((problem) => /\berror TS\d+: /.test(problem) && !OF_OTHERS.test(problem));
}

/**
 * @param {readonly Result[]} results
 * @returns {Record<string, Record<string, string>>}
 */
function tableOf(results) {
  /** @type {Record<string, Record<string, string>>} */
  const table = {};
  for (const { compiler, seconds, problems } of results) {
    for (const [index, { name }] of SETUPS.entries()) {
      const { length } = problems[index] ?? [];
      (table[name] ??= {})[compiler] = length === 0 ? 'ok' : `${length} wrong`;
    }
    (table['in all'] ??= {})[compiler] = `${seconds.toFixed(1)} s`;
  }
  return table;
}

/** @param {string} what */
function step(what) {
  console.log(`- ${what}`);
}
