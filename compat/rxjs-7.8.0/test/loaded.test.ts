import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Subject } from 'rxjs';
import type * as Rx from 'rxjs';
import { Topic } from '@stasis-rx/core';

// In front of the other tests that run on it: all of them would pass on any other RxJS, too.

const WORKSPACE = join(__dirname, '..');
const PACKAGES = join(WORKSPACE, '../../packages');

interface Manifest {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const manifestIn = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

describe('the RxJS that these tests run on', () => {
  const installed = join(WORKSPACE, 'node_modules/rxjs');

  it('is the one of this workspace, for core too', async () => {
    const own = (await import(installed)) as typeof Rx;
    expect(Subject).toBe(own.Subject);
    expect(Object.getPrototypeOf(Topic)).toBe(own.Subject);
    expect(dirname(require.resolve('rxjs'))).toBe(join(installed, 'dist/cjs'));
  });

  it('is the lowest that any package allows', () => {
    const { version } = manifestIn(installed);
    expect(manifestIn(WORKSPACE).dependencies).toEqual({ rxjs: version });
    const allowed = readdirSync(PACKAGES).map((name) => manifestIn(join(PACKAGES, name)).peerDependencies?.rxjs);
    expect(allowed).toEqual(allowed.map(() => `^${version}`));
  });
});
