import { examplesOf, run } from '../../core/test/support/markdown-examples.js';

describe('the examples of README.md', () => {
  const examples = examplesOf('packages/inspector/README.md');

  it.each(examples)('$title prints what it says', async (example) => {
    expect(await run(example)).toEqual(example.stated);
  });
});
