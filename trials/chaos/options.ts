import { parseArgs } from 'node:util';

/** How large the trial is. */
export interface ChaosOptions {
  /** Processes. */
  readonly members: number;
  /** Messages that each of them publishes. */
  readonly messages: number;
  /** Whether the stream is left alone: it is neither deleted nor purged. */
  readonly keepsStream: boolean;
}

/**
 * Reads the command line.
 *
 * @throws Error when an option is unknown or its value cannot work
 */
export function readOptions(args: readonly string[]): ChaosOptions {
  const string = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { members: string, messages: string, 'keep-stream': { type: 'boolean' } },
  });
  return {
    members: wholeNumber('members', values.members, 2) ?? 12,
    messages: wholeNumber('messages', values.messages, 1) ?? 10_000,
    keepsStream: values['keep-stream'] === true,
  };
}

function wholeNumber(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text);
  throw new Error(`expected --${name} to be a whole number of at least ${least}, got ${text}`);
}
