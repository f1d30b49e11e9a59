import { keepContext, type Contexts } from '../mailbox/contexts.js';
import type { Trampoline } from '../mailbox/trampoline.js';
import type { Message } from '../messages/message.js';
import type { Listeners } from './listeners.js';
import type { Tap } from './tap.js';
import type { TopicsContext } from './topics-context.js';

/** The second stage of a publish: the taps, one message at a time for the whole bus, before any handler (C3). */
export class TapStage {
  readonly #tapping: Trampoline;
  readonly #contexts: Contexts | undefined;
  readonly #all: readonly Listeners[];
  /** All that there are, where there are none elsewhere. */
  readonly #only: readonly Tap[] | undefined;

  /** @param all the topic's own listeners, then those of the topics that it is forwarded to */
  constructor({ tapping, contexts }: Pick<TopicsContext, 'tapping' | 'contexts'>, all: readonly Listeners[]) {
    this.#tapping = tapping;
    this.#contexts = contexts;
    this.#all = all;
    this.#only = all.length === 1 ? all[0]?.taps : undefined;
  }

  /** Returns whether every mailbox that the taps fed is within high water, as far as they have been fed. */
  run(message: Message): boolean {
    const tapping = this.#tapping;
    if (tapping.isBusy) {
      this.#runLater(message);
      return true;
    }
    tapping.begin();
    try {
      return this.#give(message);
    } finally {
      tapping.end();
    }
  }

  /** By itself: a function that makes another one allocates for it whenever it is called. */
  #runLater(message: Message): void {
    this.#tapping.postpone(keepContext(this.#contexts, () => void this.#give(message)));
  }

  #give(message: Message): boolean {
    if (this.#only !== undefined) return giveTo(this.#only, message);
    let isWithinHighWater = true;
    for (const { taps } of this.#all) if (!giveTo(taps, message)) isWithinHighWater = false;
    return isWithinHighWater;
  }
}

function giveTo(taps: readonly Tap[], message: Message): boolean {
  let isWithinHighWater = true;
  for (let i = 0; i < taps.length; i++) if (!(taps[i] as Tap).take(message)) isWithinHighWater = false;
  return isWithinHighWater;
}
