import { DrainPipelines } from './drain-pipelines.js';

/** Counts the mailboxes of a bus that have something to do: queued messages, or a handler that has not finished. */
export class Activity {
  readonly pipelines: DrainPipelines = new DrainPipelines();
  #busy = 0;
  #waiting: (() => void)[] = [];
  readonly #onIdle: () => void;

  /** @param onIdle called each time the last mailbox falls idle */
  constructor(onIdle: () => void) {
    this.#onIdle = onIdle;
  }

  begin(): void {
    this.#busy++;
  }

  end(): void {
    if (--this.#busy > 0) return;
    this.#onIdle();
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
