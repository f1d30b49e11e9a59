/** What is asked of a ratio: of the first contender of a scenario to another one. */
export interface RatioTarget {
  readonly scenario: string;
  /** The name of the other contender. */
  readonly against: string;
  /** `--check` fails when the ratio is lower. Without one the ratio is for information. */
  readonly floor?: number;
  /** What we want. */
  readonly aim?: number;
  /** Whether most of its time goes into new memory where that is slow to be had: what outlives the young generation. */
  readonly isMemoryBound?: boolean;
}

/** In the order of the table. */
export const ratioTargets: readonly RatioTarget[] = [
  { scenario: 'queued-1', against: 'Subject + concatMap', floor: 6, aim: 9 },
  { scenario: 'queued-10', against: 'Subject + concatMap', floor: 8, aim: 11 },
  { scenario: 'queued-peers', against: 'emittery emitSerial', floor: 35, aim: 40 },
  { scenario: 'queued-peers', against: 'Effect PubSub', floor: 25, aim: 40 },
  { scenario: 'queued-peers', against: 'pubsub-js', floor: 22, aim: 40 },
  { scenario: 'queued-peers', against: 'pubsub-js, bursts of 10,000' },
  { scenario: 'queued-peers', against: 'Effect PubSub, whole arrays' },
  { scenario: 'fresh', against: 'freeze + Subject + concatMap', floor: 3.4, aim: 4.5 },
  { scenario: 'mixed-queued', against: 'Subject + concatMap', floor: 3.3, aim: 6 },
  { scenario: 'mixed-synchronous', against: 'raw Subject', floor: 0.9, aim: 1 },
  { scenario: 'mixed-synchronous', against: 'eventemitter3', floor: 0.65, aim: 1 },
  { scenario: 'backlog', against: 'bursts of 1,000', floor: 0.6, aim: 0.9, isMemoryBound: true },
  { scenario: 'async-backlog', against: 'backlog of 30,000', floor: 0.9, aim: 0.95 },
  { scenario: 'synchronous-1', against: 'eventemitter3', floor: 1.1, aim: 1.5 },
  { scenario: 'synchronous-1', against: 'nanoevents', floor: 0.38, aim: 0.55 },
  { scenario: 'synchronous-10', against: 'raw Subject', floor: 2.3, aim: 2.6 },
  { scenario: 'synchronous-100', against: 'raw Subject', floor: 2.4, aim: 3.5 },
  { scenario: 'router', against: 'plain subscription', floor: 0.55, aim: 0.7 },
  { scenario: 'router', against: 'router, 2 routes', floor: 0.9, aim: 0.95 },
  { scenario: 'router', against: 'RxJS groupBy, 100 routes', floor: 2, aim: 2.5 },
  { scenario: 'context', against: 'plain subscription', floor: 0.15, aim: 0.4 },
  { scenario: 'receipt', against: 'plain publish', floor: 0.04, aim: 0.1 },
  { scenario: 'probe', against: 'no probe', floor: 0.04, aim: 0.15 },
  { scenario: 'inspector', against: 'no inspector', floor: 0.02, aim: 0.1, isMemoryBound: true },
  { scenario: 'pool', against: 'plain subscription', floor: 0.5, aim: 0.9 },
  // "Costs no more", and a tenth for what two runs of the same code differ by.
  { scenario: 'pool-size', against: 'pool of 10', floor: 0.9, aim: 1 },
  { scenario: 'subscribe', against: 'raw Subject', floor: 0.1, aim: 0.3, isMemoryBound: true },
  { scenario: 'cache', against: 'Map + Subject', floor: 0.5, aim: 1, isMemoryBound: true },
  { scenario: 'statsd', against: 'hot-shots', floor: 11, aim: 15 },
];

/** What is asked of a figure: a measured value that has no peer. */
export interface FigureTarget {
  readonly figure: string;
  /** Which of its values. */
  readonly value: string;
  readonly title: string;
  readonly unit: string;
  /** `--check` fails when the value is greater. Without one it is for information. */
  readonly limit?: number;
  /** What we want, where that is less. */
  readonly aim?: number;
}

