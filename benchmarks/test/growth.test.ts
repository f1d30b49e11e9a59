import { operations } from '../src/figures/growth.js';
import { fromBothEnds } from '../src/figures/growth/operation.js';
import { figureTargets } from '../src/targets.js';

const names = Object.keys(operations);

describe('the growth of an operation', () => {
  it.each(names)('%s: is measured by what passes its own check', async (name) => {
    const trial = operations[name]!.prepare(7);
    await trial.run();
    await expect(Promise.resolve(trial.check())).resolves.toBeUndefined();
  });

  it.each(names)('%s: fails the check when it was not done', async (name) => {
    const trial = operations[name]!.prepare(7);
    await expect((async () => trial.check())()).rejects.toThrow(/^expected \d+ .*, got \d+$/);
  });

  it('has a target for each, and none without', () => {
    const targets = figureTargets.filter(({ figure }) => figure === 'growth');
    expect(targets.map(({ value }) => value).sort()).toEqual([...names].sort());
  });
});

describe('from both ends', () => {
  it.each([
    [[], []],
    [[1], [1]],
    [
      [1, 2, 3, 4],
      [1, 4, 2, 3],
    ],
    [
      [1, 2, 3, 4, 5],
      [1, 5, 2, 4, 3],
    ],
  ])('%j is %j', (items, expected) => {
    expect(fromBothEnds<number>(items)).toEqual(expected);
  });
});
