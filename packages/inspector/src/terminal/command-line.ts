import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { TerminalError } from './terminal-error.js';

/** What can be asked for; without any of it, the page. */
export const SUBJECTS = ['top', 'topics', 'topic', 'subscriptions', 'types', 'log'] as const;

/** What the program was asked to do. */
export interface CommandLine {
  /** The address of an inspector, or the path of a recording. */
  readonly target: string;
  readonly subject: (typeof SUBJECTS)[number] | 'page';
  /** The topic that is asked about. */
  readonly name: string | undefined;
  readonly type: string;
  readonly topic: string;
  readonly subscription: string;
  readonly text: string;
  /** Whether the log begins with what is kept. */
  readonly all: boolean;
  readonly json: boolean;
  readonly intervalMs: number;
  /** How often `top` shows its table; `Infinity` until it is stopped. */
  readonly times: number;
  readonly port: number;
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
 * @throws TerminalError when it cannot work
 */
export function parseCommandLine(argv: readonly string[], columns: number): CommandLine | HelpRequest {
  let help = '';
  const command = describe().configureOutput({
    writeOut: (text) => (help += text),
    outputError: () => undefined,
    getOutHelpWidth: () => columns,
  });
  try {
    command.parse(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.helpDisplayed') return new HelpRequest(help);
    throw usage(error.message.replace(/^error: /, '').replaceAll('\n', ' '));
  }
  return read(command);
}

interface Flags {
  readonly type?: string;
  readonly topic?: string;
  readonly subscription?: string;
  readonly text?: string;
  readonly all?: true;
  readonly json?: true;
  readonly interval?: number;
  readonly times?: number;
  readonly port?: number;
}

function describe(): Command {
  return new Command('stasis-inspect')
    .description('Shows what goes on in a Stasis bus, or what went on in one: in a page, or here.')
    .argument('<url|file>', 'the address that serveInspector() gives, or a recording (.jsonl)')
    .argument('[subject]', `${SUBJECTS.join(', ')}; without one, the address of the page`)
    .argument('[name]', 'of the topic that is asked about')
    .argument('[more]')
    .exitOverride()
    .option('--type <name>', 'only message types with that in their names')
    .option('--topic <name>', 'only topics with that in their names')
    .option('--subscription <id>', 'only subscriptions with that in their names or ids')
    .option('--text <text>', 'log: only messages with that in their data')
    .option('--all', 'log: what is kept first, not only what comes')
    .option('--json', 'one JSON object a line, for machines')
    .option('--interval <seconds>', 'top: between two tables, at least 0.1 (default: 1)', toSeconds)
    .option('--times <n>', 'top: so many tables (default: until Ctrl-C)', toCount)
    .option('--port <n>', 'FILE: where the page is served (default: a free one)', toCount)
    .addHelpText('after', HELP_END);
}

const HELP_END = `
As in Asterisk, "show" may stand before the subject: stasis-inspect URL show topics.
Without a terminal the output is plain lines. Ctrl-C stops.

Exit code: 0 done, or stopped with Ctrl-C; 1 failed, or the connection was lost;
2 the command line cannot work; 130 ended at once by a second Ctrl-C.`;

function read(command: Command): CommandLine {
  const [target = '', ...words] =
    command.args[1] === 'show' ? command.args.filter((_word, index) => index !== 1) : command.args;
  const [subject = 'page', name] = words;
  if (!isSubject(subject)) throw usage(`there is no "${subject}": it must be ${SUBJECTS.join(', ')}`);
  if (subject === 'topic' && name === undefined) throw usage('"topic" needs the name of one');
  if (subject !== 'topic' && name !== undefined) throw usage(`"${name}" is too much`);
  const flags = command.opts<Flags>();
  const { type = '', topic = '', subscription = '', text = '', all = false, json = false } = flags;
  const { interval = 1, times = Infinity, port = 0 } = flags;
  return {
    target,
    subject,
    name,
    type,
    topic,
    subscription,
    text,
    all,
    json,
    intervalMs: interval * 1000,
    times,
    port,
  };
}

function isSubject(word: string): word is CommandLine['subject'] {
  return word === 'page' || (SUBJECTS as readonly string[]).includes(word);
}

function toSeconds(text: string): number {
  const seconds = Number(text);
  if (seconds >= 0.1 && seconds <= 3600) return seconds;
  throw new InvalidArgumentError('It must be a number of at least 0.1.');
}

function toCount(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be an integer of at least 1.');
}

function usage(message: string): TerminalError {
  return new TerminalError(`${message} (see --help)`, 2);
}
