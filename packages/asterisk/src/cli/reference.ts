import type { CliOptions } from './arguments.js';
import { findAsteriskRecord, readAsteriskRecord } from './asterisk-record.js';
import { compareWithAsterisk } from './comparison.js';
import { readShown, type ShownByAri } from './shown-by-ari.js';
import type { JobResult } from './view.js';

/** What the received metric lines are compared with in the end. */
export interface Reference {
  /** Takes a metric line that was received. */
  add(line: string): void;
  /** @param isWhole whether the job came to its end */
  compare(isWhole: boolean): Pick<JobResult, 'comparison' | 'notCompared'>;
}

/** Reads the metric lines that Asterisk sent while the recording was made, if there are any. @throws RecordingError */
export async function openReference({ source, statsd, prefix }: CliOptions): Promise<Reference> {
  if (source.kind !== 'recording') return noReference('the events are live');
  if (statsd !== undefined) return noReference('the StatsD server does not tell what it received');
  const path = findAsteriskRecord(source.path);
  if (path === undefined) return noReference(`no .statsd.jsonl stands beside ${source.path}`);
  return new AsteriskReference(await readAsteriskRecord(path), await readShown(source.path), prefix);
}

function noReference(notCompared: string): Reference {
  return { add: () => undefined, compare: () => ({ comparison: null, notCompared }) };
}

class AsteriskReference implements Reference {
  readonly #asterisk: readonly string[];
  readonly #shown: ShownByAri;
  readonly #prefix: string;
  readonly #here: string[] = [];

  constructor(asterisk: readonly string[], shown: ShownByAri, prefix: string | undefined) {
    this.#asterisk = asterisk;
    this.#shown = shown;
    // As the StatsD client puts it: a dot at its end is not doubled.
    this.#prefix = prefix?.replace(/\.?$/, '.') ?? '';
  }

  add(line: string): void {
    this.#here.push(line.startsWith(this.#prefix) ? line.slice(this.#prefix.length) : line);
  }

  compare(isWhole: boolean): Pick<JobResult, 'comparison' | 'notCompared'> {
    if (!isWhole) return { comparison: null, notCompared: 'stopped before the end of the recording' };
    return { comparison: compareWithAsterisk(this.#asterisk, this.#here, this.#shown), notCompared: '' };
  }
}
