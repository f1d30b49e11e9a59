import fc from 'fast-check';
import { parseControl } from '../../src/protocol/control-message.js';
import { parseFrame } from '../../src/protocol/frame.js';
import { nameOfToken, tokenOfName } from '@stasis-rx/bridge';
import { createBus, createTopicPool } from '@stasis-rx/core';
import { columnsOf, type WireRecord } from '../support/wire.js';
import { MemoryNetwork } from '../support/memory-network.js';
import { eventually, Note, side, type Side } from '../support/side.js';

/** A frame as another bridge would write it, with whatever is to be wrong with it. */
function frame(
  over: Record<string, unknown> = {},
  records: readonly WireRecord[] = [record({ id: 'x', n: 1 })],
): string {
  return JSON.stringify({ v: 2, o: 'evil', e: 'e1', i: 'i1', s: 1, b: 1, c: 0, ...columnsOf(records), ...over });
}

function record(data: unknown, over: readonly unknown[] = []): unknown[] {
  const plain = [0, 'note', 1, 1_700_000_000_000, null, data];
  return plain.map((value, index) => over[index] ?? value);
}

/** A bridge, somebody who sends it what he wants, and an honest peer that must get through whatever that was. */
async function withIntruder(
  test: (b: Side, send: (bytes: Uint8Array | string, eid?: string) => void) => Promise<void>,
): Promise<void> {
  const network = new MemoryNetwork();
  const connect = network.bridge.bind(network);
  const [a, b] = [side('a', connect), side('b', connect)];
  await Promise.all([a.bridge.ready, b.bridge.ready]);
  const receiver = [...network.members].find((member) => member.receiver?.eid === 'b')?.receiver;
  await test(b, (bytes, eid = 'evil') => void receiver?.receive('calls', eid, bytes));
  a.topic.publish(Note({ id: 'honest', n: 99 }));
  await eventually(() => b.numbers('a').includes(99));
  await Promise.all([a.bridge.close(), b.bridge.close()]);
}

