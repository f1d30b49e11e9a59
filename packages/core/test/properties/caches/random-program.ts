import { LOCAL_EID } from '@stasis-rx/core';
import * as fc from 'fast-check';
import * as act from '../actions.js';
import { line, mayThrowAt, throwsAt } from '../random-lines.js';
import { randomProgram, type BusProgram } from '../random-program.js';
import { drain, readStatistics } from '../stage-actions.js';
import * as on from '../subscription-actions.js';
import type { CachingTopicName, TopicName } from '../topics.js';
import type { BusAction } from '../world.js';
import * as its from './actions.js';
import { entities, snapshotIds, snapshotTypes } from './cache-pair.js';

// Of several values, the first is what a failing program is shrunk to.
// Some come more often than others, so that what is published is also cached and watched.
const topic = fc.constantFrom<TopicName[]>('a', 'b', 'x', 'a');
const cachingTopic = fc.constantFrom<CachingTopicName[]>('k0', 'k1');
const subscription = fc.constantFrom('s0', 's1', 's2');
const observer = fc.constantFrom('o0', 'o1');
const forward = fc.constantFrom('f0', 'f1');
const type = fc.constantFrom(...snapshotTypes, 'P' as const);
const id = fc.constantFrom(...snapshotIds, '' as const);
const key = fc.record({ type, id, eid: fc.constantFrom(...entities, LOCAL_EID) });
const value = fc.integer({ min: 0, max: 3 });

/** Lines without handlers, and how often they come. */
const plainLines: readonly fc.WeightedArbitrary<BusAction>[] = [
  line(20, its.publishSnapshot, topic, key, value),
  line(8, its.cacheTopic, cachingTopic, topic),
  line(5, its.clear, topic, key),
  line(3, its.clearCached, cachingTopic, key),
  line(2, its.stopCaching, cachingTopic),
  line(1, its.joinCaching, cachingTopic),
  line(1, act.publish, topic, fc.constantFrom('A', 'Declined')),
  line(3, on.leave, subscription, fc.constantFrom('unsubscribe', 'dispose', 'abort')),
  line(1, on.join, subscription),
  line(2, act.stopObserving, observer),
  line(1, act.observeEvents, observer, throwsAt, fc.constant([])),
  line(2, act.forward, forward, fc.oneof(topic, cachingTopic), fc.constantFrom('b', 'c')),
  line(2, act.cancel, forward),
  line(1, act.complete, topic),
  line(1, act.fail, topic),
  line(2, act.reopen, topic),
  line(1, readStatistics),
  line(2, drain),
];

/** A random program of publishers of snapshots, caching topics, and those who read the cache and its updates. */
export function randomCacheProgram(): fc.Arbitrary<BusProgram> {
  return randomProgram({
    plainLines,
    topic: fc.oneof(cachingTopic, topic),
    observing: (script) => [
      line(6, its.watch, observer, type, id, script, mayThrowAt),
      line(5, its.follow, observer, type, script, mayThrowAt),
    ],
  });
}
