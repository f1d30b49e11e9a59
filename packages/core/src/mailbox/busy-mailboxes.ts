import { DrainPipelines } from './drain-pipelines.js';

/** A mailbox whose handler runs. */
export interface Draining {
  /** What tells whether that very call is still being waited for. */
  waitForThis(): () => boolean;
}

/** Counts the mailboxes of a bus that have something to do: queued messages, or a handler that has not finished. */
export class BusyMailboxes {
  readonly pipelines: DrainPipelines = new DrainPipelines();
  /** Whose handlers run on the stack; of those that drain inside one another, the innermost. */
  draining: Draining | undefined;
  #busy = 0;
  #waiting: (() => void)[] = [];

  begin(): void {
    this.#busy++;
  }

  end(): void {
    if (--this.#busy > 0) return;
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  /** Resolves when every mailbox is idle: at once when none has anything to do. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#busy === 0) resolve();
      else this.#waiting.push(resolve);
    });
  }
}
