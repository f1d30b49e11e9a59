import * as fc from 'fast-check';
import { config } from 'rxjs';
import { checkProperty, PROPERTY_TIMEOUT_MS, propertyRuns } from './check-property.js';
import { plainSubjects, topics, trampolinedSubjects, type Ground } from './nested/ground.js';
import { observe, publish } from './nested/lines.js';
import { randomNestedProgram } from './nested/random-program.js';
import { NestedStage, type Line } from './nested/stage.js';

const play = (ground: Ground, lines: readonly Line[]): readonly string[] => new NestedStage(ground).play(lines);

/** Whether a random program comes to the same on topics and on what is made here. */
const agreeWith = (makeGround: () => Ground, closes = false): fc.IPropertyWithHooks<unknown[]> =>
  fc.property(randomNestedProgram(closes), ({ lines }) => {
    expect(play(topics(), lines)).toEqual(play(makeGround(), lines));
  });

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
  config.onUnhandledError = null;
});

describe('any program of observers that publish, subscribe, leave, throw and end topics, at any depth', () => {
  it(
    'T3, T6: gives topics of one bus what it gives Subjects behind one trampoline, in the same order',
    () => checkProperty(agreeWith(trampolinedSubjects), Math.ceil(propertyRuns / 2)),
    PROPERTY_TIMEOUT_MS,
  );

  it(
    'T1, T3, T6: gives them the same where it unsubscribes topics too',
    () => checkProperty(agreeWith(trampolinedSubjects, true), Math.ceil(propertyRuns / 2)),
    PROPERTY_TIMEOUT_MS,
  );
});

describe('what these programs can tell apart', () => {
  const publishing = { lines: [publish('a', 'A')], isThrowing: false };
  const publishesInside = [observe('o0', 'a', [publishing]), observe('o1', 'a', []), publish('a', 'A')];

  it('T3: a plain Subject does not agree: what is published inside of an observer overtakes what is being delivered', () => {
    const received = (ground: Ground): string[] => play(ground, publishesInside).filter((entry) => entry.includes('('));

    expect(received(topics())).toEqual(received(trampolinedSubjects()));
    expect(received(topics()).slice(-4)).toEqual([
      ...['observer 1: A(1)', 'observer 2: A(1)', 'observer 1: A(2)', 'observer 2: A(2)'],
    ]);
    expect(received(plainSubjects()).slice(-4)).toEqual([
      ...['observer 1: A(1)', 'observer 1: A(2)', 'observer 2: A(2)', 'observer 2: A(1)'],
    ]);
  });

  it('T3: some random program shows it', () => {
    const { failed } = fc.check(agreeWith(plainSubjects), { numRuns: 1000, endOnFailure: true });

    expect(failed).toBe(true);
  });
});
