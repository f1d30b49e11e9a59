import type { Batch } from './batch.js';
import { check, isCount, isText } from './checks.js';
import { columnsText, parseColumns } from './columns.js';
import type { LaneRecord } from './record.js';

/** How many parts are given for one `pull`: up to a megabyte, so that neither side has to keep more on its way. */
export const PARTS_A_PULL = 16;

/** More parts than any set of snapshots has. */
const MAX_PARTS = 1_000_000;

/** Of which set of snapshots the talk is: the number of the mark in the lane that has told of it. */
interface AboutSet {
  readonly eid: string;
  readonly epoch: string;
  /** To whom it is said. */
  readonly peer: string;
  readonly lane: string;
  readonly set: number;
}

/** What one bus says to one other: about the snapshots of one lane. */
export type Whisper =
  /** Asks for the next parts from this one on. */
  | (AboutSet & {
      readonly kind: 'pull';
      /** The epoch of the bus that is asked. */
      readonly of: string;
      readonly from: number;
    })
  /** One part of so many; of none when the set is not kept any more. */
  | (AboutSet & {
      readonly kind: 'part';
      readonly index: number;
      readonly parts: number;
      readonly records: readonly LaneRecord[];
    });

/** What a part is, before it is known to whom it is said. */
export interface PartText {
  readonly lane: string;
  readonly set: number;
  readonly index: number;
  readonly parts: number;
  readonly records: Batch;
}

/** Writes what asks for parts. @param start what every frame of the bridge begins with */
export function pullText(start: string, peer: string, of: string, lane: string, set: number, from: number): string {
  return `${start},${addressed('pull', peer, lane, set)},"d":${JSON.stringify(of)},"f":${from}}`;
}

/** Writes a part. @param start what every frame of the bridge begins with */
export function partText(start: string, peer: string, { lane, set, index, parts, records }: PartText): string {
  return `${start},${addressed('part', peer, lane, set)},"x":${index},"c":${parts},${columnsText(records)}}`;
}

function addressed(kind: Whisper['kind'], peer: string, lane: string, set: number): string {
  return `"k":"${kind}","p":${JSON.stringify(peer)},"l":${JSON.stringify(lane)},"a":${set}`;
}

/** Reads the rest of what was whispered. @throws TypeError */
export function parseWhisper(
  speaker: { readonly eid: string; readonly epoch: string },
  fields: Readonly<Record<string, unknown>>,
): Whisper {
  const { k, p, l, a, d, f, x, c } = fields;
  check(isText(p, 1024) && isText(l, 4096) && isCount(a), 'set of snapshots');
  const about = { eid: speaker.eid, epoch: speaker.epoch, peer: p, lane: l, set: a };
  if (k === 'pull') {
    check(isText(d, 64) && isIndex(f), 'part');
    return { kind: 'pull', ...about, of: d, from: f };
  }
  check(k === 'part' && isIndex(x) && isIndex(c), 'kind');
  return { kind: 'part', ...about, index: x, parts: c, records: parseColumns(fields) };
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= MAX_PARTS;
}
