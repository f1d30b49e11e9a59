import type { Subscription } from '@stasis-rx/core';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { heapInUse } from '../soak/heap.js';
import { soak, type SoakResult } from '../soak/soak.js';
import type { Subscribe } from '../soak/world.js';
import { brokenSubscribes, withResult } from './broken-subscribes.js';

// A soak publishes tens of thousands of messages, which takes a while on a busy machine.
jest.setTimeout(60_000);

/** A shortest possible soak. */
function soakWith(subscribe?: Subscribe, seed = 1): Promise<SoakResult> {
  return soak({ messages: 1, seconds: 0, seed, subscribe, patienceMs: 10_000 });
}

describe('the soak', () => {
  let collect: () => void;
  let clean: SoakResult;
  beforeAll(async () => {
    setFlagsFromString('--expose-gc'); // before a soak: it is what finds what is left behind
    collect = runInNewContext('gc') as () => void;
    clean = await soakWith();
  });

  it('finds nothing wrong with the packages, and does what it is there for', () => {
    const { figures, violations } = clean;

    expect(violations).toEqual([]);
    expect(figures.finals).toBe(figures.subscriptions);
    expect(Object.entries(figures).filter(([, figure]) => !(figure > 0))).toEqual([]);
  });

  it('does the same again with the same seed', async () => {
    const runs = [clean, await soakWith(), await soakWith(undefined, 2)];
    const [first, second, other] = runs.map(({ figures }) => Object.entries(figures).filter(isNoTime));

    expect(second).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it.each(brokenSubscribes)('finds $what', async ({ make, found }) => {
    const { violations } = await soakWith(make());
    expect(violations[0]).toMatch(found);
  });

  it('finds what is left behind, and nothing of the packages', async () => {
    const held: Subscription[] = [];
    const holdsOn = withResult((subscription) => {
      held.push(subscription);
      return {};
    });
    const dirty = await soakWith(holdsOn);
    await heapInUse(collect);

    expect(clean.leftovers.watched).toBeGreaterThan(100);
    expect(clean.leftovers.reachable).toBe(0);
    expect(dirty.leftovers.reachable).toBeGreaterThan(10);
    // Until here: what is not used any more may be collected.
    expect([clean, dirty].flatMap(({ kept }) => kept.bus.topics())).toEqual([]);
    expect(held).not.toEqual([]);
  });
});

function isNoTime([name]: readonly [string, unknown]): boolean {
  return name !== 'elapsedMs';
}
