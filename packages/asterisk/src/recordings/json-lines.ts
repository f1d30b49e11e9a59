import { StasisError, describeValue } from '@stasis-rx/core';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** No event comes near: a longer line is another kind of file, and is not gathered in memory. */
const MAX_LINE_LENGTH = 16 * 1024 * 1024;

/** A recording that cannot be read. Code `RECORDING_UNREADABLE`: the file; `BROKEN_RECORDING`: a line of it. */
export class RecordingError extends StasisError {
  /** Whether it is the file or a line of it. */
  declare readonly code: 'RECORDING_UNREADABLE' | 'BROKEN_RECORDING';
}

/** One line of a file, parsed. */
export interface JsonLine {
  /** Counted from 1. */
  readonly number: number;
  readonly value: unknown;
}

/**
 * Reads a file of one JSON value a line, as a stream. Empty lines are passed over.
 *
 * @param path decompressed with gzip when it ends in `.gz`
 * @throws RecordingError while iterating, with the line's number where there is one
 */
export async function* readJsonLines(path: string): AsyncGenerator<JsonLine, void, undefined> {
  let number = 0;
  for await (const lines of readLines(path)) {
    for (const line of lines) {
      number++;
      if (line.trim() !== '') yield { number, value: parseLine(line, number, path) };
    }
  }
}

/** The error for a line that is JSON, but not what was expected. */
export function brokenLine(path: string, number: number, what: string, cause?: unknown): RecordingError {
  return new RecordingError('BROKEN_RECORDING', `[asterisk] line ${number} of ${path} ${what}.`, { cause });
}

/** Gives as many lines at once as there are: to wait for each would cost more than to read it. */
async function* readLines(path: string): AsyncGenerator<string[], void, undefined> {
  let rest = '';
  for await (const chunk of readText(path)) {
    const [end = '', ...lines] = chunk.split('\n');
    rest += end;
    if (rest.length > MAX_LINE_LENGTH) {
      throw new RecordingError(
        'BROKEN_RECORDING',
        `[asterisk] ${path} has a line of more than ${MAX_LINE_LENGTH} characters.`,
      );
    }
    const next = lines.pop();
    if (next === undefined) continue;
    yield [rest, ...lines];
    rest = next;
  }
  if (rest !== '') yield [rest];
}

async function* readText(path: string): AsyncGenerator<string, void, undefined> {
  const file = createReadStream(path);
  // The callback is what makes the pipeline swallow nothing: errors of the file end the stream that is read here.
  const bytes = path.endsWith('.gz') ? pipeline(file, createGunzip(), () => undefined) : file;
  bytes.setEncoding('utf8');
  try {
    yield* bytes as AsyncIterable<string>;
  } catch (error) {
    throw new RecordingError('RECORDING_UNREADABLE', `[asterisk] cannot read ${path}: ${reason(error)}.`, {
      cause: error,
    });
  }
}

function parseLine(line: string, number: number, path: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw brokenLine(path, number, `is not JSON: ${describeValue(line)}`, error);
  }
}

function reason(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a directory';
  return message;
}
