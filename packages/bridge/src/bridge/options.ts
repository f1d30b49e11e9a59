import {
  CacheClear,
  CacheUpdate,
  InvalidArgumentError,
  isMessageType,
  SubscriptionChange,
  type AnyMessageType,
  type Bus,
  type Cache,
} from '@stasis-rx/core';
import type { BridgedType } from '../protocol/codec.js';
import { typeOf } from '../protocol/type-registry.js';
import type { Clock } from '../ground/clock.js';
import { tokenOfName } from '../protocol/token.js';
import { laneName, type BridgedCache, type BridgedTopic } from '../protocol/lane.js';

/** What every bridge is made with, whatever carries its messages. Read once. */
export interface BridgeOptions {
  /**
   * What may cross: topics by name or as they are, and topic pools, each with its parent. All buses of a group, and all
   * bridges of a bus, name a pool as a pool. Nothing else crosses.
   */
  readonly topics: readonly BridgedTopic[];
  /** The message types that may cross, each with a name of its own; see `withCodec` for data that JSON cannot carry. */
  readonly types: readonly BridgedType[];
  /**
   * The caches whose local snapshots late joiners get first and which are put right after a gap; entries of a bus that has
   * gone leave them. Each with the bridged topic that it watches. Default: none.
   */
  readonly caches?: readonly BridgedCache[] | undefined;
  /**
   * Messages that may wait to be sent and confirmed; beyond that the oldest are given up, at the end of what is published in one
   * go, or after 256 messages of it. From 1. Default: 100,000.
   */
  readonly maxOutboxMessages?: number | undefined;
  /** The same, in bytes as they are on the wire. From 1. Default: 67,108,864 (64 MiB). */
  readonly maxOutboxBytes?: number | undefined;
  /**
   * How many topics of a pool may be in use, by this bus and others: what others publish on one more is rejected. From 0.
   * Default: 100,000.
   */
  readonly maxPooledTopics?: number | undefined;
  /** How often a sign of life is given, in milliseconds, from 10. The same for all buses of a group. Default: 1,000. */
  readonly heartbeatMs?: number | undefined;
  /**
   * How long a peer may be silent beyond the sign of life that is due, in milliseconds of time in which this bus could
   * hear itself, before its entries leave the caches: one that is busy or frozen for less is not lost. From `heartbeatMs`.
   * Default: 5 times that.
   */
  readonly peerTimeoutMs?: number | undefined;
  /** How long `ready` waits for others to make themselves known, in milliseconds. Default: 250. */
  readonly discoveryMs?: number | undefined;
  /** How long `ready` waits for their snapshots after that, in milliseconds. Default: 5,000. */
  readonly readyTimeoutMs?: number | undefined;
  /** Timers. Default: the platform's. */
  readonly clock?: Clock | undefined;
}

/** Validates the options. @throws InvalidArgumentError */
export function assertBridgeOptions(call: string, bus: Bus, options: BridgeOptions): void {
  if (typeof (bus as Partial<Bus> | undefined)?.topic !== 'function') {
    throw new InvalidArgumentError(call, 'a bus, as createBus() makes it', bus);
  }
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw new InvalidArgumentError(call, 'options with topics and types', options);
  }
  assertNameFits(call, 'the eid of the bus', bus.eid);
  assertTopics(call, options.topics);
  assertTypes(call, options.types);
  assertCaches(call, options.caches, options.topics);
  assertNumbers(call, options);
}

function assertTopics(call: string, topics: unknown): asserts topics is readonly BridgedTopic[] {
  if (!Array.isArray(topics) || topics.length === 0) {
    throw new InvalidArgumentError(call, 'topics to be an array of topics, names or pools that is not empty', topics);
  }
  const names = new Set<string>();
  for (const [index, topic] of (topics as (BridgedTopic | null | undefined)[]).entries()) {
    const name: unknown = topic === null || topic === undefined ? undefined : laneName(topic);
    if (typeof name !== 'string' || name === '') {
      throw new InvalidArgumentError(call, `topics[${index}] to be a topic, a name or a topic pool`, topic);
    }
    assertNameFits(call, `topics[${index}]`, name);
    if (names.has(name)) {
      throw new InvalidArgumentError(
        call,
        `topics[${index}] to be named once`,
        name,
        'A pool brings its parent along.',
      );
    }
    names.add(name);
  }
}