describe('what may arrive', () => {
  it('B10: random bytes are reported and dropped, and stop nothing', async () => {
    await withIntruder(async (b, send) => {
      const bytes = fc.sample(fc.uint8Array({ maxLength: 300 }), 500);
      for (const each of bytes) send(each);
      expect(b.got).toEqual([]);
      expect(b.eventsOf('rejected').every(({ reason }) => reason === 'malformed')).toBe(true);
      expect(b.bridge.statistics().topics[0]?.rejected).toBe(500);
    });
  });

  it('B10: so are frames cut short anywhere', async () => {
    await withIntruder(async (b, send) => {
      const whole = frame();
      for (let length = 0; length < whole.length; length++) send(whole.slice(0, length));
      expect(b.got).toEqual([]);
      send(whole);
      await b.bus.settled();
      expect(b.numbers('evil')).toEqual([1]);
    });
  });

  it('B10: so is any JSON that is no frame', async () => {
    await withIntruder(async (b, send) => {
      for (const value of fc.sample(fc.json(), 500)) send(value);
      for (const value of fc.sample(fc.json(), 200)) {
        for (const column of 'yhtnmqr') send(frame({ [column]: JSON.parse(value) as unknown }));
      }
      expect(b.got).toEqual([]);
      expect(b.eventsOf('error')).toEqual([]);
    });
  });

  it.each([
    ['of another version', { v: 1 }],
    ['without an origin', { o: '' }],
    ['with a long origin', { o: 'x'.repeat(2000) }],
    ['at position 0', { s: 0, b: 0 }],
    ['at no whole position', { s: 1.5 }],
    ['at a position that cannot be counted from', { s: Number.MAX_SAFE_INTEGER }],
    ['that is sure of what follows', { s: 1, b: 2 }],
    ['without records', { r: [] }],
    ['with a record of an unknown kind', { h: [1, 9] }],
    ['with a record without a time', { m: [1, 'now'] }],
    ['with a record without a number', { n: [1, '1', 1] }],
    ['with a record without a type', { t: [1, 7] }],
    ['with a record of a topic that cannot be', { q: [1, ''] }],
    ['with too few of something', { m: [] }],
    ['with too many of something', { h: [2, 0] }],
    ['with runs of nothing', { h: [0, 0, 1, 0] }],
    ['with numbers that cannot be counted', { n: [1, Number.MAX_SAFE_INTEGER, 1] }],
    ['with numbers that leap', { n: [1, 1, 2] }],
  ])('B10: a frame %s is malformed', async (_, over) => {
    await withIntruder(async (b, send) => {
      send(frame(over));
      expect(b.eventsOf('rejected')).toMatchObject([{ reason: 'malformed', topic: 'calls' }]);
    });
  });

  it.each([
    ['a key __proto__', JSON.parse('{"id":"x","n":1,"__proto__":{"isAdmin":true}}') as unknown],
    ['a key __proto__ deep inside', JSON.parse('{"id":"x","n":1,"a":[{"\\u005f_proto__":1}]}') as unknown],
    ['data nested 1,000 deep', JSON.parse(`${'['.repeat(1000)}${']'.repeat(1000)}`) as unknown],
  ])('B10: %s is hostile: the record is dropped, the next one is taken', async (_, data) => {
    await withIntruder(async (b, send) => {
      send(frame({}, [record(data), record({ id: 'x', n: 2 }, [0, 'note', 2])]));
      await b.bus.settled();
      expect(b.numbers('evil')).toEqual([2]);
      expect(b.eventsOf('rejected')).toMatchObject([{ reason: 'hostile' }]);
      expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
    });
  });

  it('B10: JSON nested a million deep ends nothing', async () => {
    await withIntruder(async (b, send) => {
      send('['.repeat(4000));
      send(frame({ r: '#' }).replace('"#"', `[${'['.repeat(1500)}${']'.repeat(1500)}]`));
      expect(b.eventsOf('rejected').map(({ reason }) => reason)).toEqual(['malformed', 'hostile']);
    });
  });

  it('B10: what is larger than a frame may be is not even read', async () => {
    await withIntruder(async (b, send) => {
      send(frame({ x: 'x'.repeat(5000) }));
      expect(b.eventsOf('rejected')).toMatchObject([{ reason: 'oversized' }]);
    });
  });

  it('B10: an unknown type, and a pooled topic where there is no pool, are dropped one by one, and told of together', async () => {
    await withIntruder(async (b, send) => {
      const records = [
        record({}, [0, 'stasis_cache_clear']),
        record({}, [0, '__proto__']),
        record({ id: 'x', n: 1 }, [0, 'note', 1, 1, 'child']),
      ];
      send(frame({}, records));
      expect(b.eventsOf('rejected')).toMatchObject([{ reason: 'unknown-type', topic: 'calls', records: 3 }]);
      expect(b.bridge.statistics().topics[0]?.rejected).toBe(3);
      send(frame({ s: 4, b: 4 }, [record({ id: 'x', n: 1 }), record({ id: 'x', n: 2 }, [0, 'unknown', 2])]));
      expect(b.eventsOf('rejected')[1]).toMatchObject({ reason: 'unknown-type', records: 1 });
      await b.bus.settled();
      expect(b.numbers('evil')).toEqual([1]);
    });
  });

  it('B10: a time that no Date can have is dropped, and its neighbours are not', async () => {
    await withIntruder(async (b, send) => {
      const times = [8.64e15, 8.64e15 + 2, -1e300, -8.64e15];
      send(
        frame(
          {},
          times.map((time, index) => record({ id: 'x', n: index }, [0, 'note', index + 1, time])),
        ),
      );
      await b.bus.settled();
      expect(b.numbers('evil')).toEqual([0, 3]);
      expect(b.eventsOf('rejected')).toMatchObject([{ reason: 'malformed', records: 2 }]);
      expect(b.got.map(({ timestamp }) => new Date(timestamp).toISOString())).toHaveLength(2);
    });
  });

  it('B10: a number that cannot follow what has come is dropped, and counts for no gap', async () => {
    await withIntruder(async (b, send) => {
      send(frame());
      send(frame({ s: 9e15, b: 9e15 }));
      const receiver = b.bridge;
      expect(b.eventsOf('rejected')).toMatchObject([{ reason: 'malformed', records: 1 }]);
      expect(receiver.statistics().topics[0]).toMatchObject({ gaps: 0, missed: 0, rejected: 1 });
      send(frame({ s: 2, b: 2 }, [record({ id: 'x', n: 2 }, [0, 'note', 2])]));
      await b.bus.settled();
      expect(b.numbers('evil')).toEqual([1, 2]);
    });
  });

  it('B10: what is dropped makes no pooled topic', async () => {
    const network = new MemoryNetwork();
    const bus = createBus({ eid: 'b' });
    const pool = createTopicPool(bus.topic('calls'));
    const bridge = network.bridge(bus, { topics: [pool], types: [Note] });
    await bridge.ready;
    const [member] = network.members;
    const records = [record({}, [0, 'unknown', 1, 1, 'one']), record({ id: 'x', n: 1 }, [0, 'note', 1, 1, 'two'])];
    void member?.receiver?.receive('calls', 'evil', frame({}, [...records, record({}, [3, 'note', 1, 1, 'three'])]));
    expect([pool.has('one'), pool.has('two'), pool.has('three')]).toEqual([false, true, false]);
    await bridge.close();
  });

  it('B10: nobody speaks for another bus from an address of his own', async () => {
    await withIntruder(async (b, send) => {
      send(frame({ o: 'a' }), 'evil');
      expect(b.eventsOf('rejected')).toMatchObject([{ reason: 'forged', peer: 'evil' }]);
      expect(b.got).toEqual([]);
    });
  });

  it('B1: two processes with one eid are told of', async () => {
    await withIntruder(async (b, send) => {
      send(frame({ o: 'b' }), undefined);
      expect(b.got).toEqual([]);
    });
    const network = new MemoryNetwork();
    const connect = network.bridge.bind(network);
    const [one, other] = [side('same', connect), side('same', connect)];
    await Promise.all([one.bridge.ready, other.bridge.ready]);
    await eventually(() => one.eventsOf('duplicate-eid').length > 0 && other.eventsOf('duplicate-eid').length > 0);
    await Promise.all([one.bridge.close(), other.bridge.close()]);
  });
});

