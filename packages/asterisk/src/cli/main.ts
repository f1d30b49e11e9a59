import { createLogUpdate } from 'log-update';
import { runCli } from './run-cli.js';
import type { Frame } from './view-terminal.js';

/** What shells take for "ended by Ctrl-C". */
const INTERRUPTED = 130;
/** One Ctrl-C may come twice within milliseconds: the terminal tells the whole group, and npm tells its child again. */
const ECHO_MS = 1000;

/**
 * Runs `stasis-channel-stats` in a process of its own: signals, streams and exit code. A second Ctrl-C ends it at once.
 *
 * @param bundledRecording what is replayed without arguments
 */
export async function main({ argv, env, stdout, stderr }: NodeJS.Process, bundledRecording: string): Promise<void> {
  const interruption = new AbortController();
  let interruptedAt = Infinity;
  const interrupt = () => {
    if (Date.now() - interruptedAt > ECHO_MS) process.exit(INTERRUPTED);
    interruptedAt = Math.min(interruptedAt, Date.now());
    interruption.abort();
  };
  // They stay on to the end: the redrawing listens too, and ends the process when it finds itself the only one who does.
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  const complain = (line: string) => stderr.write(`${line}\n`);
  const output = watchOutput(stdout, complain, interruption);

  const exitCode = await runCli(argv.slice(2), {
    write: (text) => stdout.write(text),
    complain,
    env,
    columns: stdout.columns || 80,
    // A terminal that has no lines, as some containers and `script` have, cannot be drawn on.
    openFrame: stdout.isTTY && stdout.rows > 0 ? () => openFrame(stdout) : undefined,
    useColours: stdout.isTTY && stdout.hasColors() && !env.NO_COLOR,
    signal: interruption.signal,
    bundledRecording,
  });
  process.exitCode = output.hasFailed ? 1 : exitCode;
}

/**
 * Stops the job when its output goes nowhere. Whoever read it has gone (`| head`): that is no error. A disk that is full is
 * one. Stays on: later writes fail too, some of them after the job.
 */
function watchOutput(
  stdout: NodeJS.WriteStream,
  complain: (line: string) => void,
  interruption: AbortController,
): { readonly hasFailed: boolean } {
  const output = { hasFailed: false };
  stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    interruption.abort();
    if (code === 'EPIPE' || output.hasFailed) return;
    output.hasFailed = true;
    process.exitCode = 1;
    complain(`stasis-channel-stats: cannot write the output: ${message}`);
  });
  return output;
}

function openFrame(stdout: NodeJS.WriteStream): Frame {
  const update = createLogUpdate(stdout);
  return Object.defineProperties((text: string) => update(text), {
    clear: { value: () => update.clear() },
    done: { value: () => update.done() },
    columns: { get: () => stdout.columns || 80 },
    rows: { get: () => stdout.rows },
  }) as unknown as Frame;
}
