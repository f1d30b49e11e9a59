import { controlText } from '../../src/protocol/control-message.js';
import { ManualClock, quiet } from '../support/manual-clock.js';
import { MemoryNetwork, type Fate } from '../support/memory-network.js';
import { side, State } from '../support/side.js';

describe('frames of a life that is over, stored behind those of the next one', () => {
  it.each([
    ['by a bus that had never heard of the former life', false],
    ['by a bus that had', true],
  ])('B5, B9: are passed over %s', async (_, wasThere) => {
    const [network, clock] = [new MemoryNetwork(), new ManualClock()];
    const connect = network.bridge.bind(network);
    const join = (eid: string) => side(eid, connect, { clock });
    const former = join('a');
    const early = wasThere ? [join('b')] : [];
    await clock.advance(3000);
    network.cut('a');
    former.topic.publish(State({ id: 'x', n: 1 }));
    const other = early[0] ?? join('b');
    await clock.advance(3000);
    const fates: Fate[] = ['late'];
    network.fate = () => fates.shift() ?? 'stored';
    network.mend('a');
    await former.bridge.close({ signal: AbortSignal.abort() });
    const present = join('a');
    await quiet();
    await clock.advance(3000);
    present.topic.publish(State({ id: 'y', n: 2 }));
    await clock.advance(30_000);
    const epochs = network.log.map((stored) => (JSON.parse(stored?.frame ?? '{}') as { e: string }).e);
    const [first, last] = [former.bridge.epoch, present.bridge.epoch].map((epoch) => epochs.lastIndexOf(epoch));
    expect(first).toBeGreaterThan(epochs.indexOf(present.bridge.epoch)); // so it was
    expect(last).toBeGreaterThan(first ?? 0);
    expect(other.cache.dump(State, 'a').map(({ data: { id } }) => id)).toEqual(['y']);
    await Promise.all([present, other].map(({ bridge }) => bridge.close({ signal: AbortSignal.abort() })));
  });

  it('B9: a clock that went back makes nobody late who is heard', async () => {
    const [network, clock] = [new MemoryNetwork(), new ManualClock()];
    const join = (eid: string) => side(eid, network.bridge.bind(network), { clock });
    const [former, other] = [join('a'), join('b')];
    await clock.advance(3000);
    former.topic.publish(State({ id: 'x', n: 1 }));
    await former.bridge.flushed();
    await former.bridge.close({ signal: AbortSignal.abort() });
    const { epoch } = former.bridge;
    const [random, began = ''] = epoch.split('-');
    const earlier = `${random}-${(parseInt(began, 36) - 3_600_000_000).toString(36)}`;
    const frame = network.log.at(-1)?.frame ?? '';
    const next = frame
      .replace(epoch, earlier)
      .replace('"n":1', '"n":2')
      .replace(/"i":"[^"]*"/, '"i":"next"');
    const [receiver] = [...network.members].map((member) => member.receiver);
    const heads = [{ lane: 'calls', base: 1, hasSnapshots: false }];
    receiver?.hear('a', controlText({ kind: 'beat', eid: 'a', epoch: earlier, isGreeting: true, heads }));
    void receiver?.receive('calls', 'a', next.replace(/"s":\d+,"b":\d+,"c":1/, '"s":1,"b":1,"c":0'));
    await clock.advance(3000);
    expect(other.got.map(({ data }) => (data as { n: number }).n)).toContain(2);
    await other.bridge.close({ signal: AbortSignal.abort() });
  });
});