describe('reading', () => {
  it('B10: a frame or an announcement is read, or a TypeError or SyntaxError says that it is none', () => {
    const anything = fc.oneof(
      fc.json(),
      fc.string(),
      fc.object().map((value) => frame(value)),
    );
    fc.assert(
      fc.property(anything, (text) => {
        for (const parse of [parseFrame, parseControl]) {
          try {
            parse(text);
          } catch (error) {
            expect(error instanceof TypeError || error instanceof SyntaxError).toBe(true);
          }
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('tokens', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  );

  it('B11: a name comes back from its token, whatever is in it', () => {
    fc.assert(
      fc.property(anyText, (name) => {
        const token = tokenOfName(name);
        expect(token).toMatch(/^[A-Za-z0-9_=-]+$/);
        expect(nameOfToken(token)).toBe(name);
      }),
      { numRuns: 2000 },
    );
  });

  it('B11: two names never have one token', () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => (one === other) === (tokenOfName(one) === tokenOfName(other))),
      { numRuns: 2000 },
    );
  });

  it('B11: what is no token has no name', () => {
    for (const token of ['', 'a.b', '*', '>', '=', '==', '=00', '=0061', '=002E', 'a b', '=zzzz']) {
      expect([token, nameOfToken(token)]).toEqual([token, token === '=' ? '' : undefined]);
    }
  });
});
