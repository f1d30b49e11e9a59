import { ManualClock } from '../support/manual-clock.js';
import { MemoryNetwork } from '../support/memory-network.js';
import { side, State, type Side } from '../support/side.js';

const HEARTBEAT_MS = 1000;

/** So many members with an entry each, which all have, and a network that has come to rest. */
async function group(size: number) {
  const [network, clock] = [new MemoryNetwork(), new ManualClock()];
  const members: Side[] = [];
  for (let index = 0; index < size; index++) {
    const member = join(network, clock, `m${index}`);
    member.topic.publish(State({ id: 'x', n: index }));
    members.push(member);
    await clock.advance(7);
  }
  await clock.advance(3 * HEARTBEAT_MS);
  for (const { cache, bridge } of members) expect([cache.size, bridge.peers().length]).toEqual([size, size - 1]);
  return { network, clock, members, close: () => closeAll(members) };
}

function join(network: MemoryNetwork, clock: ManualClock, eid: string): Side {
  return side(eid, network.bridge.bind(network), { clock, readyTimeoutMs: 5000 });
}

async function closeAll(members: readonly Side[]): Promise<void> {
  await Promise.all(members.map(({ bridge }) => bridge.close({ signal: AbortSignal.abort() })));
}

/** What has been announced while something happened. */
async function announcedDuring(network: MemoryNetwork, happening: () => Promise<void>): Promise<number> {
  const { beats, asks } = network.announced;
  await happening();
  return network.announced.beats + network.announced.asks - beats - asks;
}

function expectNobodyLost(members: readonly Side[], size = members.length): void {
  for (const { bridge, cache, eventsOf } of members) {
    expect(eventsOf('peer-left')).toEqual([]);
    expect([bridge.peers().length, cache.size]).toEqual([size - 1, size]);
  }
}

describe('a group of fifty', () => {
  it.each([200, 2000, 20_000])(
    'B9: loses nobody while the network is away for %i ms, and is quiet again',
    async (ms) => {
      const { network, clock, members, close } = await group(50);
      const snapshots = (): number => members.reduce((sum, { eventsOf }) => sum + eventsOf('snapshot').length, 0);
      const before = snapshots();
      const cleared: unknown[] = [];
      for (const { updates } of members) {
        updates.subscribe(({ data }) => data.newSnapshot === null && cleared.push(data));
      }
      for (const { bus } of members) network.disconnect(bus.eid);
      await clock.advance(ms);
      const announced = await announcedDuring(network, async () => {
        for (const { bus } of members) {
          network.connect(bus.eid);
          await clock.advance(20);
        }
      });
      expect(announced).toBeLessThanOrEqual(3 * members.length);
      await clock.advance(HEARTBEAT_MS);
      const idle = await announcedDuring(network, () => clock.advance(HEARTBEAT_MS));
      expect(idle).toBe(members.length);
      await clock.advance(8 * HEARTBEAT_MS);
      expectNobodyLost(members);
      expect([snapshots(), cleared]).toEqual([before, []]);
      await close();
    },
  );

  it.each([200, 2000, 20_000])('B9: loses nobody while the network is frozen for %i ms', async (ms) => {
    const { network, clock, members, close } = await group(50);
    network.freeze();
    await clock.advance(ms);
    network.thaw();
    await clock.advance(HEARTBEAT_MS);
    const idle = await announcedDuring(network, () => clock.advance(HEARTBEAT_MS));
    expect(idle).toBe(members.length);
    await clock.advance(8 * HEARTBEAT_MS);
    expectNobodyLost(members);
    await close();
  });

  it('B9: comes together with a few announcements a member, all at once', async () => {
    const [network, clock] = [new MemoryNetwork(), new ManualClock()];
    const members = Array.from({ length: 50 }, (_, index) => join(network, clock, `m${index}`));
    await clock.advance(HEARTBEAT_MS - 1);
    expect(new Set(members.map(({ bridge }) => bridge.peers().length))).toEqual(new Set([49]));
    expect(network.announced.beats).toBeLessThanOrEqual(4 * members.length);
    expect(network.announced.asks).toBeLessThanOrEqual(4 * members.length);
    await closeAll(members);
  });
});

describe('a peer that is busy', () => {
  it.each([400, 4900])('B9: is not lost within its time-out, %i ms, however many join meanwhile', async (ms) => {
    const { network, clock, members, close } = await group(3);
    await clock.advance(990);
    network.mute('m0', true);
    const joiners: Side[] = [];
    for (let at = 0; at < ms; at += 100) {
      joiners.push(join(network, clock, `j${at}`));
      await clock.advance(100);
    }
    network.mute('m0', false);
    await clock.advance(2 * HEARTBEAT_MS);
    for (const { eventsOf, cache } of members.slice(1)) {
      expect(eventsOf('peer-left')).toEqual([]);
      expect(cache.get(State, 'x', 'm0')?.data.n).toBe(0);
    }
    await closeAll(joiners);
    await close();
  });

  it('B9: is lost when its time-out is over, however many join meanwhile', async () => {
    const { network, clock, members, close } = await group(3);
    network.mute('m0', true);
    await clock.advance(8 * HEARTBEAT_MS);
    for (const { eventsOf } of members.slice(1)) {
      expect(eventsOf('peer-left')).toEqual([{ type: 'peer-left', peer: 'm0', reason: 'lost' }]);
    }
    await close();
  });
});

describe('somebody who greets without end', () => {
  const greetings = (network: MemoryNetwork, epoch: (index: number) => string): void => {
    for (let index = 0; index < 20_000; index++) {
      network.announce('evil', JSON.stringify({ v: 2, o: 'evil', e: epoch(index), k: 'beat', h: 1, l: [] }));
    }
  };

  it('B9: joins once, is answered a few times, and takes nobody away', async () => {
    const { network, clock, members, close } = await group(3);
    const { beats } = network.announced;
    greetings(network, () => 'e1');
    await clock.advance(300);
    for (const { bridge, eventsOf } of members) {
      expect(eventsOf('peer-joined').filter(({ peer }) => peer === 'evil')).toHaveLength(1);
      expect(eventsOf('peer-left')).toEqual([]);
      expect(bridge.peers()).toHaveLength(3);
      expect(bridge.peers()).toContain('evil');
    }
    expect(network.announced.beats - beats - 20_000).toBeLessThanOrEqual(4 * members.length);
    await close();
  });

  it('B9: under another epoch each time it starts again once a heartbeat at most', async () => {
    const { network, clock, members, close } = await group(3);
    greetings(network, (index) => `e${index}`);
    await clock.advance(2 * HEARTBEAT_MS);
    for (const { bridge, eventsOf } of members) {
      expect(eventsOf('peer-joined').filter(({ peer }) => peer === 'evil').length).toBeLessThanOrEqual(4);
      expect(eventsOf('peer-left')).toEqual([]);
      expect(bridge.peers()).toHaveLength(3);
    }
    await close();
  });
});
