import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { describeWallboard } from './describe-wallboard.js';

const example = resolve(__dirname, '../..');

jest.setTimeout(60_000);

describeWallboard('React', {
  build: async () => {
    // As it is deployed: jest's own NODE_ENV would make it a development build.
    const env = { ...process.env, NODE_ENV: 'production' };
    await promisify(execFile)('npm', ['run', 'build:react'], { cwd: example, env });
  },
  folder: resolve(example, 'react/dist'),
});
