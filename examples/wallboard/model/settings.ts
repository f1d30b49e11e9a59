/** What the page's address asks for. */
export type Settings =
  | {
      readonly source: 'recording';
      readonly name: string;
      readonly url: string;
      readonly speed: number | 'full' | undefined;
      /** Whether it begins by itself. */
      readonly isAutomatic: boolean;
    }
  | { readonly source: 'load'; readonly eventsPerSecond: number }
  | {
      readonly source: 'ari';
      readonly url: string;
      readonly app: string | undefined;
      readonly apiKey: string | undefined;
    };

/** The recordings that the page brings along. */
export const RECORDINGS: readonly string[] = ['calls-40', 'calls-300'];

/**
 * Reads the query of the page's address:
 * - `recording=calls-300` plays that recording; the address of another one works, too. Default: `calls-40`
 * - `speed=10`, `speed=full` plays at once, and at that speed
 * - `load=5000` makes up so many ARI events a second
 * - `ari=ws://pbx:8088` follows a live Asterisk; with `app=` and `api_key=user:password` without asking
 */
export function readSettings(query: string): Settings {
  const parameters = new URLSearchParams(query);
  const get = (name: string) => parameters.get(name) || undefined;

  const url = get('ari');
  if (url !== undefined) return { source: 'ari', url, app: get('app'), apiKey: get('api_key') };

  const eventsPerSecond = Number(get('load'));
  if (eventsPerSecond > 0) return { source: 'load', eventsPerSecond };

  const name = get('recording') ?? 'calls-40';
  const speed = readSpeed(get('speed'));
  return { source: 'recording', name, url: recordingUrl(name), speed, isAutomatic: speed !== undefined };
}

/** The query without the login, for an address bar that others may read. */
export function withoutLogin(query: string): string {
  const parameters = new URLSearchParams(query);
  parameters.delete('api_key');
  const rest = parameters.toString();
  return rest === '' ? '' : `?${rest}`;
}

function recordingUrl(name: string): string {
  return RECORDINGS.includes(name) ? `${name}.ari.jsonl.gz` : name;
}

function readSpeed(text: string | undefined): number | 'full' | undefined {
  if (text === undefined || text === 'full') return text;
  const speed = Number(text);
  return speed >= 1 && speed <= 100 ? speed : undefined;
}
