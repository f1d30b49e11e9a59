import type { Message } from '@stasis-rx/core';
import type { CacheReport, MessageReport, Report, Request, SnapshotReport } from '../protocol/frames.js';
import { show } from '../recording/show.js';
import { snapshotName } from '../recording/view.js';
import { partOf } from './part-of.js';
import type { Inspected } from './inspected.js';
import { cacheEntries, messageOf } from './look-up.js';

/** Entries of a cache that are told at once. */
const MAX_ENTRIES = 1_000;

/** What stands in a cache, as far as there is room. */
export function answerCache({ bus, tape, view, clock, limits }: Inspected, updates: string): CacheReport {
  const all = cacheEntries(tape, updates);
  const entries: CacheReport['entries'][number][] = [];
  let size = 0;
  for (const record of all.slice(0, MAX_ENTRIES)) {
    const { type } = record.snapshot as Message;
    const data = view.dataOf(record.snapshot as Message);
    entries.push({ type: view.name(type.name), snapshot: view.name(snapshotName(record)), data });
    size += JSON.stringify(data).length;
    if (size > limits.batchSize) break;
  }
  // What was written before it was recorded is not known, but counted.
  const { caches, states } = bus.describe();
  const described =
    caches.find((cache) => cache.updates === updates)?.entries ??
    states.find(({ topic }) => topic === updates)?.states ??
    0;
  return { is: 'cache', at: clock.now(), updates, entries, size: Math.max(all.length, described) };
}

/** A part of a message's data. */
export function answerMessage(inspected: Inspected, { id, path }: Request & { is: 'message' }): MessageReport {
  const message = messageOf(inspected.tape, id);
  const { redactor, limits } = inspected.view;
  const part = message && partOf(redactor.dataOf(message), path);
  const data = part && show(part.value, limits);
  return { is: 'message', id, path, ...(data === undefined ? undefined : { data }) };
}

/** Does what changes something on the bus. Returns why it was not done; `undefined` when it was. */
export function control({ bus, isControllable }: Inspected, request: Control): string | undefined {
  if (!isControllable) return 'this inspector only looks';
  if (!('subscription' in request)) {
    bus[request.is]();
    return undefined;
  }
  const subscription = bus.subscription(request.subscription);
  if (subscription === undefined) return 'there is no such subscription';
  if (request.is !== 'step') {
    subscription[request.is]();
    return undefined;
  }
  return subscription.step() ? undefined : 'nothing waits, or it is not paused, or it still handles one';
}

/** A request that changes something. */
export type Control = Extract<Request, { is: 'pause' | 'resume' | 'step' | 'hold' | 'release' }>;

/** A report as text. Names are cut as in records. */
export function textOf(report: Report | Omit<SnapshotReport, 'records'>, { view }: Inspected): string {
  return JSON.stringify(report, (_, value: unknown) => (typeof value === 'string' ? view.name(value) : value));
}

/** The same report with records, which are texts by now. */
export function withRecords(report: string, records: readonly string[]): string {
  return `${report.slice(0, -1)},"records":[${records.join(',')}]}`;
}
