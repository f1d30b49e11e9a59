import { describeValue, StasisError } from '@stasis-rx/core';
import { assert } from '../ground/assert.js';
import type { RecordedEvent, RecordedLine, RecordedPublish } from '../protocol/recorded.js';

/** Where the lines of a recording come from: a text, its lines, or what gives them in time, as `readline` of Node does. */
export type RecordingSource = string | Iterable<string> | AsyncIterable<string>;

/**
 * Reads a recording, line by line: what `recording.toJSONLines()` has written, and whatever else has lines of
 * `{ "at": milliseconds, "event": { "is": … } }`. Empty lines are passed over. A key `__proto__` in data is left out.
 *
 * @throws InvalidArgumentError while iterating, when it is no source
 * @throws StasisError while iterating, with code `BROKEN_RECORDING` and the line's number
 * @example
 * for await (const { at, event } of readRecording(await readFile('bus.jsonl', 'utf8'))) console.log(at, event.is);
 */
export async function* readRecording(source: RecordingSource): AsyncGenerator<RecordedLine, void, undefined> {
  let number = 0;
  for await (const line of linesOf(source)) {
    number++;
    if (line.trim() !== '') yield parseLine(line, number);
  }
}

/** Whether a value has the parts of a line; of a publish, with what it takes to publish it again. */
export function isRecordedLine(value: unknown): value is RecordedLine {
  const { at, event } = Object(value) as { readonly at?: unknown; readonly event?: unknown };
  if (!Number.isFinite(at) || typeof event !== 'object' || event === null) return false;
  const { is } = event as Partial<RecordedEvent>;
  return typeof is === 'string' && (is !== 'published' || isPublish(event));
}

function isPublish({ id, topic, type, eid, timestamp, cause }: Partial<RecordedPublish>): boolean {
  const hasNames = typeof topic === 'string' && topic !== '' && typeof type === 'string';
  const hasCause = cause === undefined || Number.isFinite(cause);
  return (
    hasNames &&
    hasCause &&
    Number.isFinite(id) &&
    Number.isFinite(timestamp) &&
    (eid === null || typeof eid === 'string')
  );
}

function linesOf(source: RecordingSource): Iterable<string> | AsyncIterable<string> {
  if (typeof source === 'string') return source.split('\n');
  const isIterable = typeof source === 'object' && (Symbol.asyncIterator in source || Symbol.iterator in source);
  assert(isIterable, '[inspector] readRecording()', 'source to be a text, or iterable', source);
  return source;
}

function parseLine(line: string, number: number): RecordedLine {
  try {
    const value: unknown = JSON.parse(line, /__proto__|\\u/.test(line) ? withoutPrototypes : undefined);
    if (isRecordedLine(value)) return value;
  } catch (cause) {
    throw broken(line, number, 'is not JSON', cause);
  }
  throw broken(line, number, 'is not of a recording, { at: milliseconds, event: … }');
}

function withoutPrototypes(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}

function broken(line: string, number: number, what: string, cause?: unknown): StasisError {
  const text = `[inspector] readRecording(): line ${number} ${what}: ${describeValue(line)}.`;
  return new StasisError('BROKEN_RECORDING', text, { cause });
}
