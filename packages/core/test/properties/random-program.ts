import * as fc from 'fast-check';
import * as act from './actions.js';
import type { PublishedName, TypeName } from './model.js';
import { Program } from './program.js';
import { choiceOf, line, mayThrowAt, sometimes, throwsAt } from './random-lines.js';
import { drain, readStatistics, tick } from './stage-actions.js';
import { endings, step } from './steps.js';
import * as on from './subscription-actions.js';
import type { CachingTopicName, TopicName } from './topics.js';
import type { Witness } from './witness.js';
import type { BusAction, BusStep, World } from './world.js';

// Of several values, the first is what a failing program is shrunk to.
const topic = fc.constantFrom<TopicName[]>('a', 'b', 'c', 'x', 'y');
const pooledTopic = fc.constantFrom<('x' | 'y')[]>('x', 'y');
const publishedType = fc.constantFrom<PublishedName[]>('A', 'B', 'Declined');
const anyType = fc.constantFrom<TypeName[]>('A', 'B', 'SubscriptionChange', 'Declined');
const subscription = fc.constantFrom('s0', 's1', 's2');
const observer = fc.constantFrom('o0', 'o1');
const forward = fc.constantFrom('f0', 'f1');

const witnessOptions = fc.record({
  delivery: fc.constantFrom(undefined, 'synchronous' as const),
  accept: sometimes(fc.uniqueArray(anyType, { maxLength: 3 })),
  acceptFormats: sometimes(fc.constantFrom(['json'], ['xml'], [])),
  hasSignal: fc.boolean(),
  hasErrorHook: fc.boolean(),
  drainsAtOnce: sometimes(fc.constant(true)),
});

/** Lines without handlers, and how often they come. */
const plainLines: readonly fc.WeightedArbitrary<BusAction>[] = [
  line(20, act.publish, topic, publishedType),
  line(2, on.publishSync, subscription, publishedType),
  line(4, on.leave, subscription, fc.constantFrom('unsubscribe', 'dispose', 'abort')),
  line(1, on.join, subscription),
  line(4, on.filter, subscription, fc.constantFrom('accept', 'decline'), anyType),
  line(1, on.acceptFormats, subscription, fc.constantFrom('json', 'xml')),
  line(1, on.acceptAll, subscription),
  line(3, act.forward, forward, topic, topic),
  // Few topics, so that several forwards lead the same way: a diamond, or two handles of one forward.
  line(3, act.forward, forward, fc.constantFrom('x', 'b'), fc.constantFrom('b', 'c')),
  line(4, act.cancel, forward),
  line(2, act.complete, topic),
  line(1, act.fail, topic),
  line(1, act.deleteFromPool, pooledTopic),
  line(2, act.reopen, topic),
  line(1, act.stopObserving, observer),
  line(1, on.observeCongestion, subscription, throwsAt),
  line(1, readStatistics),
  line(2, drain),
];

const publishing = line(1, act.publish, topic, publishedType).arbitrary.map((action) => step([action], 'returns'));

/** A random program about a bus. */
export type BusProgram = Program<World, Witness>;

/** What programs of one kind are made of. */
export interface ProgramKind {
  /** Lines without handlers, and how often they come. */
  readonly plainLines: readonly fc.WeightedArbitrary<BusAction>[];
  /** What is subscribed to. */
  readonly topic: fc.Arbitrary<TopicName | CachingTopicName>;
  /** Lines with an observer, given what it does in its calls. */
  observing(script: fc.Arbitrary<BusStep[]>): readonly fc.WeightedArbitrary<BusAction>[];
}

const busPrograms: ProgramKind = {
  plainLines,
  topic,
  observing: (script) => [
    line(5, act.observe, observer, topic, script, mayThrowAt),
    line(2, act.observeEvents, observer, throwsAt, fc.array(publishing, { maxLength: 3 })),
  ],
};

/** A random program, in whose handlers programs run too, `depth` deep. */
export function randomProgram(kind: ProgramKind = busPrograms, depth = 2): fc.Arbitrary<BusProgram> {
  const lines = choiceOf([...kind.plainLines, ...subscribing(kind, depth), line(6, tick)]);
  return fc.array(lines, { maxLength: 20, size: 'max' }).map((actions) => new Program(actions));
}

/** Lines that subscribe; in their handlers, lines go one level less deep. */
function subscribing(kind: ProgramKind, depth: number): readonly fc.WeightedArbitrary<BusAction>[] {
  const lines = depth > 0 ? nestedLines(kind, depth - 1) : fc.constant([]);
  const maxLength = depth > 0 ? 4 : 0;
  const isLater = sometimes(fc.constant(true));
  const handlerStep = fc.tuple(lines, fc.constantFrom(...endings), isLater).map((given) => step(...given));
  const observerStep = fc.tuple(lines, fc.constantFrom('returns', 'throws')).map((given) => step(...given));
  return [
    line(14, on.subscribeTo, subscription, kind.topic, fc.array(handlerStep, { maxLength }), witnessOptions),
    ...kind.observing(fc.array(observerStep, { maxLength })),
  ];
}

function nestedLines(kind: ProgramKind, depth: number): fc.Arbitrary<BusAction[]> {
  const lines = choiceOf([...kind.plainLines, ...subscribing(kind, depth), line(3, on.leaveSelf)]);
  return fc.array(lines, { maxLength: 3, size: 'max' });
}
