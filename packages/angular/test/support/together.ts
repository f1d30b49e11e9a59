// The tests of the package as one suite: each suite loads all of Angular.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '..');
/** These start Angular anew themselves, or are about documents, which are the same everywhere. */
const apart = ['server.test.ts', 'readme.test.ts'];
const files = readdirSync(folder).filter((name) => name.endsWith('.test.ts') && !apart.includes(name));

describe.each(files)('%s', (file) => {
  jest.requireActual(join(folder, file));
});
