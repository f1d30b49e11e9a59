import { createBridge } from '@stasis-rx/bridge';
import { ManualClock } from '../support/manual-clock.js';
import { MemoryNetwork } from '../support/memory-network.js';
import { side, State, upTo } from '../support/side.js';

const MEMBERS = 8;
const ENTRIES = 500;
const FRAME_START_BYTES = 220;

/** Eight buses with large caches. */
async function group() {
  const [network, clock] = [new MemoryNetwork(), new ManualClock()];
  const join = (eid: string) => side(eid, network.bridge.bind(network), { clock });
  const members = upTo(MEMBERS).map((index) => join(`m${index}`));
  await clock.advance(2000);
  for (const { topic } of members) {
    for (const n of upTo(ENTRIES)) topic.publish(State({ id: `${n} ${'x'.repeat(100)}`, n }));
  }
  await clock.advance(2000);
  const close = async (): Promise<void> => {
    await Promise.all(members.map(({ bridge }) => bridge.close({ signal: AbortSignal.abort() })));
  };
  return { network, clock, join, members, close };
}

describe('a bus that joins large caches', () => {
  it('B8: gets all snapshots once, and nobody else gets any', async () => {
    const { network, clock, join, members, close } = await group();
    const stored = network.log.length;
    const cacheSize = JSON.stringify(members[0]?.cache.dump(State, 'm2')).length;
    const late = join('late');
    await clock.advance(2000);
    expect(late.cache.size).toBe(MEMBERS * ENTRIES);
    expect(late.eventsOf('snapshot').map(({ entries }) => entries)).toEqual(upTo(MEMBERS).map(() => ENTRIES));
    expect(network.whispered).toBeLessThan(1.5 * MEMBERS * cacheSize);
    const frames = network.log.slice(stored);
    expect(frames.length).toBeLessThanOrEqual(MEMBERS + 1);
    for (const frame of frames) expect(frame?.frame.length).toBeLessThan(FRAME_START_BYTES);
    await late.bridge.close({ signal: AbortSignal.abort() });
    await close();
  });

  it('B8: gets them although a third of what is said to it is lost, and from whoever is left when one dies meanwhile', async () => {
    const { network, clock, join, members, close } = await group();
    let dice = 1;
    network.isDeaf = () => (dice = (dice * 48_271) % 2_147_483_647) % 3 === 0;
    const late = join('late');
    await clock.advance(300);
    await members[0]?.bridge.close({ signal: AbortSignal.abort() });
    await clock.advance(120_000);
    expect(late.cache.size).toBe((MEMBERS - 1) * ENTRIES);
    await late.bridge.close({ signal: AbortSignal.abort() });
    await close();
  });

  it('B8: gets them over a transport on which everybody hears everything', async () => {
    const { network, clock, members, close } = await group();
    const transport = network.transport();
    const { whispered } = network;
    for (const member of network.members) Object.assign(member, { whisper: undefined });
    const late = side(
      'late',
      (bus, options) => createBridge(bus, Object.assign(transport, { whisper: undefined }), options),
      {
        clock,
      },
    );
    await clock.advance(2000);
    expect(late.cache.size).toBe(MEMBERS * ENTRIES);
    expect(network.whispered).toBe(whispered);
    for (const { eventsOf } of members) expect(eventsOf('rejected')).toEqual([]);
    await late.bridge.close({ signal: AbortSignal.abort() });
    await close();
  });
});