/** Subjects and the like are not of any length: NATS's control line takes 4,096 characters in all. */
const MAX_TOKEN_LENGTH = 1024;

function assertNameFits(call: string, what: string, name: string): void {
  const { length } = tokenOfName(name);
  if (length <= MAX_TOKEN_LENGTH) return;
  const hint = 'Letters, digits, _ and - count 1, all else 5.';
  throw new InvalidArgumentError(call, `${what} to be no longer than ${MAX_TOKEN_LENGTH} characters`, length, hint);
}

const BUILT_IN: readonly AnyMessageType[] = [CacheClear, CacheUpdate, SubscriptionChange];

function assertTypes(call: string, types: unknown): asserts types is readonly BridgedType[] {
  if (!Array.isArray(types) || types.length === 0) {
    throw new InvalidArgumentError(call, 'types to be an array of message types that is not empty', types);
  }
  const names = new Set<string>();
  for (const [index, bridged] of (types as BridgedType[]).entries()) {
    assertType(call, `types[${index}]`, bridged);
    const { name } = typeOf(bridged);
    if (names.has(name)) {
      throw new InvalidArgumentError(
        call,
        `types[${index}] to have a name of its own`,
        name,
        'The name is how others know it.',
      );
    }
    names.add(name);
  }
}

function assertType(call: string, name: string, bridged: unknown): void {
  const { type = bridged, codec } = (bridged ?? {}) as { type?: unknown; codec?: Record<string, unknown> };
  if (!isMessageType(type)) throw new InvalidArgumentError(call, `${name} to be a message type`, bridged);
  if (BUILT_IN.some(({ identity }) => identity === type.identity)) {
    throw new InvalidArgumentError(
      call,
      `${name} to be a type of yours`,
      type.name,
      'The clearing of snapshots crosses by itself.',
    );
  }
  if (codec !== undefined && (typeof codec.encode !== 'function' || typeof codec.decode !== 'function')) {
    throw new InvalidArgumentError(call, `${name}.codec to have encode and decode`, codec);
  }
}

function assertCaches(call: string, caches: unknown, topics: readonly BridgedTopic[]): void {
  if (caches === undefined) return;
  if (!Array.isArray(caches)) throw new InvalidArgumentError(call, 'caches to be an array', caches);
  const names = topics.map(laneName);
  for (const [index, cached] of (caches as (Partial<BridgedCache> | null)[]).entries()) {
    if (typeof (cached?.cache as Partial<Cache> | undefined)?.dump !== 'function') {
      throw new InvalidArgumentError(call, `caches[${index}] to be { topic, cache }`, cached);
    }
    if (!names.includes(cached?.topic?.name ?? '')) {
      const hint = 'Snapshots cross on the topic that the cache watches.';
      throw new InvalidArgumentError(call, `caches[${index}].topic to be one of the topics`, cached?.topic?.name, hint);
    }
  }
}

const LEAST = {
  maxOutboxMessages: 1,
  maxOutboxBytes: 1,
  maxPooledTopics: 0,
  heartbeatMs: 10,
  peerTimeoutMs: 10,
  discoveryMs: 0,
  readyTimeoutMs: 0,
};

function assertNumbers(call: string, options: BridgeOptions): void {
  for (const [name, least] of Object.entries(LEAST) as [keyof typeof LEAST, number][]) {
    const value = options[name];
    if (value === undefined || (Number.isSafeInteger(value) && value >= least)) continue;
    throw new InvalidArgumentError(
      call,
      `${name} to be an integer of at least ${least}`,
      value,
      'Leave it out for the default.',
    );
  }
  const { heartbeatMs = 1000, peerTimeoutMs = 5 * heartbeatMs } = options;
  if (peerTimeoutMs < heartbeatMs) {
    throw new InvalidArgumentError(call, `peerTimeoutMs to be at least heartbeatMs, ${heartbeatMs}`, peerTimeoutMs);
  }
}
