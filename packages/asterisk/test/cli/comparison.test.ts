import fc from 'fast-check';
import { comparisonLine, comparisonNotes } from '../../src/cli/comparison-text.js';
import { compareWithAsterisk } from '../../src/cli/comparison.js';

const call = (ms: number) => ['channels.count:+1|g', `channels.calltime:${ms}|ms`, 'channels.count:-1|g'];
const varset = 'stasis.message.ast_channel_varset_type:1|m';
const asterisk = [...call(5), ...call(5000), varset, varset, 'stasis.message.ast_local_bridge_type:1|m'];

const compare = (...here: string[]) => compareWithAsterisk(asterisk, here);

describe('a comparison with Asterisk', () => {
  test('is equal in any order, with call times within 1 ms', () => {
    const comparison = compare(varset, ...call(5001), varset, ...call(4));
    expect(comparison).toMatchObject({
      isEqual: true,
      channels: { asterisk: 6, here: 6, unaccounted: 0 },
      largestCalltimeDifferenceMs: 1,
    });
    expect(comparisonLine(comparison)).toBe(
      'equal to what Asterisk sent: all 6 channels.* lines accounted for, call times within 1 ms, and all 2 derivable message counts',
    );
  });

  test('tells what is not derivable, and what Asterisk does not count', () => {
    const comparison = compare(varset, varset, ...call(5), ...call(5000), 'stasis.message.ast_stasis_start_type:1|m');
    expect(comparison.isEqual).toBe(true);
    expect(comparisonNotes(comparison)).toEqual([
      'not derivable from ARI: ast_local_bridge_type 1 there, 0 here',
      'not counted by Asterisk: ast_stasis_start_type 1',
    ]);
  });

  test.each([
    ['a call time off by 2 ms', [...call(7), ...call(5000), varset, varset], 2],
    ['a call too few', [...call(5000), varset, varset], 3],
    ['a call too many', [...call(5), ...call(6), ...call(5000), varset, varset], 3],
    [
      'a gauge that went the wrong way',
      ['channels.count:+1|g', ...call(5000), 'channels.calltime:5|ms', 'channels.count:+1|g', varset, varset],
      2,
    ],
    ['a metric that Asterisk does not know', [...call(5), ...call(5000), 'channels.other:1|c', varset, varset], 1],
    ['nothing at all', [], 6],
  ])('is not equal with %s', (_, here, unaccounted) => {
    const comparison = compare(...here);
    expect(comparison).toMatchObject({ isEqual: false, channels: { unaccounted } });
    expect(comparisonLine(comparison)).toContain('DIFFERENT from what Asterisk sent');
    expect(comparisonLine(comparison)).toContain(`${unaccounted} unaccounted for`);
  });

  test('is not equal with a derivable count that differs', () => {
    const comparison = compare(...call(5), ...call(5000), varset);
    expect(comparison).toMatchObject({ isEqual: false, channels: { unaccounted: 0 } });
    expect(comparisonLine(comparison)).toContain('ast_channel_varset_type 2 there, 1 here');
  });

  test('of any lines with themselves, shuffled, is equal; with one line less it is not', () => {
    const line = fc.oneof(
      fc.constantFrom('channels.count:+1|g', 'channels.count:-1|g', varset),
      fc.nat(50).map((ms) => `channels.calltime:${ms}|ms`),
    );
    const shuffled = fc
      .array(line, { minLength: 1 })
      .chain((lines) => fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length })));
    fc.assert(
      fc.property(shuffled, ([lines, others]) => {
        expect(compareWithAsterisk(lines, others)).toMatchObject({ isEqual: true });
        expect(compareWithAsterisk(lines, others.slice(1))).toMatchObject({ isEqual: false });
      }),
    );
  });
});
