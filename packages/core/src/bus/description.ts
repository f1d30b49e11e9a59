import type { SubscriptionDescription } from '../subscriptions/subscription-description.js';
import type { SubscriptionsContext } from '../subscriptions/subscriptions-context.js';
import type { WaterMarks } from '../mailbox/water-marks.js';
import type { Topic } from '../topics/topic.js';

/** How the parts of a bus hang together, as plain JSON (P2). Everything is given by its name or id. */
export interface BusDescription extends WaterMarks {
  /** The bus's name for people. */
  readonly name: string;
  /** The entity that it is to others. */
  readonly eid: string;
  /** Whether it is held (H1). */
  readonly isHeld: boolean;
  /** The topics that have not ended, in the order in which they were made. */
  readonly topics: readonly TopicDescription[];
  /** The subscriptions that are not done, in the order in which they were made. */
  readonly subscriptions: readonly SubscriptionDescription[];
  /** Which topic is forwarded to which, each pair once; those of pools among them. */
  readonly forwards: readonly ForwardDescription[];
  /** The caching topics. */
  readonly caches: readonly CacheDescription[];
  /** The state managers. */
  readonly states: readonly StatesDescription[];
}

/** A forward, by the names of its topics. */
export interface ForwardDescription {
  /** Where messages come from. */
  readonly from: string;
  /** Where they are delivered, too. */
  readonly to: string;
}

/** One topic. */
export interface TopicDescription {
  /** Unique on the bus. */
  readonly name: string;
  /** A text for people, empty when none was given. */
  readonly detail: string;
  /** Name of the topic in whose pool it is; absent where it is in none. */
  readonly pool?: string;
}

/** A caching topic with its cache. */
export interface CacheDescription {
  /** Name of the topic that is watched. */
  readonly topic: string;
  /** Name of the topic on which the updates are published. */
  readonly updates: string;
  /** How many snapshots the cache holds, those that other caching topics have written into it among them. */
  readonly entries: number;
}

/** A state manager. */
export interface StatesDescription {
  /** Name of the topic to which all its states are forwarded. */
  readonly topic: string;
  /** How many states live. */
  readonly states: number;
}

/** What is described. */
interface DescribedBus extends Pick<SubscriptionsContext, 'subscriptions' | 'marks' | 'gate'> {
  readonly name: string;
  readonly eid: string;
  topics(): readonly Topic[];
}

/** Reads how everything hangs together. O(topics + subscriptions + forwards). */
export function describeBus(bus: DescribedBus): BusDescription {
  const topics = bus.topics();
  const audiences = topics.map(({ audience }) => audience);
  return {
    name: bus.name,
    eid: bus.eid,
    isHeld: bus.gate.isHeld,
    ...bus.marks,
    topics: topics.map(describeTopic),
    subscriptions: Array.from(bus.subscriptions, (subscription) => subscription.describe()),
    forwards: audiences.flatMap((audience) => {
      const [, ...targets] = new Set([audience, ...audience.forwards]);
      const living = targets.filter(({ isEnded }) => !isEnded);
      return living.map((target) => ({ from: audience.topic.name, to: target.topic.name }));
    }),
    caches: audiences.flatMap(({ taps }) => taps.map((tap) => tap.describe())),
    states: audiences.flatMap(({ topic: { name }, stateManager }) =>
      stateManager === undefined ? [] : { topic: name, states: stateManager.size },
    ),
  };
}

function describeTopic({ name, detail, audience: { pool } }: Topic): TopicDescription {
  return { name, detail, ...(pool !== undefined && { pool }) };
}
