import { Ticker } from './ticker.js';

/** So often everything is drawn that need not move at once: rates, charts, the map. */
const SLOW_MS = 250;

/** Has everything that looks draw at most once a frame, and what costs more four times a second. */
export class Frames {
  readonly fast: Ticker = new Ticker();
  readonly slow: Ticker = new Ticker();
  readonly #before: () => boolean;
  #isAsked = false;
  #slowAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param before done first in each frame; @returns whether another frame is needed */
  constructor(before: () => boolean) {
    this.#before = before;
  }

  /** There is something new to see. */
  ask(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    requestAnimationFrame((now) => this.#draw(now));
  }

  #draw(now: number): void {
    this.#isAsked = false;
    const isMore = this.#before();
    this.fast.tick();
    if (now - this.#slowAt >= SLOW_MS) this.#drawSlow(now);
    else this.#timer ??= setTimeout(() => this.#drawSlow(performance.now()), SLOW_MS);
    if (isMore) this.ask();
  }

  #drawSlow(now: number): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#slowAt = now;
    this.slow.tick();
  }
}
