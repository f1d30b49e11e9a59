import { compareChannelLines } from './channel-lines.js';
import type { ShownByAri } from './shown-by-ari.js';

/** How metric lines compare with those that Asterisk sent at the time. Plain JSON. */
export interface Comparison {
  /** Whether everything is equal that can be. */
  readonly isEqual: boolean;
  /** The `channels.*` lines, call times included. */
  readonly channels: CountComparison & {
    /** Those that have no counterpart, of Asterisk's lines and of ours, and are not those of internal channels. */
    readonly unaccounted: number;
  };
  /** The largest difference of two call times that are each other's counterparts, in milliseconds; `null` when some of ours have none. */
  readonly largestCalltimeDifferenceMs: number | null;
  /** How often each message type was counted that ARI tells of in full. */
  readonly derivable: readonly DerivableComparison[];
  /** What must differ, since ARI does not show it. */
  readonly hidden: HiddenFromAri;
  /** The types that ARI tells of in part or not at all; their counts need not be equal. */
  readonly notDerivable: readonly TypeComparison[];
  /** The types that Asterisk counts elsewhere, or not at all. */
  readonly onlyHere: readonly TypeComparison[];
  /** How many of Asterisk's lines came from other modules of it than the channel statistics. */
  readonly otherLines: number;
}

/** What Asterisk's own module counts and ARI hides, or the other way round. */
export interface HiddenFromAri {
  /**
   * Channels that Asterisk makes for itself, to play to a conference or to record it: ARI hides them. They show as whole
   * channels, each with its beginning, its end and its call time.
   */
  readonly internalChannels: number;
  /** Variables set on these. */
  readonly varsets: number;
  /** Hangup requests for these. */
  readonly hangupRequests: number;
  /** User events posted through ARI: they go to the application alone, so Asterisk's module does not count them. */
  readonly postedUserEvents: number;
}

export interface CountComparison {
  readonly asterisk: number;
  readonly here: number;
}

export interface TypeComparison extends CountComparison {
  readonly type: string;
}

/** Of a type that ARI shows in full. */
export interface DerivableComparison extends TypeComparison {
  /** How many events of the recording tell of it: so many must have been counted here. */
  readonly shown: number;
}

const VARSET = 'ast_channel_varset_type';
const HANGUP_REQUEST = 'ast_channel_hangup_request_type';
const USER_EVENT = 'ast_multi_user_event_type';

const COUNT_LINE = /^stasis\.message\.(.+):1\|m$/;

/**
 * Compares metric lines with Asterisk's: `channels.*` as a multiset, call times sorted and each within 1 ms, and the
 * counts of the messages that ARI tells of in full. What is made here must be all that ARI shows; where that is less than
 * Asterisk counts, for a reason that is known, it is set apart.
 *
 * @param shown what the recorded events show
 */
export function compareWithAsterisk(
  asterisk: readonly string[],
  here: readonly string[],
  shown: ShownByAri,
): Comparison {
  const { internalChannels, largestCalltimeDifferenceMs, ...channels } = compareChannelLines(asterisk, here, shown);
  const types = compareTypes(asterisk, here, shown);
  const derivable = types.flatMap((count) => withShown(count, shown));
  const others = types.filter(({ type }) => !shown.counts.has(type));
  return {
    isEqual: channels.unaccounted === 0 && derivable.every((count) => isAccounted(count, internalChannels)),
    channels,
    largestCalltimeDifferenceMs,
    derivable,
    hidden: hiddenIn(derivable, internalChannels),
    notDerivable: others.filter((count) => count.asterisk > 0),
    onlyHere: others.filter((count) => count.asterisk === 0),
    otherLines: asterisk.filter((line) => !/^(channels|stasis)\./.test(line)).length,
  };
}

/** Whether all that ARI shows was counted, and all that Asterisk counted besides has a reason. */
export function isAccounted({ type, asterisk, shown, here }: DerivableComparison, internalChannels: number): boolean {
  if (here !== shown) return false;
  if (type === USER_EVENT) return shown >= asterisk;
  const mayBeHidden = internalChannels > 0 && (type === VARSET || type === HANGUP_REQUEST);
  return mayBeHidden ? shown <= asterisk : shown === asterisk;
}

function hiddenIn(derivable: readonly DerivableComparison[], internalChannels: number): HiddenFromAri {
  const unseen = (type: string) => {
    const { asterisk = 0, shown = 0 } = derivable.find((count) => count.type === type) ?? {};
    return asterisk - shown;
  };
  return {
    internalChannels,
    varsets: internalChannels === 0 ? 0 : Math.max(0, unseen(VARSET)),
    hangupRequests: internalChannels === 0 ? 0 : Math.max(0, unseen(HANGUP_REQUEST)),
    postedUserEvents: Math.max(0, -unseen(USER_EVENT)),
  };
}

function withShown(count: TypeComparison, { counts }: ShownByAri): DerivableComparison[] {
  const shown = counts.get(count.type);
  return shown === undefined ? [] : [{ ...count, shown }];
}

function compareTypes(asterisk: readonly string[], here: readonly string[], { counts }: ShownByAri): TypeComparison[] {
  const theirs = countTypes(asterisk);
  const ours = countTypes(here);
  const types = [...new Set([...counts.keys(), ...theirs.keys(), ...ours.keys()])];
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
