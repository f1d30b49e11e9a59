import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { describeWallboard } from './describe-wallboard.js';

const example = resolve(__dirname, '../..');

jest.setTimeout(60_000);

describeWallboard('React', {
  build: async () => {
    await promisify(execFile)('npm', ['run', 'build:react'], { cwd: example });
  },
  folder: resolve(example, 'react/dist'),
});
