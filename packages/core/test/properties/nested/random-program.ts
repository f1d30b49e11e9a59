import * as fc from 'fast-check';
import { choiceOf, line, sometimes } from '../random-lines.js';
import * as on from './lines.js';
import { channelNames } from './ground.js';
import type { NestedStep } from './observer.js';
import type { Line } from './stage.js';

/** A program of observers: its lines run one after the other, and those of the observers whenever they are called. */
export class NestedProgram {
  readonly lines: readonly Line[];

  constructor(lines: readonly Line[]) {
    this.lines = lines;
  }

  /** How fast-check prints it. */
  toString(): string {
    return this.lines.map(({ code }) => `${code};`).join('\n');
  }
}

// Of several values, the first is what a failing program is shrunk to.
const channel = fc.constantFrom(...channelNames, 'a' as const); // mostly the same one, so that it has several observers
const type = fc.constantFrom('A' as const, 'B' as const);
const slot = fc.constantFrom('o0', 'o1', 'o2', 'o3');
const isThrowing = sometimes(fc.constant(true)).map((given) => given === true);

const plainLines: readonly fc.WeightedArbitrary<Line>[] = [
  line(24, on.publish, channel, type),
  line(4, on.leave, slot),
  line(1, on.complete, channel),
  line(1, on.fail, channel),
];

const closing = line(1, on.close, channel);

/**
 * A random program, in whose observers programs run too, `depth` deep: finitely many lines, and none runs twice.
 *
 * @param closes whether subjects are unsubscribed too
 */
export function randomNestedProgram(closes: boolean, depth = 3): fc.Arbitrary<NestedProgram> {
  const lines = [...plainLines, ...(closes ? [closing] : [])];
  const observers = fc.array(observing(lines, depth).arbitrary, { minLength: 1, maxLength: 6, size: 'max' });
  const rest = fc.array(choiceOf([...lines, observing(lines, depth)]), { maxLength: 20, size: 'max' });
  return fc.tuple(observers, rest).map((parts) => new NestedProgram(parts.flat()));
}

/** A line that subscribes; in its observer, lines go one level less deep. */
function observing(lines: readonly fc.WeightedArbitrary<Line>[], depth: number): fc.WeightedArbitrary<Line> {
  const nested = depth > 0 ? nestedLines(lines, depth - 1) : fc.constant([]);
  const step: fc.Arbitrary<NestedStep> = fc.record({ lines: nested, isThrowing });
  return line(5, on.observe, slot, channel, fc.array(step, { maxLength: depth > 0 ? 4 : 0, size: 'max' }));
}

function nestedLines(lines: readonly fc.WeightedArbitrary<Line>[], depth: number): fc.Arbitrary<Line[]> {
  const choice = choiceOf([...lines, line(4, on.leaveSelf), observing(lines, depth)]);
  return fc.array(choice, { maxLength: 3, size: 'max' });
}
