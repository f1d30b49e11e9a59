import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** Who may come in: with the token, by a name of this machine, and from no page but the inspector's own. */
export class Guard {
  readonly #token: Buffer;
  readonly #names: ReadonlySet<string>;
  readonly #isLocal: boolean;

  /** @param host where it listens */
  constructor(token: string, host: string) {
    this.#token = digest(token);
    this.#isLocal = isLoopback(host);
    this.#names = new Set(['localhost', host.toLowerCase()]);
  }

  /** Where the request leads; `undefined` when its address cannot be read, or it may not come in. */
  admit(request: IncomingMessage): URL | undefined {
    const { host = '' } = request.headers;
    const url = parse(`http://${host}`, request.url ?? '');
    if (url === undefined || !this.#isOurs(url) || !isOfSameOrigin(request, host)) return undefined;
    const token = url.searchParams.get('token') ?? '';
    return timingSafeEqual(digest(token), this.#token) ? url : undefined;
  }

  /**
   * A page of somebody else's can have its own name lead to this machine, and then be of one origin with it. So names are
   * checked; an address as such belongs to nobody else.
   */
  #isOurs({ hostname }: URL): boolean {
    const name = hostname.replace(/^\[|\]$/g, '').toLowerCase();
    return this.#names.has(name) || (this.#isLocal ? isLoopback(name) : isIP(name) > 0);
  }
}

/** Whether only this machine can get there. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
}

/** Programs send no origin, and pages do whenever it matters. */
function isOfSameOrigin({ headers: { origin } }: IncomingMessage, host: string): boolean {
  return origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
}

function parse(base: string, path: string): URL | undefined {
  return path.startsWith('/') && URL.canParse(path, base) ? new URL(path, base) : undefined;
}

/** Of one length, so that nothing of the token is told by how long a comparison takes. */
function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
