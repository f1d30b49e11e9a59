import type { RecordedEvent } from '@stasis-rx/asterisk';

/** What can be played. */
export interface Recording {
  readonly name: string;
  /** From the first event to the last one; `null` when there is no last one. */
  readonly durationMs: number | null;
  /** The events in the order of their time, from the first one on, at each call. */
  events(): Iterable<RecordedEvent>;
}

/** A recording that cannot be loaded; its message is for the supervisor. */
export class RecordingProblem extends Error {}

/**
 * Loads a recording: one JSON object a line, with `at` and `event`; compressed with gzip or not.
 *
 * @throws RecordingProblem when there is none at the address, or it is something else
 */
export async function loadRecording(name: string, url: string, fetch: typeof globalThis.fetch): Promise<Recording> {
  const lines = (await textOf(await download(url, fetch))).split('\n').filter((line) => line !== '');
  const times = [lines.at(0), lines.at(-1)].map((line) => parseLine(line ?? '')?.at);
  const [first, last] = times;
  if (first === undefined || last === undefined) throw new RecordingProblem(`${url} is no recording of ARI events.`);
  return { name, durationMs: last - first, events: () => parseLines(lines) };
}

async function download(url: string, fetch: typeof globalThis.fetch): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(url).catch(() => undefined);
  if (response === undefined) throw new RecordingProblem(`${url} cannot be reached.`);
  if (!response.ok) throw new RecordingProblem(`${url} cannot be loaded: HTTP ${response.status}.`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Some servers say that a `.gz` file is encoded with gzip, and it comes unpacked: the bytes themselves tell. */
async function textOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const stream = new Blob([bytes]).stream();
  return new Response(isGzip ? stream.pipeThrough(new DecompressionStream('gzip')) : stream).text();
}

/** Line by line, as they are played: a long recording would hold the page up. */
function* parseLines(lines: readonly string[]): Generator<RecordedEvent> {
  for (const line of lines) {
    const recorded = parseLine(line);
    if (recorded !== undefined) yield recorded;
  }
}

/** @returns nothing for a line that is no recorded event */
function parseLine(line: string): RecordedEvent | undefined {
  try {
    const recorded = JSON.parse(line) as Partial<RecordedEvent> | null;
    return Number.isFinite(recorded?.at) ? (recorded as RecordedEvent) : undefined;
  } catch {
    return undefined;
  }
}
