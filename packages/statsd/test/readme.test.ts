import { examplesOf, run, typeErrors } from '../../core/test/support/markdown-examples.js';

describe('the examples of README.md', () => {
  const examples = examplesOf('packages/statsd/README.md');

  it('compile', () => {
    expect(examples).toHaveLength(4);
    expect(typeErrors(examples)).toEqual([]);
  }, 60_000);

  it.each(examples)('$title prints what it says', async (example) => {
    expect(await run(example)).toEqual(example.stated);
  });
});
