/** What a ratio is to reach. */
export interface Target {
  /** The scenario that measures it. */
  readonly scenario: string;
  /** Whose rate. */
  readonly of: string;
  /** Divided by whose. */
  readonly against: string;
  /** `--check` fails below. Left out: for information. */
  readonly floor?: number;
  readonly aim?: number;
}

const OURS = 'stasis-rx';

/** Every ratio of the table, in its order. */
export const targets: readonly Target[] = [
  { scenario: 'queued-1', of: OURS, against: 'Subject + concatMap', floor: 4.5, aim: 8 },
  { scenario: 'queued-10', of: OURS, against: 'Subject + concatMap', floor: 6, aim: 10 },
  { scenario: 'queued-peers', of: OURS, against: 'emittery emitSerial', floor: 20, aim: 40 },
  { scenario: 'queued-peers', of: OURS, against: 'Effect PubSub', floor: 20, aim: 40 },
  { scenario: 'queued-peers', of: OURS, against: 'pubsub-js', floor: 20, aim: 40 },
  { scenario: 'queued-peers', of: OURS, against: 'pubsub-js, bursts of 10,000' },
  { scenario: 'queued-peers', of: OURS, against: 'Effect PubSub, whole arrays' },
  { scenario: 'fresh', of: OURS, against: 'immer freeze + Subject + concatMap', floor: 3, aim: 4.5 },
  { scenario: 'backlog', of: 'backlog of 1,000,000', against: 'bursts of 1,000', floor: 0.6, aim: 0.9 },
  { scenario: 'async-backlog', of: 'backlog of 300,000', against: 'backlog of 30,000', floor: 0.6, aim: 0.95 },
  { scenario: 'synchronous-1', of: OURS, against: 'eventemitter3', floor: 0.65, aim: 1 },
  { scenario: 'synchronous-1', of: OURS, against: 'nanoevents', floor: 0.4, aim: 0.8 },
  { scenario: 'synchronous-10', of: OURS, against: 'raw Subject', floor: 2, aim: 3 },
  { scenario: 'synchronous-100', of: OURS, against: 'raw Subject', floor: 2, aim: 3.5 },
  { scenario: 'router', of: 'router, 100 routes', against: 'plain subscription', floor: 0.35, aim: 0.7 },
  { scenario: 'router', of: 'router, 100 routes', against: 'router, 2 routes', floor: 0.65, aim: 0.9 },
  { scenario: 'pool', of: '1,000 pooled topics', against: 'plain subscription', floor: 0.5, aim: 0.9 },
  { scenario: 'cache', of: OURS, against: 'Map + Subject', floor: 0.5, aim: 1 },
  { scenario: 'statsd', of: OURS, against: 'hot-shots', floor: 8, aim: 15 },
];
