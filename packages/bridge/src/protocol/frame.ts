/** The version of what bridges write to each other. */
export const WIRE_VERSION = 2;

/** The longest name of a pooled topic that crosses. */
export const MAX_CHILD_LENGTH = 4096;

/** What a record is. */
export const RecordKind = {
  /** A message was published. */
  message: 0,
  /** A snapshot was cleared. */
  clear: 1,
  /** The snapshots of the lane, all that there are at this point, can be had from the bus itself. */
  begin: 2,
  /** One of them: in no lane, only said to those who want it. */
  snapshot: 3,
  /** The bus leaves: nothing follows. */
  leave: 4,
  /** A pooled topic has ended. */
  over: 5,
} as const;

/** One of {@link RecordKind}. */
export type RecordKind = (typeof RecordKind)[keyof typeof RecordKind];

/** One message or mark in a lane. */
export interface LaneRecord {
  readonly kind: RecordKind;
  /** Name of the message type; empty for a mark. */
  readonly type: string;
  /** The number of the message in its lane and type, on its bus; of a snapshot: the last one when it was taken. */
  readonly number: number;
  readonly timestamp: number;
  /** The pooled topic's name in its pool; null for the named topic itself. */
  readonly child: string | null;
  /** As JSON gave it. */
  readonly data: unknown;
}

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

/** Writes a record. @param name the type's name as JSON; @param data as JSON, or nothing */
export function recordText(
  kind: RecordKind,
  name: string,
  number: number,
  timestamp: number,
  child: string | null,
  data: string | undefined,
): string {
  const rest = data === undefined ? '' : `,${data}`;
  return `[${kind},${name},${number},${timestamp},${child === null ? 'null' : JSON.stringify(child)}${rest}]`;
}

/** The name of the type in a record as {@link recordText} writes it; empty for a mark. */
export function typeOfRecord(text: string): string {
  return (JSON.parse(text) as [RecordKind, string])[1];
}

/** What every frame of a bridge begins with. */
export function frameStart({ eid, epoch, incarnation }: Pick<FrameHead, 'eid' | 'epoch' | 'incarnation'>): string {
  const identity = JSON.stringify({ v: WIRE_VERSION, o: eid, e: epoch, i: incarnation });
  return identity.slice(0, -1);
}

/** Writes a frame. */
export function frameText(
  start: string,
  first: number,
  base: number,
  hasSnapshots: boolean,
  records: readonly string[],
): string {
  return `${start},"s":${first},"b":${base},"c":${hasSnapshots ? 1 : 0},"r":[${records.join(',')}]}`;
}

/** Reads a frame. @throws TypeError when it is not one */
export function parseFrame(text: string): Frame {
  const frame = JSON.parse(text) as Record<string, unknown> | null;
  const { v, o, e, i, s, b, c, r } = frame ?? {};
  check(v === WIRE_VERSION, 'version');
  check(isText(o, 1024) && isText(e, 64) && isText(i, 64), 'identity');
  check(isCount(s) && isCount(b) && b <= s && (c === 0 || c === 1), 'position');
  check(Array.isArray(r) && r.length > 0 && Number.isSafeInteger(s + r.length), 'records');
  return { eid: o, epoch: e, incarnation: i, first: s, base: b, hasSnapshots: c === 1, records: r.map(parseRecord) };
}

/** Reads a record. @throws TypeError when it is not one */
export function parseRecord(record: unknown): LaneRecord {
  check(Array.isArray(record) && (record.length === 5 || record.length === 6), 'record');
  const [kind, type, number, timestamp, child, data] = record as unknown[];
  check(typeof kind === 'number' && Number.isInteger(kind) && kind >= 0 && kind <= RecordKind.over, 'kind');
  check(typeof type === 'string' && Number.isFinite(timestamp), 'record');
  check(Number.isSafeInteger(number) && (number as number) >= 0, 'number');
  check(child === null || isText(child, MAX_CHILD_LENGTH), 'pooled topic');
  return {
    kind: kind as RecordKind,
    type,
    number: number as number,
    timestamp: timestamp as number,
    child,
    data,
  };
}

/** Text that is not empty and not longer than can be. */
export function isText(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value !== '' && value.length <= maxLength;
}

/** A number of a record. */
export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}

/** @throws TypeError */
export function check(condition: boolean, what: string): asserts condition {
  if (!condition) throw new TypeError(`its ${what} cannot be`);
}
