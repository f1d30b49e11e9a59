import fc from 'fast-check';
import { comparisonLine, comparisonNotes } from '../../src/cli/comparison-text.js';
import { compareWithAsterisk } from '../../src/cli/comparison.js';
import { countShown } from '../../src/cli/shown-by-ari.js';

const call = (ms: number) => ['channels.count:+1|g', `channels.calltime:${ms}|ms`, 'channels.count:-1|g'];
const varset = 'stasis.message.ast_channel_varset_type:1|m';
const hangup = 'stasis.message.ast_channel_hangup_request_type:1|m';
const userEvent = 'stasis.message.ast_multi_user_event_type:1|m';
const asterisk = [...call(5), ...call(5000), varset, varset, 'stasis.message.ast_local_bridge_type:1|m'];

/** What a recording of so many channels, variables and so on shows. */
const shown = (channels: number, varsets: number, hangups = 0, userEvents = 0) =>
  countShown([
    ...new Array<string>(channels).fill('ChannelCreated'),
    ...new Array<string>(channels).fill('ChannelDestroyed'),
    ...new Array<string>(varsets).fill('ChannelVarset'),
    ...new Array<string>(hangups).fill('ChannelHangupRequest'),
    ...new Array<string>(userEvents).fill('ChannelUserevent'),
  ]);

const compare = (...here: string[]) => compareWithAsterisk(asterisk, here, shown(2, 2));

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
      'not shown by ARI: ast_local_bridge_type 1 there, 0 here',
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
        const counted = (wanted: string) => lines.filter((one) => one === wanted).length;
        const seen = {
          ...shown(0, counted(varset)),
          begun: counted('channels.count:+1|g'),
          ended: counted('channels.count:-1|g'),
        };
        expect(compareWithAsterisk(lines, others, seen)).toMatchObject({ isEqual: true });
        expect(compareWithAsterisk(lines, others.slice(1), seen)).toMatchObject({ isEqual: false });
      }),
    );
  });
});

describe('a comparison with an Asterisk that does what ARI does not show', () => {
  const visible = [...call(5), ...call(5000), varset, hangup, userEvent];
  const internal = [...call(77), ...call(88), varset, varset, varset, hangup];

  test('sets internal channels apart, with what is theirs', () => {
    const comparison = compareWithAsterisk([...visible, ...internal], visible, shown(2, 1, 1, 1));
    expect(comparison).toMatchObject({
      isEqual: true,
      channels: { asterisk: 12, here: 6, unaccounted: 0 },
      hidden: { internalChannels: 2, varsets: 3, hangupRequests: 1, postedUserEvents: 0 },
    });
    expect(comparisonLine(comparison)).toBe(
      'equal but for what ARI does not show: 2 internal channels with 3 varsets and 1 hangup request; ' +
        'all 6 channels.* lines accounted for, call times within 0 ms, and all 3 derivable message counts',
    );
  });

  test('sets user events posted through ARI apart', () => {
    const comparison = compareWithAsterisk(visible, [...visible, userEvent], shown(2, 1, 1, 2));
    expect(comparison).toMatchObject({ isEqual: true, hidden: { internalChannels: 0, postedUserEvents: 1 } });
    expect(comparisonLine(comparison)).toMatch(
      /^equal but for what ARI does not show: 1 user event posted through ARI; all 6 channels/,
    );
  });

  test.each([
    ['a channel that the recording shows is not here', [...call(5), varset, hangup, userEvent], shown(2, 1, 1, 1)],
    ['a channel is here that the recording does not show', [...visible, ...call(77)], shown(2, 1, 1, 1)],
    ['a variable that the recording shows is not here', visible.filter((line) => line !== varset), shown(2, 1, 1, 1)],
    [
      'a user event that the recording shows is not here',
      visible.filter((line) => line !== userEvent),
      shown(2, 1, 1, 1),
    ],
    ['a user event is here that the recording does not show', [...visible, userEvent], shown(2, 1, 1, 1)],
  ])('is not equal when %s', (_, here, seen) => {
    expect(compareWithAsterisk([...visible, ...internal], here, seen)).toMatchObject({ isEqual: false });
  });

  test.each([
    ['half a channel', ['channels.count:+1|g']],
    ['a call time', ['channels.calltime:77|ms']],
    ['variables without a channel', [varset]],
    ['hangup requests without a channel', [hangup]],
    ['a user event', [userEvent]],
    ['a hold', ['stasis.message.ast_channel_hold_type:1|m']],
    ['an unhold', ['stasis.message.ast_channel_unhold_type:1|m']],
    ['a key', ['stasis.message.ast_channel_dtmf_end_type:1|m']],
    ['a talk', ['stasis.message.ast_channel_talking_start:1|m']],
    ['a dial', ['stasis.message.ast_channel_dial_type:1|m']],
  ])('is not equal when Asterisk counts more, and no reason is known: %s', (_, more) => {
    const comparison = compareWithAsterisk([...visible, ...more], visible, shown(2, 1, 1, 1));
    expect(comparison.isEqual).toBe(false);
  });

  test('counts the lines of other modules, and names what ARI shows in part', () => {
    const snapshots = 'stasis.message.ast_channel_snapshot_type:1|m';
    const comparison = compareWithAsterisk(
      [...visible, 'endpoints.PJSIP.ann.channels:1|g', snapshots, snapshots],
      [...visible, snapshots],
      shown(2, 1, 1, 1),
    );
    expect(comparisonNotes(comparison)).toEqual([
      'shown by ARI in part: ast_channel_snapshot_type 2 there, 1 here',
      'sent by other modules of Asterisk: 1 line',
    ]);
  });
});
