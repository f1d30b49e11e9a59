import { bytesOf } from '../ground/text.js';
import type { RecordHead, RecordKind } from './record.js';

/** Bytes that a record takes at most beside its data, its type's name and its topic's. */
const REST_BYTES = 80;

/** A record that is to be sent, but for its data. */
export interface WrittenHead extends RecordHead {
  /** Whether there is any. */
  readonly hasData: boolean;
}

/** Records that are to be sent, one after the other, with their data as one text: whoever writes many at once is quicker. */
export interface Batch {
  readonly heads: readonly WrittenHead[];
  /** The data of each as JSON, `null` where there is none, with commas between. */
  readonly data: string;
  /** At least as many bytes as each of them takes in a frame, added up; commas are beside that. */
  readonly bytes: number;
}

/** What says something about the lane: one record. */
export function markOf(kind: RecordKind, child: string | null = null, data?: string): Batch {
  const head = { kind, type: '', number: 0, timestamp: 0, child, hasData: data !== undefined };
  return { heads: [head], data: data ?? 'null', bytes: bytesOf(data ?? 'null') + restBytesOf(child) };
}

/** Puts batches together, in their order. */
export function joined(batches: readonly Batch[]): Batch {
  const [first, second] = batches;
  if (first !== undefined && second === undefined) return first;
  return {
    heads: batches.flatMap(({ heads }) => heads),
    data: batches.map(({ data }) => data).join(),
    bytes: batches.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** Takes a batch apart: one for each of its records, which together take as many bytes. */
export function apart({ heads, data }: Batch): Batch[] {
  const values = JSON.parse(`[${data}]`) as unknown[];
  return heads.map((head, index) => {
    const text = JSON.stringify(values[index]);
    const bytes = bytesOf(text) + bytesOf(JSON.stringify(head.type)) + restBytesOf(head.child);
    return { heads: [head], data: text, bytes };
  });
}

/** At least as many bytes as a record takes in a frame, beside its data and the name of its type. */
export function restBytesOf(child: string | null): number {
  return child === null ? REST_BYTES : REST_BYTES + 6 * child.length;
}
