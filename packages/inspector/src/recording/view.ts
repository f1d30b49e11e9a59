import { LOCAL_EID, type Message, type ProbeWrote } from '@stasis-rx/core';
import type { Limits } from '../ground/limits.js';
import type { InspectorRecord } from '../protocol/records.js';
import type { Shown } from '../protocol/shown.js';
import { describeError, describeEvent } from './describe-event.js';
import type { Kept } from './kept.js';
import type { Redactor } from './redactor.js';
import { show } from './show.js';

/** The parts of a record by name; what is `undefined` is left out. */
type Parts = Readonly<Record<string, unknown>>;

/** What is kept, as others may see it: redacted, within limits, as JSON. It is made anew each time. */
export class View {
  readonly redactor: Redactor;
  readonly limits: Limits;

  constructor(redactor: Redactor, limits: Limits) {
    this.redactor = redactor;
    this.limits = limits;
  }

  recordOf(kept: Kept): InspectorRecord {
    const parts = this.#partsOf(kept);
    const record: Record<string, unknown> = { is: kept.is };
    for (const name in parts) {
      const part = parts[name];
      if (part !== undefined) record[name] = typeof part === 'string' ? this.name(part) : part;
    }
    return record as unknown as InspectorRecord;
  }

  dataOf(message: Message): Shown {
    return show(this.redactor.dataOf(message), this.limits);
  }

  /** A name that is not longer than texts are shown. */
  name(name: string): string {
    return name.length > this.limits.text ? `${name.slice(0, this.limits.text)}…` : name;
  }

  #partsOf({ is, record }: Kept): Parts {
    switch (is) {
      case 'published': {
        const { message, ...rest } = record;
        return { ...rest, type: message.type.name, eid: message.eid, data: this.dataOf(message) };
      }
      case 'wrote':
        return this.#partsOfWrite(record);
      case 'ended':
        return { ...record, error: record.error && describeError(record.error) };
      case 'changed': {
        const { at, event } = record;
        const { type, subscription, topic } = event as Partial<Record<string, string>>;
        return { at, kind: type, text: describeEvent(event), subscription, topic };
      }
      case 'queued':
      case 'began':
      case 'dropped':
        return { ...record };
    }
  }

  #partsOfWrite(record: ProbeWrote): Parts {
    const { id, at, topic, updates, old, snapshot } = record;
    return {
      id,
      at,
      topic,
      updates,
      type: (snapshot ?? old)?.type.name,
      snapshot: snapshotName(record),
      ...(snapshot === undefined ? { isRemoved: true } : { data: this.dataOf(snapshot) }),
    };
  }
}

/** Which snapshot, in words: `7`, that of another entity `7 @ eid`, the aggregate `7 @ *`. */
export function snapshotName({ snapshotId, old, snapshot }: ProbeWrote): string {
  const eid = (snapshot ?? old)?.eid ?? '*';
  return eid === LOCAL_EID ? String(snapshotId) : `${snapshotId} @ ${eid}`;
}
