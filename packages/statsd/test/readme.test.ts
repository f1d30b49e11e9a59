import { examplesOf, run } from '../../core/test/support/markdown-examples.js';

describe('the examples of README.md', () => {
  const examples = examplesOf('packages/statsd/README.md');

  it('are all found', () => {
    expect(examples).toHaveLength(4);
  });

  it.each(examples)('$title prints what it says', async (example) => {
    expect(await run(example)).toEqual(example.stated);
  });
});
