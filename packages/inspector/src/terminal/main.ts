import { createLogUpdate } from 'log-update';
import { runInspect } from './run-inspect.js';
import type { Frame } from './terminal.js';

/** What shells take for "ended by Ctrl-C". */
const INTERRUPTED = 130;
/** One Ctrl-C may come twice within milliseconds: the terminal tells the whole group, and npm tells its child again. */
const ECHO_MS = 1000;

/** Runs `stasis-inspect` in a process of its own: signals, streams and exit code. A second Ctrl-C ends it at once. */
export async function main({ argv, stdout, stderr }: NodeJS.Process): Promise<void> {
  const interruption = new AbortController();
  let interruptedAt = Infinity;
  const interrupt = (): void => {
    if (Date.now() - interruptedAt > ECHO_MS) process.exit(INTERRUPTED);
    interruptedAt = Math.min(interruptedAt, Date.now());
    interruption.abort();
  };
  // They stay on to the end: the redrawing listens too, and ends the process when it finds itself the only one who does.
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  const complain = (line: string): void => void stderr.write(`${line}\n`);
  const output = { hasFailed: false };
  // Whoever read it has gone (`| head`): that is no error. A disk that is full is one.
  stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    interruption.abort();
    if (code === 'EPIPE' || output.hasFailed) return;
    output.hasFailed = true;
    complain(`stasis-inspect: cannot write the output: ${message}`);
  });
  // A terminal that has no lines, as some containers and `script` have, cannot be drawn on.
  const isTerminal = stdout.isTTY && stdout.rows > 0;
  const exitCode = await runInspect(argv.slice(2), {
    write: (text) => void stdout.write(text),
    complain,
    columns: isTerminal ? stdout.columns : Infinity,
    openFrame: isTerminal ? () => openFrame(stdout) : undefined,
    signal: interruption.signal,
  });
  process.exitCode = output.hasFailed ? 1 : exitCode;
}

function openFrame(stdout: NodeJS.WriteStream): Frame {
  const update = createLogUpdate(stdout);
  return Object.defineProperties((text: string) => update(text), {
    done: { value: () => update.done() },
    columns: { get: () => stdout.columns },
    rows: { get: () => stdout.rows },
  }) as unknown as Frame;
}
