/** How metric lines compare with those that Asterisk sent at the time. Plain JSON. */
export interface Comparison {
  /** Whether everything is equal that can be. */
  readonly isEqual: boolean;
  /** The `channels.*` lines, call times included. */
  readonly channels: CountComparison & {
    /** Those that have no counterpart: of Asterisk's lines and of ours. */
    readonly unaccounted: number;
  };
  /** The call times, sorted: the largest difference of any two of one rank, in milliseconds; `null` when their numbers differ. */
  readonly largestCalltimeDifferenceMs: number | null;
  /** How often each message type was counted that ARI tells of in full. */
  readonly derivable: readonly TypeComparison[];
  /** The types that ARI tells of in part or not at all; their counts need not be equal. */
  readonly notDerivable: readonly TypeComparison[];
  /** The types that Asterisk counts elsewhere, or not at all. */
  readonly onlyHere: readonly TypeComparison[];
}

export interface CountComparison {
  readonly asterisk: number;
  readonly here: number;
}

export interface TypeComparison extends CountComparison {
  readonly type: string;
}

/** The message types that ARI shows in full, one event for each message. */
const DERIVABLE_TYPES = [
  'ast_channel_varset_type',
  'ast_channel_dial_type',
  'ast_channel_hangup_request_type',
  'ast_multi_user_event_type',
];

/** ARI rounds the times of which a call time is made to 1 ms, each for itself. */
const CALLTIME_TOLERANCE_MS = 1;

const COUNT_LINE = /^stasis\.message\.(.+):1\|m$/;
const CALLTIME_LINE = /^channels\.calltime:(-?\d+)\|ms$/;

/**
 * Compares metric lines with Asterisk's: `channels.*` as a multiset, call times sorted and each within 1 ms, and the
 * counts of the messages that ARI tells of in full.
 */
export function compareWithAsterisk(asterisk: readonly string[], here: readonly string[]): Comparison {
  const channels = compareChannels(asterisk, here);
  const types = compareTypes(asterisk, here);
  const derivable = types.filter(({ type }) => DERIVABLE_TYPES.includes(type));
  const others = types.filter(({ type }) => !DERIVABLE_TYPES.includes(type));
  return {
    isEqual: channels.unaccounted === 0 && derivable.every((count) => count.asterisk === count.here),
    channels,
    largestCalltimeDifferenceMs: largestDifference(calltimes(asterisk), calltimes(here)),
    derivable,
    notDerivable: others.filter((count) => count.asterisk > 0),
    onlyHere: others.filter((count) => count.asterisk === 0),
  };
}

function compareChannels(asterisk: readonly string[], here: readonly string[]): Comparison['channels'] {
  const theirs = asterisk.filter(isChannelLine);
  const ours = here.filter(isChannelLine);
  return {
    asterisk: theirs.length,
    here: ours.length,
    unaccounted: unmatchedLines(theirs, ours) + unmatchedCalltimes(calltimes(theirs), calltimes(ours)),
  };
}

/** Lines that are equal to the letter cancel out; call times are matched by {@link unmatchedCalltimes}. */
function unmatchedLines(theirs: readonly string[], ours: readonly string[]): number {
  const surplus = new Map<string, number>();
  const add = (by: number) => (line: string) => surplus.set(line, (surplus.get(line) ?? 0) + by);
  theirs.filter((line) => !CALLTIME_LINE.test(line)).forEach(add(1));
  ours.filter((line) => !CALLTIME_LINE.test(line)).forEach(add(-1));
  return [...surplus.values()].reduce((sum, count) => sum + Math.abs(count), 0);
}

/** Both sorted: walks them side by side, so that one that is missing does not shift all the others. */
function unmatchedCalltimes(theirs: readonly number[], ours: readonly number[]): number {
  let unmatched = 0;
  let their = 0;
  let our = 0;
  while (their < theirs.length && our < ours.length) {
    const difference = (theirs[their] ?? 0) - (ours[our] ?? 0);
    if (Math.abs(difference) > CALLTIME_TOLERANCE_MS) unmatched++;
    if (difference <= CALLTIME_TOLERANCE_MS) their++;
    if (difference >= -CALLTIME_TOLERANCE_MS) our++;
  }
  return unmatched + (theirs.length - their) + (ours.length - our);
}

function largestDifference(theirs: readonly number[], ours: readonly number[]): number | null {
  if (theirs.length !== ours.length) return null;
  return theirs.reduce((largest, ms, rank) => Math.max(largest, Math.abs(ms - (ours[rank] ?? NaN))), 0);
}

function calltimes(lines: readonly string[]): number[] {
  const matches = lines.flatMap((line) => CALLTIME_LINE.exec(line)?.[1] ?? []);
  return matches.map(Number).sort((a, b) => a - b);
}

function compareTypes(asterisk: readonly string[], here: readonly string[]): TypeComparison[] {
  const theirs = countTypes(asterisk);
  const ours = countTypes(here);
  const types = [...new Set([...DERIVABLE_TYPES, ...theirs.keys(), ...ours.keys()])];
  return types.map((type) => ({ type, asterisk: theirs.get(type) ?? 0, here: ours.get(type) ?? 0 }));
}

function countTypes(lines: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const type = COUNT_LINE.exec(line)?.[1];
    if (type !== undefined) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return counts;
}

function isChannelLine(line: string): boolean {
  return line.startsWith('channels.');
}
