import type { Batch } from './batch.js';
import { check, isCount, isText } from './checks.js';
import { columnsText, parseColumns } from './columns.js';
import type { LaneRecord } from './record.js';

/** The version of what bridges write to each other. */
export const WIRE_VERSION = 2;

/** Where a frame stands. */
export interface FrameHead {
  /** The bus: its entity id. */
  readonly eid: string;
  /** The bridge, in this process. */
  readonly epoch: string;
  /** The bus, in this process. */
  readonly incarnation: string;
  /** The number of its first record in the lane; the others follow. */
  readonly first: number;
  /** Every record before this one was stored, or given up, when the frame was sent. */
  readonly base: number;
  /** Whether the lane has snapshots to give. */
  readonly hasSnapshots: boolean;
}

/** What is sent at once: some records of one lane, in order. */
export interface Frame extends FrameHead {
  readonly records: readonly LaneRecord[];
}

/** What every frame of a bridge begins with. */
export function frameStart({ eid, epoch, incarnation }: Pick<FrameHead, 'eid' | 'epoch' | 'incarnation'>): string {
  const identity = JSON.stringify({ v: WIRE_VERSION, o: eid, e: epoch, i: incarnation });
  return identity.slice(0, -1);
}

/** Writes a frame. */
export function frameText(start: string, first: number, base: number, hasSnapshots: boolean, batch: Batch): string {
  return `${start},"s":${first},"b":${base},"c":${hasSnapshots ? 1 : 0},${columnsText(batch)}}`;
}

/** Reads a frame. @throws TypeError when it is not one */
export function parseFrame(text: string): Frame {
  const frame = (JSON.parse(text) as Record<string, unknown> | null) ?? {};
  const { v, o, e, i, s, b, c, r } = frame;
  check(v === WIRE_VERSION, 'version');
  check(isText(o, 1024) && isText(e, 64) && isText(i, 64), 'identity');
  check(isCount(s) && isCount(b) && b <= s && (c === 0 || c === 1), 'position');
  check(Array.isArray(r) && r.length > 0 && Number.isSafeInteger(s + r.length), 'records');
  return { eid: o, epoch: e, incarnation: i, first: s, base: b, hasSnapshots: c === 1, records: parseColumns(frame) };
}
