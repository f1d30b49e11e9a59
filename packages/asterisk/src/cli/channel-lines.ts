import type { ShownByAri } from './shown-by-ari.js';

/** How the `channels.*` lines compare. */
export interface ChannelLines {
  readonly asterisk: number;
  readonly here: number;
  /** Those that have no counterpart, of either side, and are not those of internal channels. */
  readonly unaccounted: number;
  /** Whole channels that only Asterisk tells of: those that ARI hides. */
  readonly internalChannels: number;
  /** Of call times that are each other's counterparts; `null` when some of ours have none. */
  readonly largestCalltimeDifferenceMs: number | null;
}

/** ARI rounds the times of which a call time is made to 1 ms, each for itself. */
const CALLTIME_TOLERANCE_MS = 1;

const CALLTIME_LINE = /^channels\.calltime:(-?\d+)\|ms$/;
const BEGIN_LINE = 'channels.count:+1|g';
const END_LINE = 'channels.count:-1|g';

/**
 * Lines that are equal to the letter are each other's counterparts, and call times within 1 ms.
 * @param shown how many channels the recorded events show: only where all of these are here, others may be internal ones
 */
export function compareChannelLines(
  asterisk: readonly string[],
  here: readonly string[],
  shown: Pick<ShownByAri, 'begun' | 'ended'>,
): ChannelLines {
  const theirs = asterisk.filter(isChannelLine);
  const ours = here.filter(isChannelLine);
  const surplus = surplusLines(theirs, ours);
  const calltimes = matchCalltimes(calltimesOf(theirs), calltimesOf(ours));
  const unmatched =
    [...surplus.values()].reduce((sum, count) => sum + Math.abs(count), 0) + calltimes.theirs + calltimes.ours;
  const isAllShown = count(ours, BEGIN_LINE) === shown.begun && count(ours, END_LINE) === shown.ended;
  const internalChannels = isAllShown ? wholeChannels(surplus, calltimes) : 0;
  return {
    asterisk: theirs.length,
    here: ours.length,
    unaccounted: unmatched - LINES_OF_A_CHANNEL * internalChannels,
    internalChannels,
    largestCalltimeDifferenceMs: calltimes.largestDifferenceMs,
  };
}

const LINES_OF_A_CHANNEL = 3;

/** How many channels would make up for all that is missing here; 0 when something is left over, or missing there. */
function wholeChannels(surplus: ReadonlyMap<string, number>, calltimes: CalltimeMatch): number {
  const begun = surplus.get(BEGIN_LINE) ?? 0;
  const ended = surplus.get(END_LINE) ?? 0;
  const isWhole = begun > 0 && begun === ended && begun === calltimes.theirs && calltimes.ours === 0;
  return isWhole ? begun : 0;
}

/** How often more than here each line stands there; negative where it is the other way round. */
function surplusLines(theirs: readonly string[], ours: readonly string[]): Map<string, number> {
  const surplus = new Map<string, number>();
  const add = (by: number) => (line: string) => surplus.set(line, (surplus.get(line) ?? 0) + by);
  theirs.filter((line) => !CALLTIME_LINE.test(line)).forEach(add(1));
  ours.filter((line) => !CALLTIME_LINE.test(line)).forEach(add(-1));
  return surplus;
}

interface CalltimeMatch {
  /** Those that have no counterpart. */
  readonly theirs: number;
  readonly ours: number;
  /** Of those that have one; `null` when some of ours have none. */
  readonly largestDifferenceMs: number | null;
}

/** Both sorted: walks them side by side, so that one that is missing does not shift all the others. */
function matchCalltimes(theirs: readonly number[], ours: readonly number[]): CalltimeMatch {
  const unmatched = { theirs: 0, ours: 0 };
  let largest = 0;
  let their = 0;
  let our = 0;
  while (their < theirs.length && our < ours.length) {
    const difference = (theirs[their] ?? 0) - (ours[our] ?? 0);
    if (difference > CALLTIME_TOLERANCE_MS) unmatched.ours++;
    else if (difference < -CALLTIME_TOLERANCE_MS) unmatched.theirs++;
    else largest = Math.max(largest, Math.abs(difference));
    if (difference <= CALLTIME_TOLERANCE_MS) their++;
    if (difference >= -CALLTIME_TOLERANCE_MS) our++;
  }
  unmatched.theirs += theirs.length - their;
  unmatched.ours += ours.length - our;
  return { ...unmatched, largestDifferenceMs: unmatched.ours === 0 ? largest : null };
}

function calltimesOf(lines: readonly string[]): number[] {
  const matches = lines.flatMap((line) => CALLTIME_LINE.exec(line)?.[1] ?? []);
  return matches.map(Number).sort((a, b) => a - b);
}

function count(lines: readonly string[], wanted: string): number {
  return lines.filter((line) => line === wanted).length;
}

function isChannelLine(line: string): boolean {
  return line.startsWith('channels.');
}