/** In the order of the table. */
export const figureTargets: readonly FigureTarget[] = [
  {
    figure: 'pooled-topics',
    value: 'heapBytes',
    title: 'heap for each of 100,000 pooled topics, forwarded to their parent',
    unit: 'bytes',
    limit: 1536,
  },
  {
    figure: 'pooled-topics',
    value: 'heapBytesInUse',
    title: 'the same, once a message has been published on each',
    unit: 'bytes',
  },
  {
    // 1 is linear time, 3 would be quadratic.
    figure: 'pooled-topics',
    value: 'secondHalfToFirst',
    title: 'time to make the second 50,000 of them, against the first',
    unit: '×',
    limit: 2,
  },
  {
    figure: 'subscriptions',
    value: 'heapBytes',
    title: 'heap for each of 10,000 subscriptions',
    unit: 'bytes',
  },
  {
    figure: 'subscriptions',
    value: 'heapBytesInUse',
    title: 'the same, once each has had a message',
    unit: 'bytes',
    limit: 2048,
  },
  growth('subscribe', 'subscriptions to one topic'),
  growth('unsubscribe', 'subscriptions that leave one topic, until each is done'),
  growth('mount', 'subscriptions to one topic, and their end by a signal of their own each'),
  growth('abort', 'subscriptions that one signal ends, each on a topic of its own'),
  growth('publishSync', '`publishSync` that wait at the same time'),
  growth('pullAhead', 'pulls of an iterator before anything is published, and a message for each'),
  growth('drained', '`drained` that wait at the same time'),
  growth('watch', 'watchers of one id of a cache, and their end'),
  growth('changes', "followers of a cache's changes, and their end"),
  growth('cachingTopics', 'caching topics of one topic, and their end'),
  growth('complete', 'plain observers of a topic that completes'),
  growth('pool', 'pooled topics, and their end'),
  growth('firstPublish', 'topics, and a first publish on each'),
  withoutLimit(growth('forwards', 'forwards of a chain, made from its end; each must close no cycle')),
  {
    figure: 'fresh-topics',
    value: 'timeToSubjects',
    title: 'time for a first publish on each of 100,000 new topics, against `next` on as many new Subjects',
    unit: '×',
  },
  {
    figure: 'timer',
    value: 'latestMs',
    title: 'how late a 1 ms timer is at most, while 1,000,000 messages drain into handlers of a microsecond',
    unit: 'ms',
    limit: 25,
  },
  {
    // Nothing for the delivery; the times that are taken of every 64th publish are numbers on the heap.
    figure: 'allocation',
    value: 'synchronousBytes',
    title: 'allocated for each synchronous delivery',
    unit: 'bytes',
    limit: 2,
  },
  {
    // The slot, this thousandth's share in what the burst as a whole costs, and the times as above.
    figure: 'allocation',
    value: 'queuedBytes',
    title: 'allocated for each queued delivery, in bursts of 1,000; a slot of the queue is 8 bytes',
    unit: 'bytes',
    limit: 11,
  },
  {
    figure: 'allocation',
    value: 'backlogBytes',
    title: 'the same, in a backlog of 1,000,000',
    unit: 'bytes',
    limit: 11,
  },
  {
    figure: 'sizes',
    value: 'coreBytes',
    title: '`@stasis-rx/core`, minified and gzipped, without rxjs and immer',
    unit: 'bytes',
    limit: 21_750, // with the names of all that is exported, which `npm run size` leaves out
    aim: 8000,
  },
  {
    figure: 'sizes',
    value: 'essentialsBytes',
    title: '`createBus`, `messageType` and `subscribe` alone',
    unit: 'bytes',
  },
  {
    figure: 'sizes',
    value: 'ofTypeBytes',
    title: '`ofType` alone',
    unit: 'bytes',
    limit: 1000,
  },
];

/** Less than six times the time for four times as many: linear time is 4, quadratic 16. */
function growth(value: string, what: string): FigureTarget {
  return { figure: 'growth', value, title: `time for four times as many: ${what}`, unit: '×', limit: 6 };
}

function withoutLimit({ figure, value, title, unit }: FigureTarget): FigureTarget {
  return { figure, value, title, unit };
}
