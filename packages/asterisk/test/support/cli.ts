import { runCli, type CliProcess } from '../../src/cli/run-cli.js';
import { recording } from './recordings.js';

/** What a run of the program did. */
export interface CliRun {
  readonly exitCode: number;
  readonly output: string;
  readonly complaints: readonly string[];
}

/** Runs the program in this process, without a terminal unless told otherwise. */
export async function cli(argv: readonly string[], process: Partial<CliProcess> = {}): Promise<CliRun> {
  let output = '';
  const complaints: string[] = [];
  const exitCode = await runCli(argv, {
    write: (text) => (output += text),
    complain: (line) => complaints.push(line),
    env: {},
    columns: 80,
    openFrame: undefined,
    useColours: false,
    signal: new AbortController().signal,
    bundledRecording: recording('calls-40.ari.jsonl.gz'),
    ...process,
  });
  return { exitCode, output, complaints };
}
