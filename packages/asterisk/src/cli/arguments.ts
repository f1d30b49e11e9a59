import { CommanderError } from 'commander';
import { API_KEY_VARIABLE, describeCommand, type Flags } from './command.js';
import type { HostAndPort } from './host-and-port.js';
import { UsageError } from './usage-error.js';

/** What the program was asked to do. */
export interface CliOptions {
  readonly source: RecordingSource | LiveSource;
  /** `undefined`: a receiver of our own, in this process. */
  readonly statsd: HostAndPort | undefined;
  readonly prefix: string | undefined;
  readonly json: boolean;
}

export interface RecordingSource {
  readonly kind: 'recording';
  readonly path: string;
  /** 0: as fast as possible. */
  readonly speed: number;
}

export interface LiveSource {
  readonly kind: 'ari';
  readonly url: string;
  readonly app: string;
  readonly apiKey: string;
}

/** What the meaning of a command line depends on. */
export interface ArgumentContext {
  /** Replayed when no source is given. */
  readonly bundledRecording: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Width of the help, in characters. */
  readonly columns: number;
}

/** Asked for with `--help`: the text to print instead of doing anything. */
export class HelpRequest {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * Reads the command line.
 * @param argv without the program itself
 * @throws UsageError when it cannot work; it never shows an API key
 */
export function parseArguments(argv: readonly string[], context: ArgumentContext): CliOptions | HelpRequest {
  let help = '';
  const command = describeCommand().configureOutput({
    writeOut: (text) => (help += text),
    outputError: () => undefined,
    getOutHelpWidth: () => context.columns,
  });
  try {
    command.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed') return new HelpRequest(help);
    throw usage(error.message.replace(/^error: /, '').replaceAll('\n', ' '));
  }
  return toOptions(command.opts<Flags>(), context);
}

function toOptions(flags: Flags, context: ArgumentContext): CliOptions {
  const { ari, statsd, prefix, json = false } = flags;
  const source = ari === undefined ? toRecordingSource(flags, context) : toLiveSource(ari, flags, context);
  return { source, statsd, prefix, json };
}

function toRecordingSource({ recording, speed = 10, app, apiKey }: Flags, context: ArgumentContext): RecordingSource {
  if (app !== undefined) throw usage("option '--app <name>' needs '--ari <url>'");
  if (apiKey !== undefined) throw usage("option '--api-key <user:password>' needs '--ari <url>'");
  return { kind: 'recording', path: recording ?? context.bundledRecording, speed };
}

function toLiveSource(url: string, { app, apiKey: given }: Flags, { env }: ArgumentContext): LiveSource {
  const apiKey = given ?? env[API_KEY_VARIABLE];
  if (app === undefined) throw usage("option '--ari <url>' needs '--app <name>'");
  if (apiKey === undefined) {
    throw usage(`option '--ari <url>' needs '--api-key <user:password>' or ${API_KEY_VARIABLE}`);
  }
  return { kind: 'ari', url, app, apiKey };
}

function usage(message: string): UsageError {
  return new UsageError(`${message} (see --help)`);
}
