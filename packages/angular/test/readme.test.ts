import { examplesOf, run, typeErrors } from '../../core/test/support/markdown-examples.js';

describe('the examples of the documents that are for Angular', () => {
  const examples = ['README.md', 'packages/angular/README.md', 'docs/angular.md']
    .flatMap(examplesOf)
    .filter(({ code }) => code.includes('@angular/'));

  it('compile', () => {
    expect(examples).toHaveLength(10);
    expect(typeErrors(examples)).toEqual([]);
  }, 60_000);

  it.each(examples)('$title prints what it says', async (example) => {
    expect(await run(example)).toEqual(example.stated);
  });
});
