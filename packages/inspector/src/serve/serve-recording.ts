import { assert } from '../ground/assert.js';
import { systemClock } from '../ground/clock.js';
import { limitsOf } from '../ground/limits.js';
import type { RecordedLine } from '../protocol/recorded.js';
import { readRecording } from '../recording/read-recording.js';
import { openRecordedSession, type Recorded } from '../session/recorded-session.js';
import { listen } from './listen.js';
import { loadPage } from './load-page.js';
import { assertListenOptions, type ListenOptions } from './serve-options.js';
import { served, type ServedInspector } from './served-inspector.js';

/**
 * Serves a recording as `serveInspector` serves a bus: the same page, on what has been. For Node.
 *
 * @param text what `recording.toJSONLines()` has written
 * @returns resolves when it listens
 * @throws InvalidArgumentError (rejects) when an argument or option cannot work
 * @throws StasisError (rejects) with code `BROKEN_RECORDING` or `CANNOT_LISTEN`
 */
export async function serveRecording(text: string, options: ListenOptions = {}): Promise<ServedInspector> {
  const call = '[inspector] serveRecording()';
  assert(typeof text === 'string', call, 'text to be a string', text);
  assertListenOptions(call, options);
  const lines: RecordedLine[] = [];
  for await (const line of readRecording(text)) lines.push(line);
  const recorded: Recorded = { lines, limits: limitsOf(call), clock: systemClock };
  const { server, url } = await listen('serveRecording', options, await loadPage());
  server.open((carrier, whenClosed) => openRecordedSession(recorded, carrier, whenClosed));
  return served(server, url, () => undefined);
}
