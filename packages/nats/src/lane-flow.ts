import type { TransportReceiver } from '@stasis-rx/bridge';
import type { JsMsg } from '@nats-io/jetstream';
import type { Subjects } from './subjects.js';

/** Frames of a lane that may wait for the bus's mailboxes before no more are taken. */
const MAX_WAITING = 64;

/** The frames of one lane, on their way to the bus: no more of them than its mailboxes take. */
export class LaneFlow {
  readonly lane: string;
  readonly #subjects: Subjects;
  readonly #receiver: TransportReceiver;
  readonly #done: (message: JsMsg) => void;
  #waiting = 0;
  #room: (() => void) | undefined;

  /** @param done told of each frame whose messages are in the mailboxes, in the order in which these came */
  constructor(
    lane: string,
    subjects: Subjects,
    receiver: TransportReceiver,
    done: (message: JsMsg) => void = () => undefined,
  ) {
    this.lane = lane;
    this.#subjects = subjects;
    this.#receiver = receiver;
    this.#done = done;
  }

  /** Whether so many wait that no more are to be taken. */
  get isFull(): boolean {
    return this.#waiting >= MAX_WAITING;
  }

  /** Takes a frame. */
  take(message: JsMsg): void {
    const done = this.#receiver.receive(this.lane, this.#subjects.eidOf(message.subject), message.data);
    if (done === undefined) {
      this.#done(message);
      return;
    }
    this.#waiting++;
    void done.then(() => {
      this.#waiting--;
      this.#done(message);
      this.#room?.();
    });
  }

  /** Resolves when another one may be taken. There is one who waits for that. */
  room(): Promise<void> {
    return this.isFull ? new Promise((resolve) => (this.#room = resolve)) : Promise.resolve();
  }
}
