import type { Bus } from '@stasis-rx/core';
import { PROTOCOL } from '../protocol/frames.js';
import type { RecordedEvent, RecordedLine, RecordingHeader } from '../protocol/recorded.js';
import type { InspectorRecord } from '../protocol/records.js';
import { plainOfShown } from './plain-of-shown.js';
import type { Tape } from './tape.js';
import type { View } from './view.js';

/**
 * What is on a tape as the lines of a recording, its header first. Each line is made when it is asked for.
 * @param view one that cuts nothing off
 */
export function* recordingLines(bus: Bus, { ring }: Tape, view: View): Generator<string, void, undefined> {
  const at = ring.at(ring.first)?.record.at ?? Date.now();
  yield JSON.stringify({ at, event: headerOf(bus, ring.first) });
  for (const kept of ring) {
    const timestamp = kept.is === 'published' ? kept.record.message.timestamp : undefined;
    yield JSON.stringify(recordedLine(view.recordOf(kept), timestamp));
  }
}

/** A record as a line, in which its data are plain JSON. `timestamp`: that of the message, where it is a publish. */
function recordedLine(record: InspectorRecord, timestamp: number | undefined): RecordedLine {
  const { at, ...event } = record;
  const plain = 'data' in event ? { ...event, data: undefined, ...plainOfShown(event.data), timestamp } : event;
  return { at, event: plain as RecordedEvent };
}

function headerOf(bus: Bus, lost: number): RecordingHeader {
  const { name, eid } = bus;
  const [description, statistics] = [bus.describe(), bus.statistics()];
  return { is: 'recording', protocol: PROTOCOL, bus: { name, eid }, description, statistics, lost };
}
