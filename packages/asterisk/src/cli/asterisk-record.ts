import { existsSync } from 'node:fs';
import { isJsonObject } from '../events/ari-fields.js';
import { brokenLine, readJsonLines } from '../recordings/json-lines.js';

/**
 * Finds the metric lines that Asterisk itself sent while a recording was made: `calls.statsd.jsonl` beside
 * `calls.ari.jsonl`, either of them compressed or not.
 * @returns the file's path; `undefined` when there is none
 */
export function findAsteriskRecord(recording: string): string | undefined {
  const [, stem] = /^(.*)\.ari\.jsonl(?:\.gz)?$/.exec(recording) ?? [];
  if (stem === undefined) return undefined;
  return [`${stem}.statsd.jsonl`, `${stem}.statsd.jsonl.gz`].find((path) => existsSync(path));
}

/** Reads the metric lines. @throws RecordingError */
export async function readAsteriskRecord(path: string): Promise<string[]> {
  const lines: string[] = [];
  for await (const { number, value } of readJsonLines(path)) {
    if (!isJsonObject(value) || typeof value.line !== 'string') throw brokenLine(path, number, 'has no metric line');
    lines.push(value.line);
  }
  return lines;
}
