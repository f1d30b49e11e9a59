import { Violations } from '../chaos/violations.js';

describe('the violations of a trial over a server', () => {
  it('are all counted, and told of without end neither one by one nor at length', () => {
    const told: string[] = [];
    const violations = new Violations((text) => told.push(text));
    for (let n = 1; n <= 1000; n++) violations.add(`${n} ${'x'.repeat(10_000)}`);

    expect(violations.count).toBe(1000);
    expect(told).toHaveLength(21);
    expect(told.at(-1)).toBe('and more, which are only counted');
    expect(Math.max(...told.map(({ length }) => length))).toBeLessThan(500);
  });

  it('are told of as they are', () => {
    const told: string[] = [];
    new Violations((text) => told.push(text)).add('lost');

    expect(told).toEqual(['lost']);
  });
});
