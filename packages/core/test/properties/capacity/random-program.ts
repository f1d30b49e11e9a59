import type { Overflow } from '@stasis-rx/core';
import * as fc from 'fast-check';
import { Program } from '../program.js';
import { choiceOf, line, sometimes, throwsAt } from '../random-lines.js';
import { drain, readStatistics, tick } from '../stage-actions.js';
import { step, type Ending } from '../steps.js';
import * as act from './actions.js';
import type { Limits, TypeName } from './model.js';
import type { Witness } from './witness.js';
import type { CapacityWorld, TopicName } from './world.js';

// Of several values, the first is what a failing program is shrunk to.
const topic = fc.constantFrom<TopicName[]>('b', 'a');
const type = fc.constantFrom<('A' | 'B')[]>('A', 'B');
const subscription = fc.constantFrom('s0', 's1', 's2');
const accept = fc.constantFrom<TypeName[][]>(['A'], ['A', 'stasis_subscription_change'], []);
const bound = fc.record({
  capacity: fc.integer({ min: 1, max: 4 }),
  overflow: fc.constantFrom<Overflow[]>('refuse', 'drop-newest', 'drop-oldest'),
});
const marks = fc
  .integer({ min: 1, max: 4 })
  .chain((highWater) => fc.record({ highWater: fc.constant(highWater), lowWater: fc.nat(highWater) }));
const limits: fc.Arbitrary<Limits> = fc
  .tuple(sometimes(accept), marks, fc.option(bound, { nil: undefined, freq: 4 }))
  .map(([types, waterMarks, bounded]) => ({ accept: types, ...waterMarks, bound: bounded }));
const ending = fc.constantFrom<Ending[]>('returns', 'hangs', 'resolves', 'throws', 'rejects', 'emits');

/** Lines without handlers, and how often they come. */
const plainLines: readonly fc.WeightedArbitrary<act.CapacityAction>[] = [
  line(20, act.publish, topic, type, fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 7 }))),
  line(2, act.publishSync, subscription, type),
  line(3, act.unsubscribe, subscription),
  line(1, act.drained, topic),
  line(1, act.observeEvents, throwsAt),
  line(2, act.observeCongestion, subscription, throwsAt),
  line(1, act.complete, topic),
  line(1, readStatistics),
  line(3, drain),
];

/** A random program of publishers and bounded mailboxes, whose handlers publish, subscribe and leave too. */
export function randomCapacityProgram(): fc.Arbitrary<Program<CapacityWorld, Witness>> {
  const lines = choiceOf([...plainLines, subscribing(1), line(4, tick)]);
  return fc.array(lines, { maxLength: 20, size: 'max' }).map((actions) => new Program(actions));
}

function subscribing(depth: number): fc.WeightedArbitrary<act.CapacityAction> {
  return line(8, act.subscribeTo, subscription, topic, fc.array(handlerStep(depth), { maxLength: 4 }), limits);
}

function handlerStep(depth: number): fc.Arbitrary<act.CapacityStep> {
  const lines = choiceOf([...plainLines, ...(depth > 0 ? [subscribing(depth - 1)] : [])]);
  const isLater = sometimes(fc.constant(true));
  return fc.tuple(fc.array(lines, { maxLength: 2 }), ending, isLater).map((given) => step(...given));
}
