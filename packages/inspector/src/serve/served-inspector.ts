/** An inspector that listens. */
export interface ServedInspector {
  /** Where to look, with the token in it: a secret. For a browser, and for `stasis-inspect`. */
  readonly url: string;
  /** How many clients there are. */
  readonly clients: number;
  /** Ends what is recorded, cuts off who is there, and stops listening. Doing it twice waits again. */
  close(): Promise<void>;
  /** Same as `close`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** What of a server is needed. Its own type would bring along those of Node, which not every user has. */
interface Closable {
  readonly clients: number;
  close(): Promise<void>;
}

/** @param end called at first when it is closed */
export function served(server: Closable, url: string, end: () => void): ServedInspector {
  const close = async (): Promise<void> => {
    end();
    await server.close();
  };
  return {
    url,
    get clients() {
      return server.clients;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
