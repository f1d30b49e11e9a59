import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withPlatformTable } from '../platform-table.mjs';

const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');

test('README.md says what the packages are tested on; if it does not: npm run platforms', () => {
  expect(withPlatformTable(readme)).toBe(readme);
});

test('a page without a place for it is refused', () => {
  expect(() => withPlatformTable('# A page\n')).toThrow('there is no place for what is written');
});
