import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from 'react';
import { version as domVersion } from 'react-dom';

declare const REACT_MAJOR: number; // of the project, in jest.config.js

it('the tests run on the React that the project names: where that is 18, on the lowest of the peer range', () => {
  const versions = [version, domVersion].map((text) => text.replace(/-.*/, ''));
  const expected = REACT_MAJOR === 18 ? lowestOfPeerRange() : expect.stringMatching(/^19\./);
  expect(versions).toEqual([expected, expected]);
});

function lowestOfPeerRange(): string | undefined {
  const manifest = JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8')) as {
    readonly peerDependencies: { readonly react: string };
  };
  return /\d+\.\d+\.\d+/.exec(manifest.peerDependencies.react)?.[0];
}
