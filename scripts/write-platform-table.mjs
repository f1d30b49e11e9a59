// `npm run platforms`: writes into README.md what the packages are tested on.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './packages.mjs';
import { withPlatformTable } from './platform-table.mjs';

const readme = join(root, 'README.md');
writeFileSync(readme, withPlatformTable(readFileSync(readme, 'utf8')));
