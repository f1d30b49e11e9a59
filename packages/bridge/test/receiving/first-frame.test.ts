import type { BridgeOptions } from '@stasis-rx/bridge';
import { ManualClock, quiet } from '../support/manual-clock.js';
import { MemoryNetwork, type Fate } from '../support/memory-network.js';
import { Note, side, State, upTo, type Side } from '../support/side.js';

const WITHOUT_CACHES: Partial<BridgeOptions> = { caches: [] };

/** A network on a clock of its own, with members that are ready. */
function world(options: Partial<BridgeOptions> = {}) {
  const [network, clock] = [new MemoryNetwork(), new ManualClock()];
  const members: Side[] = [];
  const join = async (eid: string): Promise<Side> => {
    const member = side(eid, network.bridge.bind(network), { clock, readyTimeoutMs: 5000, ...options });
    members.push(member);
    await clock.advance(2000);
    await member.bridge.ready;
    return member;
  };
  const close = (): Promise<unknown> => Promise.all(members.map(die));
  return { network, clock, join, close };
}

/** It is gone without a word. */
function die({ bridge }: Side): Promise<void> {
  return bridge.close({ signal: AbortSignal.abort() });
}

/** Publishes these numbers, a frame each. */
async function publishEach({ topic }: Side, numbers: readonly number[]): Promise<void> {
  for (const n of numbers) {
    topic.publish(Note({ id: 'x', n }));
    await quiet();
  }
}

const missedBy = ({ eventsOf }: Side): number => eventsOf('gap').reduce((sum, { missed }) => sum + missed, 0);

