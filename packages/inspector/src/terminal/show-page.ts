import { StasisError } from '@stasis-rx/core';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { readRecordingText, UnreadableRecording } from '../model/recording/read-recording.js';
import { serveRecording } from '../serve/serve-recording.js';
import type { CommandLine } from './command-line.js';
import type { Connection } from './connection.js';
import { recordedConnection } from './recorded-connection.js';
import { jsonLine, plainText } from './plain-text.js';
import { TerminalError } from './terminal-error.js';
import type { Terminal } from './terminal.js';

/** Says where the page of a running process is, if there is one. */
export async function showPageOf(connection: Connection, line: CommandLine, { write }: Terminal): Promise<void> {
  for await (const report of connection.reports()) {
    if (report.is !== 'hello') continue;
    const { name } = report.bus;
    write(line.json ? jsonLine({ bus: name, url: line.target }) : `Bus ${plainText(name)}: ${line.target}\n`);
    return;
  }
}

/** Serves a recording until Ctrl-C, and says where. */
export async function servePage(line: CommandLine, { write, signal }: Terminal): Promise<void> {
  const text = await readRecordingFile(line.target);
  await using served = await serve(text, line);
  const { url } = served;
  write(line.json ? jsonLine({ url }) : `Recording ${plainText(line.target)}: ${url}\nCtrl-C ends it.\n`);
  await untilAborted(signal);
}

/** Looks at a recording as at a bus. */
export async function openRecording({ target }: CommandLine): Promise<Connection> {
  try {
    return recordedConnection(readRecordingText(await readRecordingFile(target)));
  } catch (error) {
    if (!(error instanceof UnreadableRecording)) throw error;
    throw new TerminalError(`${target}: ${error.message}`);
  }
}

async function serve(text: string, { target, port }: CommandLine): ReturnType<typeof serveRecording> {
  try {
    return await serveRecording(text, { port });
  } catch (error) {
    if (!(error instanceof StasisError)) throw error;
    throw new TerminalError(`${target}: ${error.message.replace(/^\[inspector\] (serveRecording\(\): )?/, '')}`);
  }
}

async function readRecordingFile(path: string): Promise<string> {
  try {
    const bytes = await readFile(path);
    return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new TerminalError(`cannot read ${path}: ${code === 'ENOENT' ? 'there is no such file' : message}`);
  }
}

/** Keeps the process alive: a server does not. */
function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const alive = setInterval(() => undefined, 2 ** 30);
    const end = (): void => {
      clearInterval(alive);
      resolve();
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
