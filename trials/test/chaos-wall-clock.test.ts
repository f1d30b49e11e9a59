import { wallClock } from '../chaos/wall-clock.js';

const HOUR_MS = 3_600_000;

describe('a wall clock that can be set', () => {
  it('leaps and comes back, wherever the time is read', () => {
    const place = { Date };
    const set = wallClock(place);
    for (const aheadMs of [HOUR_MS, -HOUR_MS, 0]) {
      set(aheadMs);
      const times = [place.Date.now(), new place.Date().getTime(), Date.parse(place.Date())];

      for (const time of times) expect(Math.abs(time - Date.now() - aheadMs)).toBeLessThan(2000);
    }
  });

  it('leaves times that are given as they are', () => {
    const place = { Date };
    wallClock(place)(HOUR_MS);

    expect(new place.Date(86_400_000).toISOString()).toBe('1970-01-02T00:00:00.000Z');
    expect(new place.Date(0)).toBeInstanceOf(Date);
    expect(new place.Date(0)).toBeInstanceOf(place.Date);
    expect(place.Date.UTC(1970, 0, 2)).toBe(86_400_000);
  });
});
