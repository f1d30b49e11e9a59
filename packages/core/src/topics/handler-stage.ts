import type { Observer } from 'rxjs';
import { tell, type Reporter } from '../errors/observers.js';
import type { Stopwatch } from '../mailbox/stopwatch.js';
import type { Message } from '../messages/message.js';
import type { Listeners } from './listeners.js';
import type { Origin } from '../watching/origin.js';
import type { Publication } from '../watching/publication.js';

/** The last stage of a publish: the synchronous handlers and plain observers, on the publisher's stack (S9). */
export class HandlerStage {
  readonly #all: readonly Listeners[];
  readonly #origin: Origin;
  readonly #reporter: Reporter;

  /** @param all the topic's own listeners, then those of the topics that it is forwarded to */
  constructor(all: readonly Listeners[], origin: Origin, reporter: Reporter) {
    this.#all = all;
    this.#origin = origin;
    this.#reporter = reporter;
  }

  /** Returns whether every mailbox behind a synchronous handler is within high water. */
  run(message: Message, stopwatch: Stopwatch | undefined, publication: Publication | undefined): boolean {
    if (publication !== undefined) return this.#runTracked(message, stopwatch, publication);
    const all = this.#all;
    const origin = this.#origin;
    let isWithinHighWater = true;
    for (let a = 0; a < all.length; a++) {
      if ((all[a] as Listeners).direct?.receive(message, origin, stopwatch) === false) isWithinHighWater = false;
    }
    for (let a = 0; a < all.length; a++) {
      const { observers } = all[a] as Listeners;
      for (let i = 0; i < observers.length; i++) {
        tell(observers[i] as Observer<Message>, message, origin, this.#reporter);
      }
    }
    return isWithinHighWater;
  }

  #runTracked(message: Message, stopwatch: Stopwatch | undefined, publication: Publication): boolean {
    let isWithinHighWater = true;
    for (const { receivers } of this.#all) {
      for (const receiver of receivers) {
        if (!receiver.receiveTracked(message, publication, stopwatch)) isWithinHighWater = false;
      }
    }
    for (const { observers } of this.#all) {
      for (const observer of observers) {
        publication.within(() => {
          tell(observer, message, this.#origin, this.#reporter);
        });
      }
    }
    return isWithinHighWater;
  }
}
