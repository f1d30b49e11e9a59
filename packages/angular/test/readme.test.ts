import { examplesOf, run, typeErrors } from '../../core/test/support/markdown-examples.js';

describe('the examples of README.md and docs/angular.md', () => {
  const examples = ['packages/angular/README.md', 'docs/angular.md'].flatMap(examplesOf);

  it('compile', () => {
    expect(examples).toHaveLength(9);
    expect(typeErrors(examples)).toEqual([]);
  }, 60_000);

  it.each(examples)('$title prints what it says', async (example) => {
    expect(await run(example)).toEqual(example.stated);
  });
});
