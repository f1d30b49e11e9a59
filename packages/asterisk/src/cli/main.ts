import { createLogUpdate } from 'log-update';
import { runCli } from './run-cli.js';

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
  // Whoever read the output has gone (`| head`): nobody is left to show anything to. Stays on: later writes fail too.
  stdout.on('error', () => interruption.abort());

  process.exitCode = await runCli(argv.slice(2), {
    write: (text) => stdout.write(text),
    complain: (line) => stderr.write(`${line}\n`),
    env,
    columns: stdout.columns || 80,
    openFrame: stdout.isTTY ? () => createLogUpdate(stdout) : undefined,
    useColours: stdout.isTTY && stdout.hasColors() && !env.NO_COLOR,
    signal: interruption.signal,
    bundledRecording,
  });
}
