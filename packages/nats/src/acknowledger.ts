import type { JsMsg } from '@nats-io/jetstream';

const EVERY_MS = 20;

/** Acknowledges the frames of one consumer, now and then: they are done in order, so the last one speaks for all. */
export class Acknowledger {
  #last: JsMsg | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Its messages are in the mailboxes. */
  done(frame: JsMsg): void {
    this.#last = frame;
    this.#timer ??= setTimeout(() => this.flush(), EVERY_MS);
  }

  /** Acknowledges now what is to be acknowledged. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#last?.ack();
    this.#last = undefined;
  }

  /** There is another consumer, which knows nothing of these frames. */
  forget(): void {
    this.#last = undefined;
  }
}
