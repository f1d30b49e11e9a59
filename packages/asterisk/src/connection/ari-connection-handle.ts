import type { StasisError } from '@stasis-rx/core';
import type { Observable } from 'rxjs';
import type { AriGapData } from '../messages/ari-gap.js';
import type { AriConnectionError } from '../ground/errors.js';

/** What a connection is doing. */
export type AriConnectionState =
  /** An attempt is under way. */
  | { readonly state: 'connecting' }
  /** The connection stands. */
  | { readonly state: 'open' }
  /** Not connected; the next attempt follows. */
  | {
      readonly state: 'waiting';
      /** How many attempts have failed since a connection last stood for `stableAfterMs`. */
      readonly attempt: number;
      /** How long it waits before the next one, in milliseconds. */
      readonly delayMs: number;
      /** Why the last one failed. */
      readonly error: AriConnectionError;
    }
  /** Closed by `close()` or the signal. */
  | { readonly state: 'closed' }
  /** Over, because connecting again would not help. */
  | { readonly state: 'failed'; readonly error: StasisError };

/** A connection to a live Asterisk. */
export interface AriConnection {
  /** The present state and every later one; completes after `closed` or `failed`. */
  readonly state$: Observable<AriConnectionState>;
  /**
   * Lists what Asterisk has, and publishes how it differs from what is held (A3): what ended, then what is new, then what
   * changed. Happens by itself each time a connection is made; by hand it is for those who do not trust it. Events that come
   * meanwhile are published after it. Without a connection it is done as soon as there is one.
   *
   * @returns what was found; rejects with an {@link AriConnectionError}: `ARI_LISTING_REFUSED` or `ARI_LISTING_FAILED` when
   *   Asterisk could not be listed in full, `ARI_NOT_CONNECTED` when the connection is over first
   */
  reconcile(): Promise<AriGapData>;
  /** What came of the events so far; a snapshot. */
  statistics(): {
    /** Events that were understood. */
    readonly published: number;
    /** Events that were unknown or broken. */
    readonly skipped: number;
  };
  /**
   * Closes the connection, also while it connects or waits. Events that have come and wait are published at once; nothing is
   * published after it. Legal twice.
   */
  close(): void;
  /** Same as `close`. */
  [Symbol.dispose](): void;
}
