// Removes what builds and coverage runs leave behind; also the output of sources that have since been renamed.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { publishedPackages, root } from './packages.mjs';

const leftovers = [...publishedPackages().map(({ directory }) => join(directory, 'dist')), join(root, 'coverage')];
for (const path of leftovers) rmSync(path, { recursive: true, force: true });
