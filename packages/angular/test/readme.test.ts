import { examplesOf, run } from '../../core/test/support/markdown-examples.js';

describe('the examples of the documents that are for Angular', () => {
  const examples = ['README.md', 'packages/angular/README.md', 'docs/angular.md']
    .flatMap(examplesOf)
    .filter(({ code }) => code.includes('@angular/'));

  it('are all found', () => {
    expect(examples).toHaveLength(14);
  });

  it.each(examples)('$title prints what it says', async (example) => {
    expect(await run(example)).toEqual(example.stated);
  });
});
