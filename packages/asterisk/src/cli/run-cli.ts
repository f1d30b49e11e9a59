import { InvalidArgumentError, StasisError } from '@stasis-rx/core';
import { HelpRequest, parseArguments, type CliOptions } from './arguments.js';
import { runJob } from './job.js';
import { UsageError } from './usage-error.js';
import { createJsonView } from './view-json.js';
import { createPlainView } from './view-plain.js';
import { createTerminalView, type Frame } from './view-terminal.js';
import type { JobResult, View } from './view.js';

/** What the program has of the process that it runs in. */
export interface CliProcess {
  /** Writes to standard output. */
  readonly write: (text: string) => void;
  /** Writes one line to standard error. */
  readonly complain: (line: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Width of the terminal, in characters. */
  readonly columns: number;
  /** Starts redrawing the terminal; `undefined` where there is none. */
  readonly openFrame: (() => Frame) | undefined;
  readonly useColours: boolean;
  /** Ctrl-C: the job stops, and what has been received is still counted and sent. */
  readonly signal: AbortSignal;
  readonly bundledRecording: string;
}

/**
 * The program `stasis-channel-stats`.
 * @param argv without the program itself
 * @returns the exit code
 */
export async function runCli(argv: readonly string[], process: CliProcess): Promise<number> {
  try {
    const options = parseArguments(argv, process);
    if (!(options instanceof HelpRequest)) return exitCode(await show(options, process));
    process.write(options.text);
    return 0;
  } catch (error) {
    // Anything else is a fault of the program, and wants its stack.
    if (!(error instanceof UsageError || error instanceof StasisError)) throw error;
    process.complain(`stasis-channel-stats: ${error.message}`);
    // What the libraries refuse as an argument stood on the command line.
    return error instanceof UsageError || error instanceof InvalidArgumentError ? 2 : 1;
  }
}

async function show(options: CliOptions, process: CliProcess): Promise<JobResult> {
  const view = createView(options, process);
  try {
    const result = await runJob(options, view, process.signal);
    view.end(result);
    if (result.failure !== null) process.complain(`stasis-channel-stats: ${result.failure}`);
    return result;
  } catch (error) {
    view.abandon();
    throw error;
  }
}

function createView({ json }: CliOptions, process: CliProcess): View {
  const { write, openFrame } = process;
  if (json) return createJsonView(write);
  return openFrame === undefined ? createPlainView(write) : createTerminalView(openFrame(), process);
}

function exitCode({ comparison, lostLines, failure }: JobResult): number {
  return failure !== null || comparison?.isEqual === false || lostLines > 0 ? 1 : 0;
}
