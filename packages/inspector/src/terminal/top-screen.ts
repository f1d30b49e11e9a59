import type { Model } from '../model/model.js';
import { stateOfSubscription } from '../model/map/live-map.js';
import type { SubscriptionRow } from '../model/subscriptions/subscription-row.js';
import type { CommandLine } from './command-line.js';
import { plainText } from './plain-text.js';
import { drawTable } from './table.js';

/** What of a subscription `top` shows. */
export interface TopRow {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly perSecond: number;
  readonly depth: number;
  readonly maxDepth: number;
  readonly dropped: number;
  readonly highestInvokeMs: number | null;
  readonly slowestType: string | null;
}

/** Those in trouble first, then the deepest, then the busiest. */
export function topRows({ subscriptions, now }: Model, asked: Pick<CommandLine, 'subscription' | 'topic'>): TopRow[] {
  const isAsked = ({ id, name, topic }: SubscriptionRow): boolean =>
    `${id} ${name}`.toLowerCase().includes(asked.subscription.toLowerCase()) &&
    topic.toLowerCase().includes(asked.topic.toLowerCase());
  return subscriptions
    .living()
    .filter(isAsked)
    .map((row) => rowOf(row, now))
    .sort(
      (one, other) => weightOf(other) - weightOf(one) || other.depth - one.depth || other.perSecond - one.perSecond,
    );
}

/** One line over the table. */
export function topHead({ hello, description, types, now }: Model): string {
  const perSecond = types.all().reduce((sum, type) => sum + type.rate(now), 0);
  const { topics = [], subscriptions = [], isHeld = false } = description ?? {};
  return [
    plainText(hello?.bus.name ?? ''),
    `${perSecond.toFixed(0)} messages/s`,
    `${topics.length} topics`,
    `${subscriptions.length} subscriptions`,
    ...(isHeld ? ['held'] : []),
  ].join(', ');
}

/** @param lines as many fit; the first rows are shown */
export function topTable(rows: readonly TopRow[], columns: number, lines: number): string[] {
  const names = countsOf(rows.map(({ name }) => name));
  const shown = rows.slice(0, Math.max(0, lines - 1));
  return drawTable(
    [
      { head: 'Subscription' },
      { head: 'State' },
      { head: 'Rate/s', isNumber: true },
      { head: 'Depth', isNumber: true },
      { head: 'Deepest', isNumber: true },
      { head: 'Dropped', isNumber: true },
      { head: 'Slowest ms', isNumber: true },
      { head: 'Slowest type' },
    ],
    shown.map(({ id, name, state, perSecond, depth, maxDepth, dropped, highestInvokeMs, slowestType }) => [
      names.get(name) === 1 ? name : id,
      // What fails is not counted: it is in the log.
      state === 'fine' ? '' : state,
      perSecond.toFixed(1),
      String(depth),
      String(maxDepth),
      String(dropped),
      highestInvokeMs === null ? '' : highestInvokeMs.toFixed(3),
      slowestType ?? '',
    ]),
    columns,
  );
}

function countsOf(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function rowOf(row: SubscriptionRow, now: number): TopRow {
  const { id, name, depth, allDropped, statistics } = row;
  const { maxDepth = depth, highestInvokeMs = null, slowestType = null } = statistics ?? {};
  const [state, perSecond] = [stateOfSubscription(row, now), row.rate(now)];
  return { id, name, state, perSecond, depth, maxDepth, dropped: allDropped, highestInvokeMs, slowestType };
}

const WEIGHTS: Readonly<Record<string, number>> = { failing: 4, dropping: 3, congested: 2, paused: 1 };

function weightOf({ state }: TopRow): number {
  return WEIGHTS[state] ?? 0;
}