describe.each([
  ['with caches', {}],
  ['without caches', WITHOUT_CACHES],
])('on a topic %s', (_, options) => {
  it.each([0, 1])(
    'B7: what is gone before the first frame is told, after %i messages that came before',
    async (early) => {
      const { network, clock, join, close } = world(options);
      const a = await join('a');
      await publishEach(
        a,
        upTo(early).map(() => 0),
      );
      const b = await join('b');
      network.cut('b');
      network.keeps = 18;
      await publishEach(a, upTo(100));
      network.mend('b');
      await clock.advance(5000);
      expect(b.numbers('a')).toEqual(upTo(100).slice(82));
      expect(b.eventsOf('gap')).toEqual([{ type: 'gap', peer: 'a', topic: 'calls', missed: 82 }]);
      await close();
    },
  );

  it('B7: so it is when nothing follows, and nothing is kept', async () => {
    const { network, clock, join, close } = world(options);
    const [a, b] = [await join('a'), await join('b')];
    network.cut('b');
    await publishEach(a, upTo(10));
    network.purge();
    network.mend('b');
    await clock.advance(5000);
    expect(b.numbers('a')).toEqual([]);
    expect(missedBy(b)).toBe(10);
    await close();
  });

  it('B7: what a bus that has started again lost before its first frame is told', async () => {
    const { network, clock, join, close } = world(options);
    const [old, b] = [await join('a'), await join('b')];
    await publishEach(old, upTo(5));
    network.cut('b');
    await die(old);
    const a = await join('a');
    network.keeps = 18;
    await publishEach(a, upTo(100));
    network.mend('b');
    await clock.advance(5000);
    expect(b.numbers('a')).toEqual([...upTo(5), ...upTo(100).slice(82)]);
    const marks = options === WITHOUT_CACHES ? 0 : 1; // that there are snapshots
    expect(missedBy(b)).toBe(82 + marks);
    await close();
  });

  it('B7: what a former life told of and nobody keeps is told when the next one begins', async () => {
    const { network, clock, join, close } = world(options);
    const [old, b] = [await join('a'), await join('b')];
    network.setReading('b', false);
    await publishEach(old, upTo(10));
    await clock.advance(1000);
    await die(old);
    network.purge();
    const a = await join('a');
    await publishEach(a, upTo(3));
    network.setReading('b', true);
    await clock.advance(5000);
    expect(b.numbers('a')).toEqual(upTo(3));
    expect(missedBy(b)).toBe(10);
    await close();
  });

  it('B5: frames of a former life that come after a sign of life of the next one end nothing', async () => {
    const { network, clock, join, close } = world(options);
    const b = await join('b');
    network.setReading('b', false);
    network.mute('a', true);
    const old = side('a', network.bridge.bind(network), { clock, ...options }); // not ready: it does not hear itself
    await clock.advance(100);
    await publishEach(old, [1, 2, 3]);
    await die(old);
    network.mute('a', false);
    const a = await join('a');
    await publishEach(a, [4, 5, 6]);
    network.setReading('b', true);
    await clock.advance(5000);
    await publishEach(a, [7]);
    expect(b.numbers('a')).toEqual(upTo(7));
    await close();
  });

  it('B5: a life whose frames come before its beats is not ended by what was last heard of the former one', async () => {
    const { network, clock, join, close } = world(options);
    const [old, b] = [await join('a'), await join('b')];
    await die(old);
    network.mute('a', true);
    const a = side('a', network.bridge.bind(network), { clock, ...options });
    await clock.advance(100);
    await publishEach(a, [1]);
    await clock.advance(4000);
    await publishEach(a, [2]);
    network.mute('a', false);
    await clock.advance(4000);
    await publishEach(a, [3]);
    expect([b.numbers('a'), b.eventsOf('gap')]).toEqual([[1, 2, 3], []]);
    await die(a);
    await close();
  });

  it('B7: what a bus published before another one was there is no gap', async () => {
    const { clock, join, close } = world(options);
    const a = await join('a');
    await publishEach(a, upTo(50));
    const b = await join('b');
    await publishEach(a, upTo(60).slice(50));
    await clock.advance(5000);
    expect([b.numbers('a'), b.eventsOf('gap')]).toEqual([upTo(60).slice(50), []]);
    await close();
  });

  it('B5: a bus that has seen no frame yet does not begin with the second of two, when the first comes again', async () => {
    const { network, clock, join, close } = world(options);
    const a = await join('a');
    await publishEach(a, [0]);
    const b = await join('b');
    const fates: Fate[] = ['refused', 'stored'];
    network.fate = () => fates.shift() ?? 'stored';
    a.topic.publish(Note({ id: 'x', n: 1 }));
    for (let microtasks = 0; microtasks < 3; microtasks++) await Promise.resolve();
    a.topic.publish(Note({ id: 'x', n: 2 }));
    await clock.advance(1000);
    await publishEach(a, [3]);
    expect([b.numbers('a'), b.eventsOf('gap')]).toEqual([[1, 2, 3], []]);
    await close();
  });

  it('B5: everything that is still kept is delivered, also where many frames were on their way at once', async () => {
    const { network, clock, join, close } = world(options);
    const [a, b] = [await join('a'), await join('b')];
    network.cut('b');
    const padding = 'x'.repeat(3000); // a frame each, eight of them on their way
    for (const n of upTo(100)) a.topic.publish(Note({ id: padding, n }));
    network.keeps = 30;
    await a.bridge.flushed();
    network.mend('b');
    await clock.advance(5000);
    expect(b.numbers('a')).toEqual(upTo(100).slice(70));
    expect(b.eventsOf('gap')).toEqual([{ type: 'gap', peer: 'a', topic: 'calls', missed: 70 }]);
    await close();
  });
});

describe('snapshots of a bus that has started again', () => {
  it('B7, B8: what was lost with them is told, and the caches are right again', async () => {
    const { network, clock, join, close } = world();
    const [old, b] = [await join('a'), await join('b')];
    old.topic.publish(State({ id: 'gone', n: 1 }));
    await clock.advance(100);
    network.cut('b');
    await die(old);
    const a = await join('a');
    a.topic.publish(State({ id: 'new', n: 2 }));
    await publishEach(a, upTo(20));
    network.purge();
    network.mend('b');
    await clock.advance(5000);
    expect(b.cache.dump(State, 'a').map(({ data }) => data.id)).toEqual(['new']);
    expect(missedBy(b)).toBe(22);
    await close();
  });
});
