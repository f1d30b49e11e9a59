import * as fc from 'fast-check';
import { observe as observeTopic, stopObserving } from '../actions.js';
import { Program } from '../program.js';
import { choiceOf, line, mayThrowAt } from '../random-lines.js';
import { drain, readStatistics, tick } from '../stage-actions.js';
import { step } from '../steps.js';
import { subscribeTo } from '../subscription-actions.js';
import type { Witness } from '../witness.js';
import * as act from './actions.js';
import type { StatesWorld } from './world.js';

// Of several values, the first is what a failing program is shrunk to.
const id = fc.constantFrom('1', '2');
const type = fc.constantFrom('A' as const, 'B' as const);
const holder = fc.constantFrom('h0', 'h1', 'h2');
const observer = fc.constantFrom('o0', 'o1');
const noScript = fc.constant([]);
const ending = fc.constantFrom('returns' as const, 'throws' as const, 'rejects' as const);

/** Lines without observers of states, and how often they come. */
const plainLines: readonly fc.WeightedArbitrary<act.StatesAction>[] = [
  line(10, act.publish, id, type),
  line(2, act.remove, id),
  line(4, act.makePublisher, holder, id),
  line(6, act.publishBy, holder, type),
  line(4, act.subscribe, holder, id),
  line(5, act.letGo, holder),
  line(2, act.shared(observeTopic), observer, fc.constant('c' as const), noScript, mayThrowAt),
  line(1, act.shared(stopObserving), observer),
  line(1, act.shared(subscribeTo), fc.constant('s0'), fc.constant('c' as const), noScript, fc.constant({})),
  line(1, readStatistics),
  line(1, drain),
];

/** A random program of a state manager, whose observers change its states too. */
export function randomStatesProgram(): fc.Arbitrary<Program<StatesWorld, Witness>> {
  const lines = choiceOf([...plainLines, observing(2), line(3, tick)]);
  return fc.array(lines, { maxLength: 20, size: 'max' }).map((actions) => new Program(actions));
}

function observing(depth: number): fc.WeightedArbitrary<act.StatesAction> {
  const lines = depth > 0 ? choiceOf([...plainLines, observing(depth - 1)]) : undefined;
  const nested = lines === undefined ? noScript : fc.array(lines, { maxLength: 3, size: 'max' });
  const observerStep = fc.tuple(nested, ending).map((given) => step(...given));
  return line(8, act.observe, observer, fc.array(observerStep, { maxLength: 4 }));
}
