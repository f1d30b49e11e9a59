import { isWanted, paceOf, readOptions, trialPaceOf, usage, writesDocument, type Options } from '../src/options.js';

const NAMES = ['queued-1', 'timer', 'browser'];
const read = (...args: string[]): Options => readOptions(args, NAMES)!;

describe('the options of a run', () => {
  it('ask for everything, unchecked, unless told otherwise', () => {
    expect(read()).toEqual({ check: false, json: undefined, only: [], quick: false });
    expect(NAMES.every((name) => isWanted(read(), name))).toBe(true);
  });

  it('can name what is to be measured', () => {
    const options = read('--only', 'timer', '--only', 'browser');
    expect(NAMES.filter((name) => isWanted(options, name))).toEqual(['timer', 'browser']);
  });

  it('are explained on request, with every name', () => {
    expect(readOptions(['--help'], NAMES)).toBeUndefined();
    expect(usage(NAMES)).toContain('Names: queued-1, timer, browser.');
  });

  it.each([
    [['--only', 'queued'], 'expected --only to be one of queued-1, timer, browser, got queued'],
    [['--check', '--quick'], 'expected --check without --quick'],
    [['--fast'], '--fast'],
    [['timer'], 'timer'],
  ])('refuse %j', (args, message) => {
    expect(() => readOptions(args, NAMES)).toThrow(message);
  });

  it.each([
    [[], true],
    [['--check'], true],
    [['--json', 'file.json'], false],
    [['--only', 'timer'], false],
    [['--quick'], false],
  ])('%j: whether the document is written: %s', (args, writes) => {
    expect(writesDocument(read(...args))).toBe(writes);
  });

  it('has quick rounds that are shorter', () => {
    expect(paceOf(read('--quick')).turnMs).toBeLessThan(paceOf(read()).turnMs);
    expect(trialPaceOf(read('--quick')).turnMs).toBeLessThan(trialPaceOf(read()).turnMs);
  });
});
