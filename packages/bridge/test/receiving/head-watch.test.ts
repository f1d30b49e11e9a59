import { HeadWatch } from '../../src/receiving/head-watch.js';
import type { InboundLane } from '../../src/receiving/inbound-lane.js';

/** A lane in which each peer's first record is the next one, until it is told that it has come further. */
function laneOf(peers: number) {
  const place = new Map<string, number>();
  const origins = new Map(
    Array.from({ length: peers }, (_, index) => {
      const eid = `p${index}`;
      place.set(eid, 1);
      const origin = { eid, epoch: 'e', arrivals: 1, jobs: { depth: 0 } };
      return [eid, origin] as const;
    }),
  );
  const looks = { count: 0 };
  const gone: [string, number][] = [];
  const lane = {
    origins,
    meet: () => undefined,
    isBehind: ({ eid }: { eid: string }, base: number) => {
      looks.count++;
      return base > (place.get(eid) ?? 0);
    },
    catchUp: (eid: string, _: string, { base }: { base: number }) => gone.push([eid, base]),
  };
  return { lane: lane as unknown as InboundLane, place, origins, looks, gone };
}

const head = (base: number) => ({ lane: 'calls', base, hasSnapshots: false });
const beats = async (watch: HeadWatch, count: number): Promise<void> => {
  for (let beat = 0; beat < count; beat++) {
    watch.tick();
    await Promise.resolve();
  }
};

describe('the watch over how far peers are', () => {
  it('B7: looks, at a heartbeat, only at those that have told of what has not come', async () => {
    const { lane, looks, gone } = laneOf(1000);
    const watch = new HeadWatch(lane, () => Promise.resolve(0));
    for (let index = 0; index < 1000; index++) watch.tell(`p${index}`, 'e', head(1));
    watch.tell('p7', 'e', head(5));
    looks.count = 0;
    await beats(watch, 4);
    expect(looks.count).toBeLessThanOrEqual(8);
    expect(gone[0]).toEqual(['p7', 5]);
  });

  it('B7: takes nothing for gone that comes within two heartbeats', async () => {
    const { lane, place, origins, gone } = laneOf(2);
    const watch = new HeadWatch(lane, () => Promise.resolve(0));
    watch.tell('p0', 'e', head(5));
    watch.tell('p1', 'e', head(5));
    await beats(watch, 1);
    place.set('p0', 5);
    origins.get('p1')!.arrivals++; // more of it is on its way
    await beats(watch, 2);
    expect(gone).toEqual([]);
    await beats(watch, 1);
    expect(gone).toEqual([['p1', 5]]);
  });
});
