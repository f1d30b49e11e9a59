import { atOnce } from '../src/harness/at-once.js';

test('does no more at a time than it may, and keeps the order of the items', async () => {
  let running = 0;
  let most = 0;
  const results = await atOnce([5, 1, 4, 2, 3], 2, async (ticks) => {
    most = Math.max(most, ++running);
    for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
    running--;
    return ticks * 10;
  });
  expect(results).toEqual([50, 10, 40, 20, 30]);
  expect(most).toBe(2);
});

test('fails as the first of them does', async () => {
  const work = (item: number): Promise<number> =>
    item === 2 ? Promise.reject(new Error('two')) : Promise.resolve(item);
  await expect(atOnce([1, 2, 3], 1, work)).rejects.toThrow('two');
});
