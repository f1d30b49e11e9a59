import { ReceivedMetrics } from '../../src/cli/received-metrics.js';

function received(...lines: string[]) {
  const metrics = new ReceivedMetrics();
  lines.forEach((line) => metrics.add(line));
  return metrics.snapshot();
}

describe('received metrics', () => {
  test('move a gauge by a value with a sign, set it by one without, and remember its height', () => {
    expect(received('a:5|g', 'a:+3|g', 'a:-7|g', 'b:-1|g').gauges).toEqual({
      a: { value: 1, max: 8 },
      b: { value: -1, max: -1 },
    });
  });

  test('add up counters and meters, at their sample rate', () => {
    expect(received('a:1|c', 'a:-3|c', 'b:1|m', 'b:1|m', 'c:2|c|@0.1|#site:north').counters).toEqual({
      a: -2,
      b: 2,
      c: 20,
    });
  });

  test('know the least, the mean and the greatest of a timer', () => {
    expect(received('a:10|ms', 'a:40|ms', 'a:10.5|ms').timers).toEqual({
      a: { count: 3, min: 10, mean: 60.5 / 3, max: 40 },
    });
  });

  test('pass over what is no metric line, and take names of any kind', () => {
    const { lines, counters } = received('', 'a', 'a:1', 'a:x|c', ':1|c', 'a:1|c|', '__proto__:1|c', 'constructor:1|c');
    expect(lines).toBe(2);
    expect(Object.keys(counters)).toEqual(['__proto__', 'constructor']);
  });
});
