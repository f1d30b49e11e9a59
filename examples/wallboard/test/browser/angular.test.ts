import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { describeWallboard } from './describe-wallboard.js';

const example = resolve(__dirname, '../..');

jest.setTimeout(60_000);

describeWallboard('Angular', {
  build: async () => {
    await promisify(execFile)('npm', ['run', 'build:angular'], { cwd: example });
  },
  folder: resolve(example, 'angular/dist/browser'),
  devScript: 'dev:angular',
});
