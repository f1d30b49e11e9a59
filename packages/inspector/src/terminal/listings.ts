import type { BusDescription, BusStatistics } from '@stasis-rx/core';
import type { CommandLine } from './command-line.js';
import type { Column } from './table.js';
import { TerminalError } from './terminal-error.js';

/** Something that is listed: as a table for people, and as objects for machines. */
export interface Listing {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  readonly objects: readonly unknown[];
  /** What is counted, in the words of Asterisk: `12 Total topics`. */
  readonly total: string;
}

/** What the listing is made of. */
export interface Standing {
  readonly description: BusDescription;
  readonly statistics: BusStatistics;
}

type Asked = Pick<CommandLine, 'name' | 'type' | 'topic' | 'subscription'>;

/** @throws TerminalError when the topic that is asked about is not there */
export const LISTINGS: Readonly<
  Record<'topics' | 'topic' | 'subscriptions' | 'types', (standing: Standing, asked: Asked) => Listing>
> = { topics, topic, subscriptions, types };

function topics({ description, statistics }: Standing, { topic: part }: Asked): Listing {
  const counted = new Map(statistics.topics.map((each) => [each.name, each]));
  const found = description.topics.filter(({ name }) => has(name, part));
  const objects = found.map((each) => ({ ...each, ...counted.get(each.name) }));
  const rows = objects.map(({ name, detail, subscribers = 0, dispatched = 0, notDispatched = 0 }) => [
    name,
    detail,
    String(subscribers),
    String(dispatched),
    String(notDispatched),
  ]);
  const columns = [{ head: 'Topic' }, { head: 'Detail' }, ...numbers('Subscribers', 'Dispatched', 'Not dispatched')];
  return { columns, rows, objects, total: `${rows.length} Total topics` };
}

function topic({ description, statistics }: Standing, { name = '' }: Asked): Listing {
  const described = description.topics.find((each) => each.name === name);
  if (described === undefined) throw new TerminalError(`there is no topic "${name}"`);
  const counted = statistics.topics.find((each) => each.name === name);
  const listeners = description.subscriptions.filter((each) => each.topic === name).map(({ id }) => id);
  const forwards = description.forwards.filter(({ from }) => from === name).map(({ to }) => to);
  const object = { ...described, ...counted, subscriptions: listeners, forwards };
  const rows = [
    ['Name', name],
    ['Detail', described.detail],
    ['Pool', described.pool ?? ''],
    ['Subscriptions', listeners.join(', ')],
    ['Forwarded to', forwards.join(', ')],
    ['Dispatched', String(counted?.dispatched ?? 0)],
    ['Not dispatched', String(counted?.notDispatched ?? 0)],
  ];
  return {
    columns: [{ head: '' }, { head: '' }],
    rows,
    objects: [object],
    total: `${listeners.length} Total subscriptions`,
  };
}

function subscriptions({ description, statistics }: Standing, asked: Asked): Listing {
  const described = new Map(description.subscriptions.map((each) => [each.id, each]));
  const found = statistics.subscriptions.filter(
    ({ id, name, topic: on }) => (has(id, asked.subscription) || has(name, asked.subscription)) && has(on, asked.topic),
  );
  const objects = found.map((each) => ({ ...described.get(each.id), ...each }));
  const rows = objects.map(({ id, name, passed, dropped, depth, maxDepth, slowestType, highestInvokeMs, isPaused }) => [
    id,
    name === id ? '' : name,
    isPaused === true ? 'paused' : '',
    String(passed),
    String(dropped),
    String(depth),
    String(maxDepth),
    highestInvokeMs === null ? '' : highestInvokeMs.toFixed(3),
    slowestType ?? '',
  ]);
  const columns = [
    { head: 'Subscription' },
    { head: 'Name' },
    { head: '' },
    ...numbers('Passed', 'Dropped', 'Depth', 'Deepest', 'Slowest ms'),
    { head: 'Slowest type' },
  ];
  return { columns, rows, objects, total: `${rows.length} Total subscriptions` };
}

function types({ statistics }: Standing, { type: part }: Asked): Listing {
  const objects = statistics.messageTypes.filter(({ name }) => has(name, part));
  const rows = objects.map(({ name, published, unused }) => [name, String(published), String(unused)]);
  return {
    columns: [{ head: 'Type' }, ...numbers('Published', 'Unused')],
    rows,
    objects,
    total: `${rows.length} Total types`,
  };
}

function numbers(...heads: string[]): Column[] {
  return heads.map((head) => ({ head, isNumber: true }));
}

function has(name: string, part: string): boolean {
  return name.toLowerCase().includes(part.toLowerCase());
}
