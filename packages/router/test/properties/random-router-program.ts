import * as fc from 'fast-check';
import * as its from '../../../core/test/properties/caches/actions.js';
import { snapshotIds, snapshotTypes } from '../../../core/test/properties/caches/cache-pair.js';
import * as act from '../../../core/test/properties/actions.js';
import { Program } from '../../../core/test/properties/program.js';
import { choiceOf, line, sometimes } from '../../../core/test/properties/random-lines.js';
import { drain, readStatistics, tick } from '../../../core/test/properties/stage-actions.js';
import { endings, step, type Hanging } from '../../../core/test/properties/steps.js';
import type { CachingTopicName, TopicName } from '../../../core/test/properties/topics.js';
import type { BusAction } from '../../../core/test/properties/world.js';
import * as on from './router-actions.js';
import type { RouterWorld } from './router-world.js';

// Of several values, the first is what a failing program is shrunk to.
const topic = fc.constantFrom<TopicName[]>('a', 'x');
const cachingTopic = fc.constantFrom<CachingTopicName[]>('k0');
const router = fc.constantFrom('r0', 'r1');
const type = fc.constantFrom<on.RoutedName[]>('A', 'B', 'P', 'SubscriptionChange', 'stasis_cache_update');
const snapshotType = fc.constantFrom(...snapshotTypes);
const key = fc.record({
  type: snapshotType,
  id: fc.constantFrom(...snapshotIds),
  eid: fc.constantFrom('local', 'east'),
});
const formats = sometimes(fc.constantFrom(['json'], []));

/** Lines without handlers, and how often they come. */
const plainLines: readonly fc.WeightedArbitrary<on.RouterAction>[] = [
  ...[
    line(12, act.publish, topic, fc.constantFrom('A', 'B')),
    line(10, its.publishSnapshot, topic, key, fc.nat(2)),
    line(1, its.clear, topic, key),
    line(1, its.cacheTopic, cachingTopic, topic),
    line(1, act.forward, fc.constant('f0'), cachingTopic, topic),
    line(1, act.complete, topic),
    line(1, act.reopen, topic),
  ].map(inRouterWorld),
  line(2, on.createRouter, router, fc.oneof(topic, cachingTopic)),
  line(5, on.remove, router, type),
  line(4, on.removeCacheUpdate, router, snapshotType),
  line(2, on.leave, router),
  line(1, on.join, router),
  line(2, on.publishSync, router, fc.constantFrom('A', 'B')),
  line(1, readStatistics),
  line(2, drain),
];

/**
 * A random program of publishers and routers, whose routes change at any time, also in their own handlers. It begins with
 * two routers: few programs would have one on a caching topic otherwise.
 */
export function randomRouterProgram(): fc.Arbitrary<Program<RouterWorld, Hanging>> {
  const beginning = [its.cacheTopic('k0', 'a'), on.createRouter('r0', 'k0'), on.createRouter('r1', 'a')];
  const lines = choiceOf([...plainLines, ...routing(2), line(6, tick)]);
  return fc
    .array(lines, { maxLength: 20, size: 'max' })
    .map((actions) => new Program<RouterWorld, Hanging>([...beginning, ...actions]));
}

/** Lines that add routes; in their handlers, lines go one level less deep. */
function routing(depth: number): readonly fc.WeightedArbitrary<on.RouterAction>[] {
  const script = depth > 0 ? fc.array(handlerStep(depth - 1), { maxLength: 3 }) : fc.constant([]);
  return [
    line(10, on.add, router, type, script),
    line(7, on.addCacheUpdate, router, snapshotType, script),
    line(4, on.setDefault, router, formats, script),
  ];
}

function handlerStep(depth: number): fc.Arbitrary<on.RouterStep> {
  const lines = choiceOf([...plainLines, ...routing(depth)]);
  const isLater = sometimes(fc.constant(true));
  return fc
    .tuple(fc.array(lines, { maxLength: 3, size: 'max' }), fc.constantFrom(...endings), isLater)
    .map((given) => step(...given));
}

/** Lines that know nothing of routers. */
function inRouterWorld({ weight, arbitrary }: fc.WeightedArbitrary<BusAction>): fc.WeightedArbitrary<on.RouterAction> {
  return { weight, arbitrary: arbitrary.map(({ code, run }) => ({ code, run: (world) => run(world) })) };
}
