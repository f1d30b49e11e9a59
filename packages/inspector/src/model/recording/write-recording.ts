import type { BusDescription } from '@stasis-rx/core';
import { PROTOCOL } from '../../protocol/frames.js';
import type { RecordedLine, RecordedPublish, RecordedWrite, RecordingHeader } from '../../protocol/recorded.js';
import type { InspectorRecord, PublishedRecord, WroteRecord } from '../../protocol/records.js';
import { plainOfShown } from '../../recording/plain-of-shown.js';

/** What is written down. */
export interface RecordingToWrite {
  readonly bus: { readonly name: string; readonly eid: string };
  readonly description: BusDescription;
  readonly records: readonly InspectorRecord[];
  /** How many records are missing before the first, and between them. */
  readonly lost: number;
}

/** A recording as text, part by part: a line for each record, after a header. */
export function* recordingLines({ bus, description, records, lost }: RecordingToWrite): Generator<string, void> {
  const header: RecordingHeader = { is: 'recording', protocol: PROTOCOL, bus, description, lost };
  yield lineOf({ at: records[0]?.at ?? 0, event: header });
  for (const record of records) yield lineOf(recordedOf(record));
}

function lineOf(line: RecordedLine): string {
  return `${JSON.stringify(line)}\n`;
}

function recordedOf({ at, ...event }: InspectorRecord): RecordedLine {
  if (event.is === 'published') return { at, event: publishOf(at, event) };
  if (event.is === 'wrote') return { at, event: writeOf(event) };
  return { at, event };
}

/** When the message was made is not told of messages that are sent: it was published then. */
function publishOf(at: number, { data, ...rest }: Omit<PublishedRecord, 'at'>): RecordedPublish {
  return { ...rest, timestamp: at, ...plainOfShown(data) };
}

function writeOf({ data, ...rest }: Omit<WroteRecord, 'at'>): RecordedWrite {
  return data === undefined ? rest : { ...rest, ...plainOfShown(data) };
}
