import { Command, InvalidArgumentError, Option } from 'commander';
import { parseHostAndPort, type HostAndPort } from './host-and-port.js';

/** Where the login of a live Asterisk may stand instead of on the command line. */
export const API_KEY_VARIABLE = 'ASTERISK_ARI_API_KEY';

/** The options that were given, each one by itself as it should be. */
export interface Flags {
  readonly recording?: string;
  readonly speed?: number;
  readonly ari?: string;
  readonly app?: string;
  readonly apiKey?: string;
  readonly statsd?: HostAndPort;
  readonly prefix?: string;
  readonly json?: true;
}

/** Describes the program's options to commander, which throws instead of ending the process. */
export function describeCommand(): Command {
  return new Command('stasis-channel-stats')
    .description('Posts the statistics of Asterisk channels to StatsD, from a recording or from a live Asterisk.')
    .exitOverride()
    .option('--recording <file>', 'replay ARI events, .jsonl or .jsonl.gz (default: a recording of 40 calls)')
    .option('--speed <n>', 'times as fast as recorded, at least 0; 0: as fast as possible (default: 10)', toSpeed)
    .addOption(
      new Option('--ari <url>', 'a live Asterisk, such as http://localhost:8088').conflicts(['recording', 'speed']),
    )
    .option('--app <name>', 'the Stasis application to connect as, without a comma')
    .option('--api-key <user:password>', `the login; better put into ${API_KEY_VARIABLE}: others can see command lines`)
    .option('--statsd <host:port>', 'a StatsD server (default: a receiver in this process)', toHostAndPort)
    .option('--prefix <name>', 'put before every metric, with a dot', toPrefix)
    .option('--json', 'one JSON object a line, for machines')
    .addHelpText('after', HELP_END);
}

const HELP_END = `
Without a terminal the output is plain lines. Ctrl-C stops: what has been received
is still counted and sent. A recording is compared with the metric lines that
Asterisk sent, when those stand beside it (calls.ari.jsonl, calls.statsd.jsonl).

Exit code: 0 done, or stopped with Ctrl-C; 1 failed, or lines were lost or differ;
2 the command line cannot work; 130 ended at once by a second Ctrl-C.`;

function toSpeed(text: string): number {
  const speed = Number(text);
  if (text.trim() !== '' && Number.isFinite(speed) && speed >= 0) return speed;
  throw new InvalidArgumentError('It must be a number of at least 0.');
}

function toHostAndPort(text: string): HostAndPort {
  const parsed = parseHostAndPort(text);
  if (parsed !== undefined) return parsed;
  throw new InvalidArgumentError('It must be like 127.0.0.1:8125.');
}

/** Only what stands on a metric line as it is given: other characters are replaced there, and would not be found again. */
function toPrefix(text: string): string {
  if (/^[\w.-]+$/.test(text)) return text;
  throw new InvalidArgumentError('It must be made of letters, digits, dots, dashes and underscores.');
}
