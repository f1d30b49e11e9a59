import type { PublishedRecord, WroteRecord } from '../protocol/records.js';
import type { Kept } from '../recording/kept.js';
import { plainOfShown } from '../recording/plain-of-shown.js';
import type { Tape } from '../recording/tape.js';
import type { View } from '../recording/view.js';
import { afterWrites, type CacheState } from './cache-state.js';
import type { ReduxConnection } from './redux-dev-tools.js';

/** Tells the extension what has been recorded since the last time. */
export class Mirror {
  readonly #tape: Tape;
  readonly #view: View;
  readonly #connection: ReduxConnection;
  readonly #maxActions: number;
  /** The last write of each entry that the state does not have yet. */
  readonly #writes = new Map<string, Kept>();
  /** The last publish: what it has written into caches comes behind it. */
  #untold: (Kept & { readonly is: 'published' }) | undefined;
  #state: CacheState = {};
  #next = 0;

  constructor(tape: Tape, view: View, connection: ReduxConnection, maxActions: number) {
    this.#tape = tape;
    this.#view = view;
    this.#connection = connection;
    this.#maxActions = maxActions;
    connection.init(this.#state);
  }

  /** What is more than so many actions is left out, and told as one. */
  tell(): void {
    const { ring } = this.#tape;
    let left = this.#maxActions;
    let leftOut = Math.max(0, ring.first - this.#next);
    for (this.#next += leftOut; this.#next < ring.end; this.#next++) {
      const kept = ring.at(this.#next) as Kept;
      if (kept.is === 'wrote') this.#keep(kept);
      if (kept.is !== 'published') continue;
      this.#tellLast();
      if (left-- > 0) this.#untold = kept;
      else leftOut++;
    }
    this.#tellLast();
    if (leftOut > 0) this.#connection.send({ type: `(${leftOut} left out)` }, this.#stateNow());
  }

  #keep(kept: Kept & { readonly is: 'wrote' }): void {
    const { updates, snapshotId, old, snapshot } = kept.record;
    const { type, eid } = snapshot ?? old ?? {};
    this.#writes.set(JSON.stringify([updates, type?.name, snapshotId, eid]), kept);
  }

  #tellLast(): void {
    if (this.#untold === undefined) return;
    const { topic, type, id, cause, eid, data } = this.#view.recordOf(this.#untold) as PublishedRecord;
    this.#untold = undefined;
    const action = { type: `${topic}/${type}`, id, cause, eid, data: plainOfShown(data).data };
    this.#connection.send(action, this.#stateNow());
  }

  #stateNow(): CacheState {
    const writes = Array.from(this.#writes.values(), (kept) => this.#view.recordOf(kept) as WroteRecord);
    this.#writes.clear();
    this.#state = afterWrites(this.#state, writes);
    return this.#state;
  }
}
