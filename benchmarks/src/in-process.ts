import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Runs a module in a fresh process.
 *
 * @param module its file name, beside this one
 * @param args its command line
 * @param nodeOptions options of Node itself
 * @returns what it sends
 * @throws Error when it fails, or sends nothing
 */
export async function inProcess(
  module: string,
  args: readonly string[],
  nodeOptions: readonly string[] = [],
): Promise<unknown> {
  const path = fileURLToPath(new URL(module, import.meta.url));
  const child = fork(path, args, { execArgv: [...nodeOptions] });
  let answer: unknown;
  child.on('message', (message) => {
    answer = message;
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  if (code !== 0 || answer === undefined)
    {throw new Error(`${module} ${args.join(' ')} ended with ${code ?? signal ?? 0}`);}
  return answer;
}
