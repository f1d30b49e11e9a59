// `node scripts/with-node.mjs 22.23.3 npm test`: runs a command under another Node.js (or `oldest`, or `newest`), and ends as
// the command does.
import { spawnSync } from 'node:child_process';
import { environmentOf, nodeBinary } from './node-binary.mjs';
import { nodeVersion } from './platforms.mjs';

const [version, command, ...args] = process.argv.slice(2);
if (version === undefined || command === undefined) {
  console.error('with-node: expected a version of Node.js and a command, such as: 22.23.3 npm test');
  process.exit(2);
}

const { status, error } = spawnSync(command, args, {
  env: environmentOf(nodeBinary(nodeVersion(version))),
  stdio: 'inherit',
});
if (error !== undefined) console.error(`with-node: ${error.message}`);
process.exit(status ?? 1);
