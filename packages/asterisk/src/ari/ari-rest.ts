import { Observable, throwError, timeout, type SchedulerLike } from 'rxjs';
import type { AriAddress } from './ari-url.js';
import { AriConnectionError } from '../ground/errors.js';

/** What is used of `fetch`: that of browsers and that of Node both do. */
export type Fetch = (
  url: string,
  init: {
    readonly headers?: Readonly<Record<string, string>>;
    readonly mode?: 'cors' | 'no-cors';
    readonly signal: AbortSignal;
  },
) => Promise<FetchAnswer>;

/** What is used of a `Response`. */
export interface FetchAnswer {
  /** The HTTP status; 0 where a page may not see it. */
  readonly status: number;
  /** The body, parsed. */
  json(): Promise<unknown>;
}

/** What Asterisk answers over HTTP. Each call asks when subscribed to, and gives up when unsubscribed from. */
export interface AriRest {
  /**
   * Emits the JSON at a path below `/ari`, such as `/channels`, or `undefined` where there is nothing; fails with an
   * {@link AriConnectionError}, `ARI_LISTING_REFUSED` or `ARI_LISTING_FAILED`.
   */
  get(path: string): Observable<unknown>;
  /** Emits once Asterisk answers, whatever it answers; fails when it cannot be reached. */
  ping(): Observable<void>;
}

export interface AriRestOptions {
  readonly address: AriAddress;
  /** `user:password` */
  readonly apiKey: string;
  readonly fetch: Fetch;
  /** For an answer, in milliseconds. */
  readonly listTimeoutMs: number;
  readonly scheduler: SchedulerLike;
}

/** Asks nothing yet. */
export function createAriRest({ address, apiKey, fetch, listTimeoutMs, scheduler }: AriRestOptions): AriRest {
  const headers = { Authorization: `Basic ${base64(apiKey)}` };
  return {
    get: (path) => {
      const shown = address.rest + path;
      const late = () => failed(shown, `no answer within ${listTimeoutMs} ms`);
      return abortable((signal) => getJson(fetch, shown, { headers, signal })).pipe(
        timeout({ each: listTimeoutMs, scheduler, with: () => throwError(late) }),
      );
    },
    // As the WebSocket does, and without headers: a page may ask that of a server that does not let it read the answer.
    ping: () =>
      abortable(async (signal) => {
        const query = new URLSearchParams({ api_key: apiKey }).toString();
        await fetch(`${address.rest}/asterisk/ping?${query}`, { mode: 'no-cors', signal });
      }),
  };
}

/** What `fetch` fails with is not handed on: nobody knows what its text holds. A page is told no more than this either. */
async function getJson(fetch: Fetch, url: string, init: Parameters<Fetch>[1]): Promise<unknown> {
  const answer = await orFail(url, 'it cannot be reached, or does not let this page read the answer', async () => {
    const response = await fetch(url, init);
    return { response, status: response.status };
  });
  const { status } = answer;
  if (status === 404) return undefined;
  if (status >= 400 && status < 500 && !PASSING_STATUSES.has(status)) throw refused(url, `HTTP ${status}`);
  if (status !== 200) throw failed(url, `HTTP ${status}`);
  return orFail(url, 'the answer is not JSON', async () => answer.response.json());
}

/** Of those that blame the asker, what may be answered the next time: a request that took too long, and too many. */
const PASSING_STATUSES: ReadonlySet<number> = new Set([408, 429]);

async function orFail<T>(url: string, why: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch {
    throw failed(url, why);
  }
}

function refused(url: string, why: string): AriConnectionError {
  return new AriConnectionError('ARI_LISTING_REFUSED', `Asterisk refuses to list ${url} (${why}).`);
}

function failed(url: string, why: string): AriConnectionError {
  return new AriConnectionError('ARI_LISTING_FAILED', `cannot list ${url} (${why}).`);
}

function abortable<T>(ask: (signal: AbortSignal) => Promise<T>): Observable<T> {
  return new Observable((observer) => {
    const abort = new AbortController();
    ask(abort.signal).then(
      (answer) => {
        observer.next(answer);
        observer.complete();
      },
      (error: unknown) => observer.error(error),
    );
    return () => abort.abort();
  });
}

/** Of a text of any characters, as UTF-8. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
