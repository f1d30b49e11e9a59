import { messageType } from '@stasis-rx/core';
import fc from 'fast-check';
import type { BridgeEvent } from '../../src/ground/events.js';
import { joined, type Batch } from '../../src/protocol/batch.js';
import { withCodec, type BridgedType } from '../../src/protocol/codec.js';
import { RecordKind } from '../../src/protocol/record.js';
import { TypeRegistry, type RegisteredType } from '../../src/protocol/type-registry.js';
import { BatchWriter, type Writable } from '../../src/sending/batch-writer.js';
import { FrameRoom } from '../../src/sending/frame-room.js';

const Note = messageType<unknown>('note');
const Coded = messageType<number>('coded');
/** Gives the same object each time, as one may who spares memory. */
const shared = { n: 0 };
const codec = withCodec(Coded, { encode: (n) => Object.assign(shared, { n }), decode: () => 0 });

function registered(type: BridgedType): RegisteredType {
  const [only] = new TypeRegistry([type]).all();
  return only as RegisteredType;
}

const [note, coded] = [registered(Note), registered(codec)];

function writer(maxFrameBytes = 1_000_000) {
  const events: BridgeEvent[] = [];
  const emit = (event: BridgeEvent): void => void events.push(event);
  return { writer: new BatchWriter('calls', { room: new FrameRoom({ maxFrameBytes }, '{}'), emit }), events };
}

const writable = (data: unknown, number = 1, child: string | null = null): Writable => {
  return { kind: RecordKind.message, registered: note, message: Note(data, { timestamp: 5 }), number, child };
};

function written(maxFrameBytes: number, all: readonly Writable[]): Batch[] {
  const made = writer(maxFrameBytes).writer;
  for (const each of all) made.add(each);
  return made.write();
}

const counts = (batches: readonly Batch[]): number[] => batches.map(({ heads }) => heads.length);

describe('what writes messages as records', () => {
  it('B12: writes many with one call of JSON', () => {
    const stringify = jest.spyOn(JSON, 'stringify');
    try {
      expect(
        counts(
          written(
            1_000_000,
            Array.from({ length: 100 }, (_, n) => writable({ n }, n)),
          ),
        ),
      ).toEqual([100]);
      expect(stringify.mock.calls.filter(([value]) => Array.isArray(value))).toHaveLength(1);
      expect(stringify.mock.calls.length).toBeLessThan(5);
    } finally {
      stringify.mockRestore();
    }
  });

  it('B2, B6: writes the same as it would one by one, and tells of the same that cannot be', () => {
    const anyData = fc.oneof(
      { weight: 20, arbitrary: fc.jsonValue() },
      { weight: 1, arbitrary: fc.constantFrom(undefined, 10n, 'x'.repeat(3000)) },
    );
    const anyWritable: fc.Arbitrary<[unknown, string | null]> = fc.oneof(
      { weight: 20, arbitrary: fc.tuple(anyData, fc.constantFrom<string | null>(null, null, '1', 'ü')) },
      { weight: 1, arbitrary: fc.tuple(anyData, fc.constant('x'.repeat(5000))) },
    );
    fc.assert(
      fc.property(fc.array(anyWritable, { maxLength: 60 }), fc.constantFrom(1000, 100_000), (program, maxBytes) => {
        const all = program.map(([data, child], index) => writable(data, index, child));
        const [together, each] = [writer(maxBytes), writer(maxBytes)];
        for (const one of all) together.writer.add(one);
        const batches = together.writer.write();
        expect(joined(batches)).toEqual(joined(all.flatMap((one) => each.writer.one(one) ?? [])));
        expect([together.events, each.events]).toEqual([[], []]); // those who hear of it may publish: not in between
        for (const { writer: made } of [together, each]) made.tell();
        expect(together.events).toEqual(each.events);
        expect(batches.every(({ heads, bytes }) => bytes + heads.length <= maxBytes || heads.length === 1)).toBe(true);
        expect(together.writer.write()).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('B2: what a codec gives is written before it is asked for the next', () => {
    const { writer: made } = writer();
    for (const n of [1, 2]) {
      made.add({ kind: RecordKind.message, registered: coded, message: Coded(n), number: n, child: null });
    }
    expect(made.write().map(({ data }) => data)).toEqual(['{"n":1}', '{"n":2}']);
  });

  it('B4: what a codec publishes and asks for meanwhile waits for the next time', () => {
    const { writer: made } = writer();
    const nested: Batch[][] = [];
    const again = withCodec(Coded, {
      encode: (n) => {
        if (n < 3) made.add(writable(n + 10));
        nested.push(made.write());
        return n;
      },
      decode: () => 0,
    });
    const type = registered(again);
    for (const n of [1, 2, 3]) {
      made.add({ kind: RecordKind.message, registered: type, message: Coded(n), number: n, child: null });
    }
    expect(made.write().map(({ data }) => data)).toEqual(['1', '2', '3']);
    expect(nested).toEqual([[], [], []]);
    expect(made.write().map(({ data }) => data)).toEqual(['11,12']);
  });

  it('B6: takes no more together than there is room for, by the length of the last ones', () => {
    const { writer: made } = writer(10_000);
    const write = (count: number, length: number): number[] => {
      for (let index = 0; index < count; index++) made.add(writable('x'.repeat(length)));
      return counts(made.write());
    };
    expect(write(1, 400)).toEqual([1]);
    expect(write(30, 400)).toEqual([12, 12, 6]);
    expect(write(30, 4000)).toEqual(Array.from({ length: 30 }, () => 1));
  });

  it('B6: is full when 256 messages wait', () => {
    const { writer: made } = writer();
    for (let count = 0; count < 256; count++) {
      expect(made.isFull).toBe(false);
      made.add(writable(0));
    }
    expect([made.isFull, made.waiting]).toEqual([true, 256]);
  });
});
