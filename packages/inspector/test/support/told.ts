import type { Bus, Probe } from '@stasis-rx/core';
import type { InspectorRecord } from '../../src/protocol/records.js';
import type { Shown } from '../../src/protocol/shown.js';

/** A record of a publish. */
export function published(id: number, more: Partial<Extract<InspectorRecord, { is: 'published' }>> = {}) {
  return {
    is: 'published',
    id,
    at: 1000 + id,
    topic: 'orders',
    type: 'placed',
    eid: 'local',
    data: { n: id }.n,
    ...more,
  } as const;
}

/** A record of a delivery. */
export function told(
  is: 'queued' | 'began' | 'ended' | 'dropped',
  id: number,
  at: number,
  more: { subscription?: string; depth?: number; error?: string } = {},
): InspectorRecord {
  const { subscription = 'orders#1', depth = 1, error } = more;
  if (is === 'queued') return { is, id, at, subscription, depth };
  if (is === 'ended' && error !== undefined) return { is, id, at, subscription, error };
  return { is, id, at, subscription };
}

/** A plain object, as it is shown. */
export function object(fields: Readonly<Record<string, Shown>>): Shown {
  const entries = Object.entries(fields);
  return { is: 'object', entries, size: entries.length };
}

/** Turns what a bus tells a probe into records, and keeps them. Data are shown only where they are plain objects. */
export function recordsOf(bus: Bus): InspectorRecord[] {
  const records: InspectorRecord[] = [];
  const probe: Probe = {
    published: ({ id, at, message, topic, cause }) => {
      const data = object((message.data ?? {}) as Record<string, Shown>);
      const record = { is: 'published', id, at, topic, type: message.type.name, eid: message.eid, data } as const;
      records.push(cause === undefined ? record : { ...record, cause });
    },
    queued: ({ id, at, subscription, depth }) => records.push({ is: 'queued', id, at, subscription, depth }),
    began: ({ id, at, subscription }) => records.push({ is: 'began', id, at, subscription }),
    ended: ({ id, at, subscription, error }) =>
      records.push({ is: 'ended', id, at, subscription, ...(error && { error: error.message }) }),
    dropped: ({ id, at, subscription }) => records.push({ is: 'dropped', id, at, subscription }),
  };
  bus.attach(probe);
  return records;
}
