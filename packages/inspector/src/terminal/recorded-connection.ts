import type { BusDescription, BusStatistics, SubscriptionStatistics, TopicStatistics } from '@stasis-rx/core';
import { Model } from '../model/model.js';
import type { ReadRecording } from '../model/recording/read-recording.js';
import type { SubscriptionRow } from '../model/subscriptions/subscription-row.js';
import { PROTOCOL, type Report } from '../protocol/frames.js';
import type { Connection } from './connection.js';

/** A recording, as a bus that tells all of it and is silent then. It counts what is recorded: that need not be all. */
export function recordedConnection({ bus, description, records, lost }: ReadRecording): Connection {
  const model = new Model();
  if (description !== undefined) model.apply({ is: 'description', at: records[0]?.at ?? 0, description });
  model.apply({ is: 'records', records });
  const standing = { description: description ?? describe(model, bus), statistics: count(model) };
  return {
    send: () => undefined,
    close: () => undefined,
    // eslint-disable-next-line @typescript-eslint/require-await -- a live connection has to wait, and this one is like it
    async *reports(): AsyncGenerator<Report, void> {
      yield { is: 'hello', protocol: PROTOCOL, version: '', bus, isControllable: false };
      yield { is: 'snapshot', at: model.now, ...standing, records, lost };
    },
  };
}

function describe({ topics }: Model, { name, eid }: ReadRecording['bus']): BusDescription {
  const marks = { highWater: 0, lowWater: 0 };
  const described = topics.all().map((topic) => ({ name: topic.name, detail: '' }));
  return {
    name,
    eid,
    isHeld: false,
    ...marks,
    topics: described,
    subscriptions: [],
    forwards: [],
    caches: [],
    states: [],
  };
}

function count({ topics, subscriptions, types }: Model): BusStatistics {
  return {
    topics: topics.all().map(({ name, published }) => topicOf(name, published)),
    subscriptions: subscriptions.all().map(subscriptionOf),
    messageTypes: types.all().map(({ name, published }) => ({ name, published, unused: 0 })),
  };
}

function topicOf(name: string, published: number): TopicStatistics {
  const times = { lowestDispatchMs: null, highestDispatchMs: null };
  return { name, detail: '', subscribers: 0, dispatched: published, notDispatched: 0, ...times };
}

function subscriptionOf(row: SubscriptionRow): SubscriptionStatistics {
  const { id, name, topic, handled, dropped, depth, handlings, slowest, description } = row;
  const { highWater = 0, lowWater = 0 } = description ?? {};
  return {
    id,
    name,
    topic,
    passed: handled + depth + dropped,
    filtered: 0,
    dropped,
    depth,
    maxDepth: row.maxDepth,
    highWater,
    lowWater,
    lowestInvokeMs: null,
    highestInvokeMs: handlings.count === 0 ? null : handlings.highest,
    slowestType: slowest.list(1)[0]?.type ?? null,
  };
}
