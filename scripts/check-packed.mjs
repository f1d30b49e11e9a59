// Installs the packed packages into an empty folder as a user would, type-checks a small program against them and runs it.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTemporaryFolder, npm, packPackages, root, runNode, runTool } from './packages.mjs';

/** Those for frameworks are tried in an application of their own: check-packed-angular.mjs. */
const NAMES = [
  'core',
  'router',
  'statsd',
  'asterisk',
  'bridge',
  'broadcast-channel',
  'message-port',
  'nats',
  'inspector',
];
const PACKAGES = NAMES.map((name) => `@stasis-rx/${name}`);

/** What the packages want beside them. */
const PEERS = ['rxjs@^7.8.0', '@nats-io/nats-core@^3.4.0', '@nats-io/jetstream@^3.4.0'];

await inTemporaryFolder('stasis-rx-consumer', (folder) => {
  step('install the tarballs, with rxjs and immer from the registry');
  installTarballs(folder);
  copyConsumer(folder);

  step('type-check a program under nodenext, as a module and as CommonJS');
  runTool('typescript/bin/tsc', ['-p', 'tsconfig.json'], folder);
  step('run it with import');
  runNode(['out/consumer.mjs'], folder);
  step('run it with require');
  runNode(['out/consumer.cjs'], folder);
  step('bridge two buses, with import and with require');
  runNode(['out/bridges.mjs'], folder);
  runNode(['out/bridges.cjs'], folder);
  step('inspect a bus, with import and with require; and what was recorded, from the command line');
  runNode(['out/inspect.mjs'], folder);
  runNode(['out/inspect.cjs'], folder);
  const published = { is: 'published', id: 1, topic: 'calls', type: 'call_answered', eid: 'local', data: {} };
  writeFileSync(join(folder, 'office.jsonl'), `${JSON.stringify({ at: 1, event: published })}\n`);
  npm(['exec', '--', 'stasis-inspect', 'office.jsonl', 'types', '--json'], folder);
  step('load two copies of core, which agree on messages and built-in types');
  runNode(['both-copies.mjs'], folder);
  step('replay the recording that comes with stasis-channel-stats');
  npm(['exec', '--', 'stasis-channel-stats', '--speed', '0'], folder);
});

/** @param {string} folder */
function installTarballs(folder) {
  const tarballs = join(folder, 'tarballs');
  mkdirSync(tarballs);
  writeFileSync(join(folder, 'package.json'), '{ "name": "consumer", "private": true }\n');
  const packed = packPackages(tarballs, PACKAGES).map(({ tarball }) => tarball);
  npm(['install', '--no-audit', '--no-fund', '--prefer-offline', ...packed, ...PEERS], folder);
}

/** @param {string} folder */
function copyConsumer(folder) {
  const source = join(root, 'scripts', 'packed-consumer');
  const copies = {
    'tsconfig.json': ['tsconfig.json'],
    'consumer.ts': ['consumer.mts', 'consumer.cts'],
    'bridges.ts': ['bridges.mts', 'bridges.cts'],
    'inspect.ts': ['inspect.mts', 'inspect.cts'],
    'both-copies.mjs': ['both-copies.mjs'],
  };
  for (const [file, targets] of Object.entries(copies)) {
    for (const target of targets) copyFileSync(join(source, file), join(folder, target));
  }
}

/** @param {string} what */
function step(what) {
  console.log(`- ${what}`);
}
