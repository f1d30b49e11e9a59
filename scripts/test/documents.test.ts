import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { examplesOf, type Example } from '../../packages/core/test/support/markdown-examples.js';
import { typeErrors } from './support/type-errors.js';

const ROOT = join(__dirname, '../..');
const GUIDE = readdirSync(join(ROOT, 'docs')).filter((file) => file.endsWith('.md'));
const READMES = readdirSync(join(ROOT, 'packages')).map((name) => `packages/${name}/README.md`);
const PAGES = ['README.md', ...GUIDE.map((file) => `docs/${file}`), ...READMES].filter((page) =>
  existsSync(join(ROOT, page)),
);

/** So that the test sees that mistakes are found. */
const MISTAKEN: Example = {
  language: 'ts',
  title: 'page.md:1 One',
  code: 'export const one: number = "1";',
  stated: [],
};

describe('the examples of the documents', () => {
  // All at once: most of the time goes into what they import. What they print, the tests of the packages look at.
  it('compile, but for one that is wrong', () => {
    const examples = PAGES.flatMap(examplesOf);
    expect(examples.length).toBeGreaterThan(100);
    expect(typeErrors([MISTAKEN, ...examples])).toEqual([
      expect.stringMatching(/page-md-1-One.* Type 'string' is not assignable to type 'number'/),
    ]);
  }, 60_000);
});
