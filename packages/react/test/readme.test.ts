import '@testing-library/react'; // takes what a test has rendered off the page, if it is loaded before the tests
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { examplesOf, run } from '../../core/test/support/markdown-examples.js';

const GUIDE = readdirSync(join(__dirname, '../../../docs')).filter((file) => file.endsWith('.md'));
const PAGES = ['README.md', 'packages/react/README.md', ...GUIDE.map((file) => `docs/${file}`)];

describe('the examples of the documents that have JSX', () => {
  const examples = PAGES.flatMap(examplesOf).filter(({ language }) => language === 'tsx');

  it.each(examples)('$title prints what it says', async (example) => {
    expect(await run(example)).toEqual(example.stated);
  });
});
