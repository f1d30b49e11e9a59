import type { Comparison, TypeComparison } from './comparison.js';

/** What a reader has to know beside the closing line. */
export function comparisonNotes({ notDerivable, onlyHere }: Comparison): string[] {
  const notes: string[] = [];
  if (notDerivable.length > 0) notes.push(`not derivable from ARI: ${notDerivable.map(bothCounts).join(', ')}`);
  if (onlyHere.length > 0) {
    notes.push(`not counted by Asterisk: ${onlyHere.map(({ type, here }) => `${type} ${here}`).join(', ')}`);
  }
  return notes;
}

/** One line: whether what was received is what Asterisk sent. */
export function comparisonLine(comparison: Comparison): string {
  const parts = `${channelsText(comparison)}, and ${derivableText(comparison)}`;
  return comparison.isEqual ? `equal to what Asterisk sent: ${parts}` : `DIFFERENT from what Asterisk sent: ${parts}`;
}

function channelsText({ channels, largestCalltimeDifferenceMs }: Comparison): string {
  const { asterisk, here, unaccounted } = channels;
  if (unaccounted > 0) return `channels.* lines ${asterisk} there, ${here} here, ${unaccounted} unaccounted for`;
  return `all ${here} channels.* lines accounted for, call times within ${largestCalltimeDifferenceMs ?? 0} ms`;
}

function derivableText({ derivable }: Comparison): string {
  const different = derivable.filter(({ asterisk, here }) => asterisk !== here);
  if (different.length > 0) return different.map(bothCounts).join(', ');
  return `all ${derivable.reduce((sum, { here }) => sum + here, 0)} derivable message counts`;
}

function bothCounts({ type, asterisk, here }: TypeComparison): string {
  return `${type} ${asterisk} there, ${here} here`;
}
