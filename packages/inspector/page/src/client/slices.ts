/** So long the page works before it lets the browser draw. */
const SLICE_MS = 7;

/** Does a lot of work in short slices. @param step a bit of it; `false` when there is no more */
export class Slices {
  readonly #step: () => boolean;
  readonly #channel = new MessageChannel();
  #isAsked = false;

  constructor(step: () => boolean) {
    this.#step = step;
    this.#channel.port1.addEventListener('message', () => this.#work());
    this.#channel.port1.start();
  }

  /** There is something to do. */
  ask(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    this.#channel.port2.postMessage(undefined);
  }

  #work(): void {
    this.#isAsked = false;
    const end = performance.now() + SLICE_MS;
    while (this.#step()) {
      if (performance.now() >= end) {
        this.ask();
        return;
      }
    }
  }
}
