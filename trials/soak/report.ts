import type { Figures } from './figures.js';
import type { HeapFigures } from './heap.js';
import type { Leftovers } from './leftovers.js';

/** How far a soak is, in one line. */
export function progress({ messages, deliveries, elapsedMs }: Figures): string {
  return `${seconds(elapsedMs)}: ${count(messages)} messages, ${count(deliveries)} deliveries`;
}

/** What a soak did, a line for each figure. */
export function report(figures: Figures, heap: HeapFigures, leftovers: Leftovers): string {
  const { elapsedMs, messages, deliveries } = figures;
  const rows: readonly (readonly [string, string])[] = [
    ['time', seconds(elapsedMs)],
    ['messages', `${count(messages)} (${rate(messages, elapsedMs)}), ${count(figures.nested)} of them from handlers`],
    ['deliveries', `${count(deliveries)} (${rate(deliveries, elapsedMs)})`],
    ['cache updates', count(figures.cacheUpdates)],
    ['failures', `${count(figures.failures)} of handlers, observers and topics, ${count(figures.reports)} reported`],
    ['subscriptions', `${count(figures.subscriptions)} made, ${count(figures.finals)} final messages`],
    ['observers', `${count(figures.onlookers)} came, and threw`],
    ['signals', `${count(figures.parties)} ended several subscriptions at once`],
    ['topics', `${count(figures.topics)} made, ${count(figures.topicsEnded)} ended`],
    ['forwards', `${count(figures.forwards)} made, ${count(figures.cycles)} cycles refused`],
    ['publishSync', `${count(figures.waits)} waited for`],
    ['drained', `${count(figures.asked)} asked for in handlers, ${count(figures.refused)} refused`],
    ['compared', `${count(figures.lulls)} times, all of it`],
    ['heap', `${megabytes(heap.baseline)} before, ${megabytes(heap.peak)} at most, ${megabytes(heap.final)} after`],
    ['left behind', `${count(leftovers.reachable)} of ${count(leftovers.watched)} topics and subscriptions looked at`],
  ];
  return rows.map(([name, text]) => `  ${name.padEnd(14)} ${text}\n`).join('');
}

function count(number: number): string {
  return number.toLocaleString('en');
}

function rate(number: number, elapsedMs: number): string {
  return `${count(Math.round((number / elapsedMs) * 1000))} a second`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`;
}
