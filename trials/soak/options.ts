import { parseArgs } from 'node:util';
import type { SoakOptions } from './soak.js';

const MESSAGES = 10_000_000;
const SECONDS = 60;
const LARGEST_SEED = 2 ** 31;

export const USAGE = `npm run soak -- [--messages N] [--seconds N] [--seed N]

  --messages N   publish at least so many messages
  --seconds N    go on for at least so long
  --seed N       repeat the random choices of another run; default: other ones each time

With neither messages nor seconds: ${MESSAGES.toLocaleString('en')} messages and ${SECONDS} seconds, whichever takes longer.
`;

/**
 * Reads the command line.
 *
 * @returns `undefined` when help is asked for
 * @throws Error when an option is unknown or its value cannot work
 */
export function readOptions(args: readonly string[]): SoakOptions | undefined {
  const string = { type: 'string' } as const;
  const options = { messages: string, seconds: string, seed: string, help: { type: 'boolean', short: 'h' } } as const;
  const { values } = parseArgs({ args: [...args], options });
  if (values.help === true) return undefined;
  const isOpen = values.messages === undefined && values.seconds === undefined;
  return {
    messages: wholeNumber('messages', values.messages) ?? (isOpen ? MESSAGES : 0),
    seconds: wholeNumber('seconds', values.seconds) ?? (isOpen ? SECONDS : 0),
    seed: wholeNumber('seed', values.seed) ?? Math.floor(Math.random() * LARGEST_SEED),
  };
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,12}$/.test(text)) throw new Error(`expected --${name} to be a whole number, got ${text}`);
  return Number(text);
}
