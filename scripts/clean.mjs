// Removes what builds, coverage runs and `npm run docs` leave behind; also the output of sources that have since been renamed.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { publishedPackages, root } from './packages.mjs';

const builds = publishedPackages().map(({ directory }) => join(directory, 'dist'));
for (const path of [...builds, join(root, 'coverage'), join(root, 'docs', 'api')]) {
  rmSync(path, { recursive: true, force: true });
}
