import fc from 'fast-check';
import { columnsText, parseColumns } from '../../src/protocol/columns.js';
import { apart, joined, restBytesOf, type Batch } from '../../src/protocol/batch.js';
import type { LaneRecord, RecordHead, RecordKind } from '../../src/protocol/record.js';

/** The names of the columns, once. */
const NAMES_BYTES = 60;

interface Written extends RecordHead {
  readonly data: string | undefined;
}

const anyRecord: fc.Arbitrary<Written> = fc.record({
  kind: fc.integer({ min: 0, max: 5 }) as fc.Arbitrary<RecordKind>,
  type: fc.constantFrom('note', 'state', '', '__proto__', 'ü"\\'),
  number: fc.oneof(fc.constantFrom(0, 1, 2, 3), fc.nat()),
  timestamp: fc.oneof(fc.constantFrom(1, 2), fc.double({ noNaN: true, noDefaultInfinity: true })),
  child: fc.option(fc.constantFrom('1', '2', '\u0000')),
  data: fc.option(fc.json(), { nil: undefined }),
});

/** Records in a row, as they come when a lane is busy. */
const anyRow = fc
  .tuple(anyRecord, fc.nat(30))
  .map(([record, count]) =>
    Array.from({ length: count + 1 }, (_, index) => ({ ...record, number: record.number + index })),
  );

const bytes = (text: string): number => new TextEncoder().encode(text).length;

const batchOf = (records: readonly Written[]): Batch => ({
  heads: records.map(({ data, ...head }) => ({ ...head, hasData: data !== undefined })),
  data: records.map(({ data }) => data ?? 'null').join(),
  bytes: records
    .map(({ data, type, child }) => bytes(data ?? 'null') + bytes(JSON.stringify(type)) + restBytesOf(child))
    .reduce((sum, each) => sum + each, 0),
});

/** As `JSON.stringify` writes it: what is sent was written by that. */
const compact = (json: string): string => JSON.stringify(JSON.parse(json));

const read = (records: readonly Written[]): LaneRecord[] =>
  parseColumns(JSON.parse(`{${columnsText(batchOf(records))}}`) as Record<string, unknown>);

describe('records as columns', () => {
  it('B2: come back as they were', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            anyRow,
            anyRecord.map((record) => [record]),
          ),
          { minLength: 1 },
        ),
        (rows) => {
          const records = rows.flat();
          const wanted = records.map(({ data, timestamp, ...record }) => ({
            ...record,
            timestamp: timestamp + 0, // JSON has no -0
            data: data === undefined ? undefined : (JSON.parse(data) as unknown),
          }));
          expect(read(records)).toEqual(wanted);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('B6: take no more bytes than is reckoned with', () => {
    fc.assert(
      fc.property(fc.array(anyRecord, { minLength: 1 }), (records) => {
        const batch = batchOf(records);
        expect(bytes(columnsText(batch))).toBeLessThanOrEqual(batch.bytes + records.length + NAMES_BYTES);
      }),
      { numRuns: 1000 },
    );
  });

  it('B6: taken apart, each is what it was, and all take as many bytes', () => {
    fc.assert(
      fc.property(fc.array(anyRecord), (records) => {
        const each = apart(batchOf(records));
        expect(each.map(({ heads }) => heads.length)).toEqual(records.map(() => 1));
        expect(joined(each)).toEqual(
          batchOf(records.map(({ data, ...head }) => ({ ...head, data: data && compact(data) }))),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('B2: say once what is the same for many', () => {
    const record = { kind: 0, type: 'note', timestamp: 5, child: null, data: '{}' } as const;
    const records = Array.from({ length: 3 }, (_, index) => ({ ...record, number: 7 + index }));
    const last = [
      { ...record, number: 9 },
      { ...record, number: 9, data: undefined },
    ];
    expect(columnsText(batchOf([...records, ...last]))).toBe(
      '"y":["note"],"h":[5,0],"t":[5,0],"n":[3,7,1,2,9,0],"m":[5,5],"q":[5,null],"u":[4],"r":[{},{},{},{},null]',
    );
  });
});
