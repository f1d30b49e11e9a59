import fc from 'fast-check';
import { columnsText, parseColumns } from '../../src/protocol/columns.js';
import { restBytesOf, type LaneRecord, type RecordKind, type WrittenRecord } from '../../src/protocol/record.js';

/** The names of the columns, once. */
const NAMES_BYTES = 60;

const anyRecord: fc.Arbitrary<WrittenRecord> = fc.record({
  kind: fc.integer({ min: 0, max: 5 }) as fc.Arbitrary<RecordKind>,
  type: fc.constantFrom('note', 'state', '', '__proto__', 'ü"\\'),
  number: fc.oneof(fc.constantFrom(0, 1, 2, 3), fc.nat()),
  timestamp: fc.oneof(fc.constantFrom(1, 2), fc.double({ noNaN: true, noDefaultInfinity: true })),
  child: fc.option(fc.constantFrom('1', '2', '\u0000')),
  data: fc.option(fc.json(), { nil: undefined }),
  bytes: fc.constant(0),
});

/** Records in a row, as they come when a lane is busy. */
const anyRow = fc
  .tuple(anyRecord, fc.nat(30))
  .map(([record, count]) =>
    Array.from({ length: count + 1 }, (_, index) => ({ ...record, number: record.number + index })),
  );

const read = (records: readonly WrittenRecord[]): LaneRecord[] =>
  parseColumns(JSON.parse(`{${columnsText(records)}}`) as Record<string, unknown>);

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
          const wanted = records.map(({ data, timestamp, bytes: _, ...record }) => ({
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
        const bytes = (text: string): number => new TextEncoder().encode(text).length;
        const reckoned = records.map(({ data, type, child }) => {
          return bytes(data ?? '') + bytes(JSON.stringify(type)) + restBytesOf(child);
        });
        expect(bytes(columnsText(records))).toBeLessThanOrEqual(
          reckoned.reduce((sum, each) => sum + each, NAMES_BYTES),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('B2: say once what is the same for many', () => {
    const record = { kind: 0, type: 'note', timestamp: 5, child: null, data: '{}', bytes: 0 } as const;
    const records = Array.from({ length: 3 }, (_, index) => ({ ...record, number: 7 + index }));
    expect(columnsText([...records, { ...record, number: 9 }, { ...record, number: 9, data: undefined }])).toBe(
      '"y":["note"],"h":[5,0],"t":[5,0],"n":[3,7,1,2,9,0],"m":[5,5],"q":[5,null],"u":[4],"r":[{},{},{},{},null]',
    );
  });
});
