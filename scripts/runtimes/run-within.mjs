import { spawn } from 'node:child_process';

/** How long a program may take, in milliseconds. */
const PATIENCE_MS = 60_000;
const INTERRUPTIONS = /** @type {const} */ (['SIGINT', 'SIGTERM']);

/**
 * Runs a program to its end. One that hangs is ended, with all that it has started; so it is when this process is.
 *
 * @param {string} program its path
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} place
 * @returns {Promise<{ stdout: string, output: string, failure: string | undefined, seconds: number }>} `output` has standard
 *   error too; `failure` says why it did not end well
 */
export async function runWithin(program, args, { cwd, env }) {
  const startedAt = performance.now();
  // A group of its own: a runner that is killed would leave the processes of its tests behind.
  const isGroup = process.platform !== 'win32';
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: isGroup });
  const kill = () => (isGroup && child.pid !== undefined ? process.kill(-child.pid, 'SIGKILL') : child.kill('SIGKILL'));
  const interrupt = () => {
    kill();
    process.exit(1);
  };
  for (const signal of INTERRUPTIONS) process.once(signal, interrupt);

  let [stdout, output] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => (output += text));
  let hasHung = false;
  const patience = setTimeout(() => {
    hasHung = true;
    kill();
  }, PATIENCE_MS);
  const end = await new Promise((resolve) => {
    child.once('error', ({ message }) => resolve(message));
    child.once('close', (code, signal) => resolve(code === 0 ? undefined : `it ended with ${code ?? signal}`));
  });
  clearTimeout(patience);
  for (const signal of INTERRUPTIONS) process.off(signal, interrupt);

  const failure = hasHung ? `it had not ended after ${PATIENCE_MS / 1000} s, and was ended` : end;
  return { stdout, output, failure, seconds: (performance.now() - startedAt) / 1000 };
}
