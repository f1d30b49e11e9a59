import { HelpRequest, parseCommandLine, type CommandLine } from './command-line.js';
import { connectInspector, type Connection } from './connection.js';
import { showListing } from './show-listing.js';
import { showLog } from './show-log.js';
import { openRecording, servePage, showPageOf } from './show-page.js';
import { showTop } from './show-top.js';
import type { Terminal } from './terminal.js';
import { TerminalError } from './terminal-error.js';

/**
 * The program `stasis-inspect`.
 * @param argv without the program itself
 * @returns the exit code
 */
export async function runInspect(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const line = parseCommandLine(argv, Math.min(terminal.columns, 100));
    if (line instanceof HelpRequest) terminal.write(line.text);
    else await run(line, terminal);
    return 0;
  } catch (error) {
    // Anything else is a fault of the program, and wants its stack.
    if (!(error instanceof TerminalError)) throw error;
    if (terminal.signal.aborted) return 0;
    terminal.complain(`stasis-inspect: ${error.message}`);
    return error.exitCode;
  }
}

async function run(line: CommandLine, terminal: Terminal): Promise<void> {
  const isFile = !isAddress(line.target);
  if (isFile && line.subject === 'page') return servePage(line, terminal);
  if (isFile && line.subject === 'top') throw new TerminalError('a recording has no top: take subscriptions', 2);
  const connection = isFile ? await openRecording(line) : await connectInspector(line.target, terminal.signal);
  try {
    await show(connection, { ...line, all: line.all || isFile }, terminal);
  } finally {
    connection.close();
  }
}

function show(connection: Connection, line: CommandLine, terminal: Terminal): Promise<void> {
  const { subject } = line;
  if (subject === 'page') return showPageOf(connection, line, terminal);
  if (subject === 'top') return showTop(connection, line, terminal);
  if (subject === 'log') return showLog(connection, line, terminal);
  return showListing(connection, subject, line, terminal);
}

function isAddress(target: string): boolean {
  return /^https?:\/\//i.test(target) && URL.canParse(target);
}
