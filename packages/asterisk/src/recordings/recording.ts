import { describeValue } from '@stasis-rx/core';
import { brokenLine, readJsonLines } from './json-lines.js';
import { isRecordedEvent, type RecordedEvent } from './recorded-event.js';

export { RecordingError } from './json-lines.js';
export type { RecordedEvent } from './recorded-event.js';

/**
 * Reads a recording of ARI events for `replay`: one JSON object a line, with `at` (milliseconds since the Unix epoch) and
 * `event` (as Asterisk sent it). Reads as a stream: memory does not grow with the file. For Node.
 *
 * @param path `.jsonl`, or `.jsonl.gz` for one compressed with gzip; opened at the first pull
 * @throws RecordingError while iterating, with code `RECORDING_UNREADABLE` or `BROKEN_RECORDING`
 * @example
 * import { readRecording } from '@stasis-rx/asterisk/recording';
 *
 * await replay(asterisk, readRecording('calls.ari.jsonl.gz'), { speed: 10 });
 */
export async function* readRecording(path: string): AsyncGenerator<RecordedEvent, void, undefined> {
  for await (const { number, value } of readJsonLines(path)) {
    if (!isRecordedEvent(value)) {
      throw brokenLine(
        path,
        number,
        `is not a recorded event, { at: milliseconds, event: … }: ${describeValue(value)}`,
      );
    }
    yield value;
  }
}
