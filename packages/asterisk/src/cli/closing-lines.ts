import { comparisonLine, comparisonNotes } from './comparison-text.js';
import { formatDuration, formatNumber } from './metric-rows.js';
import type { JobResult } from './view.js';

/** What a person reads at the end; the comparison comes last. */
export function closingLines(result: JobResult): string[] {
  return [summary(result), ...result.problems, ...verdict(result)];
}

function summary({ wasInterrupted, failure, events, skipped, sentLines, lostLines, elapsedMs }: JobResult): string {
  const how = failure !== null ? 'failed' : wasInterrupted ? 'stopped' : 'done';
  const outcome = `${how} after ${formatDuration(elapsedMs)}`;
  const skippedText = skipped === 0 ? '' : ` (${formatNumber(skipped)} more were unknown or broken)`;
  const lostText = lostLines === 0 ? '' : `, ${formatNumber(lostLines)} LOST`;
  return `${outcome}: ${formatNumber(events)} events${skippedText}, ${formatNumber(sentLines)} metric lines sent${lostText}`;
}

function verdict({ comparison, notCompared }: JobResult): string[] {
  if (comparison === null) return [`not compared with Asterisk: ${notCompared}`];
  return [...comparisonNotes(comparison), comparisonLine(comparison)];
}
