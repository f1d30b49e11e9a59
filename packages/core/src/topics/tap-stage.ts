import type { Trampoline } from '../mailbox/trampoline.js';
import type { Message } from '../messages/message.js';
import type { Publication } from '../watching/publication.js';
import type { Tracking } from '../watching/tracking.js';
import type { Listeners } from './listeners.js';
import type { Tap } from './tap.js';
import type { TopicsContext } from './topics-context.js';

/** The second stage of a publish: the taps, one message at a time for the whole bus, before any handler (C3). */
export class TapStage {
  readonly #tapping: Trampoline;
  readonly #all: readonly Listeners[];

  /** @param all the topic's own listeners, then those of the topics that it is forwarded to */
  constructor({ tapping }: Pick<TopicsContext, 'tapping'>, all: readonly Listeners[]) {
    this.#tapping = tapping;
    this.#all = all;
  }

  /** Returns whether every mailbox that the taps fed is within high water, as far as they have been fed. */
  run(message: Message, publication: Publication | undefined): boolean {
    const tapping = this.#tapping;
    if (tapping.isBusy) {
      this.#runLater(message, publication);
      return true;
    }
    tapping.begin();
    try {
      return this.#give(message, publication);
    } finally {
      tapping.end();
    }
  }

  /** By itself: a function that makes another one allocates for it whenever it is called. */
  #runLater(message: Message, publication: Publication | undefined): void {
    const give = (): void => void this.#give(message, publication);
    this.#tapping.postpone(publication === undefined ? give : publication.keep(give));
  }

  #give(message: Message, publication: Publication | undefined): boolean {
    const tracking = publication?.tracking;
    return tracking === undefined ? this.#giveToAll(message, undefined) : this.#giveTracked(message, tracking);
  }

  #giveTracked(message: Message, tracking: Tracking): boolean {
    return tracking.within(() => this.#giveToAll(message, tracking)) === true;
  }

  #giveToAll(message: Message, tracking: Tracking | undefined): boolean {
    const all = this.#all;
    let isWithinHighWater = true;
    for (let a = 0; a < all.length; a++) {
      const { taps } = all[a] as Listeners;
      for (let i = 0; i < taps.length; i++) if (!(taps[i] as Tap).take(message, tracking)) isWithinHighWater = false;
    }
    return isWithinHighWater;
  }
}
