import fc from 'fast-check';
import { BoundedList } from '../../src/model/ground/bounded-list.js';
import { CountedRate } from '../../src/model/ground/counted-rate.js';
import { Histogram } from '../../src/model/ground/histogram.js';
import { RateMeter } from '../../src/model/ground/rate-meter.js';
import { Series } from '../../src/model/subscriptions/series.js';

test('a histogram gives quantiles to within a tenth, and never more than the highest', () => {
  const duration = fc.double({ min: 0.002, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(fc.array(duration, { minLength: 1, maxLength: 200 }), fc.constantFrom(0.5, 0.99), (all, part) => {
      const histogram = new Histogram();
      for (const each of all) histogram.add(each);
      const exact = [...all].sort((one, other) => one - other)[Math.ceil(all.length * part) - 1]!;
      const given = histogram.quantile(part)!;
      expect(given / exact).toBeGreaterThan(0.9);
      expect(given / exact).toBeLessThan(1.1);
      expect(given).toBeLessThanOrEqual(histogram.highest);
    }),
  );
});

test('a histogram takes what no clock should give', () => {
  const histogram = new Histogram();
  for (const each of [0, 0, NaN, 1e300]) histogram.add(each);
  expect(histogram.quantile(0.5)).toBe(0);
  histogram.clear();
  expect(histogram.quantile(0.5)).toBeNull();
});

test('a list that is shortened at its beginning is an array', () => {
  const step = fc.oneof(fc.constant('push'), fc.constant('shift'), fc.constant('last'));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 3000 }), (steps) => {
      const [list, array] = [new BoundedList<number>(), [] as number[]];
      for (const [index, each] of steps.entries()) {
        if (each === 'push') list.push(array.push(index) && index);
        else if (each === 'shift') expect(list.shift()).toBe(array.shift());
        else expect(list.last).toBe(array.at(-1));
      }
      expect(list.slice()).toEqual(array);
      expect(list.at(-1)).toBeUndefined();
      expect(list.at(array.length)).toBeUndefined();
    }),
    { numRuns: 50 },
  );
});

test('a rate is that of the last full seconds, and nothing when they are over', () => {
  const meter = new RateMeter();
  for (let at = 10_000; at < 13_000; at += 10) meter.add(at);
  expect(meter.perSecond(13_500)).toBe(100);
  expect(meter.perSecond(14_500)).toBeCloseTo(66.7, 1);
  expect(meter.perSecond(60_000)).toBe(0);
  meter.add(2);
  expect(meter.perSecond(13_500)).toBe(100);
});

test('a counter that is told now and then is a rate between the tellings', () => {
  const rate = new CountedRate();
  rate.tell(1000, 5000);
  expect(rate.perSecond(5000)).toBeUndefined();
  rate.tell(1500, 7000);
  expect(rate.perSecond(7500)).toBe(250);
  rate.tell(1500, 7000);
  expect(rate.perSecond(7500)).toBe(250);
  expect(rate.perSecond(20_000)).toBeUndefined();
});

test('a series has each second once, and depth goes on where nothing is told', () => {
  const series = new Series();
  series.depth(3, 10_100);
  series.depth(7, 10_200);
  series.waited(5, 10_300);
  series.handled(2, 12_100, true);
  series.dropped(12_200);
  const points = series.until(14_000, 6);
  expect(points.map(({ second, depth }) => [second, depth])).toEqual([
    [9, 0],
    [10, 7],
    [11, 7],
    [12, 7],
    [13, 7],
    [14, 7],
  ]);
  expect(points[1]).toMatchObject({ waitMedianMs: 5, handleMedianMs: null });
  expect(points[3]).toMatchObject({ handled: 1, failed: 1, dropped: 1, handleMedianMs: 2 });
});
