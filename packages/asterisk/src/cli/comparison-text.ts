import { isAccounted, type Comparison, type TypeComparison } from './comparison.js';

/** What a reader has to know beside the closing line. */
export function comparisonNotes({ notDerivable, onlyHere, otherLines }: Comparison): string[] {
  const notes: string[] = [];
  const inPart = notDerivable.filter(({ type }) => type === SNAPSHOT);
  const unseen = notDerivable.filter(({ type }) => type !== SNAPSHOT);
  if (inPart.length > 0) notes.push(`shown by ARI in part: ${inPart.map(bothCounts).join(', ')}`);
  if (unseen.length > 0) notes.push(`not shown by ARI: ${unseen.map(bothCounts).join(', ')}`);
  if (onlyHere.length > 0) {
    notes.push(`not counted by Asterisk: ${onlyHere.map(({ type, here }) => `${type} ${here}`).join(', ')}`);
  }
  if (otherLines > 0) notes.push(`sent by other modules of Asterisk: ${plural(otherLines, 'line')}`);
  return notes;
}

/** Of an update of a channel ARI makes events only for what an application is told of. */
const SNAPSHOT = 'ast_channel_snapshot_type';

/** One line: whether what was received is what Asterisk sent. */
export function comparisonLine(comparison: Comparison): string {
  const parts = `${channelsText(comparison)}, and ${derivableText(comparison)}`;
  if (!comparison.isEqual) return `DIFFERENT from what Asterisk sent: ${parts}`;
  const hidden = hiddenText(comparison);
  if (hidden === '') return `equal to what Asterisk sent: ${parts}`;
  return `equal but for what ARI does not show: ${hidden}; ${parts}`;
}

function channelsText({ channels, largestCalltimeDifferenceMs }: Comparison): string {
  const { asterisk, here, unaccounted } = channels;
  if (unaccounted > 0) return `channels.* lines ${asterisk} there, ${here} here, ${unaccounted} unaccounted for`;
  return `all ${here} channels.* lines accounted for, call times within ${largestCalltimeDifferenceMs ?? 0} ms`;
}

function derivableText({ derivable, hidden }: Comparison): string {
  const different = derivable.filter((count) => !isAccounted(count, hidden.internalChannels));
  if (different.length > 0) return different.map(bothCounts).join(', ');
  return `all ${derivable.reduce((sum, { here }) => sum + here, 0)} derivable message counts`;
}

function hiddenText({ hidden }: Comparison): string {
  const { internalChannels, varsets, hangupRequests, postedUserEvents } = hidden;
  const texts: string[] = [];
  if (internalChannels > 0) {
    const theirs = `${plural(varsets, 'varset')} and ${plural(hangupRequests, 'hangup request')}`;
    texts.push(`${plural(internalChannels, 'internal channel')} with ${theirs}`);
  }
  if (postedUserEvents > 0) texts.push(`${plural(postedUserEvents, 'user event')} posted through ARI`);
  return texts.join(', ');
}

function bothCounts({ type, asterisk, here }: TypeComparison): string {
  return `${type} ${asterisk} there, ${here} here`;
}

function plural(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}
