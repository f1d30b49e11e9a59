import { createBus, type Bus, type BusOptions } from '@stasis-rx/core';
import { useEffect, useInsertionEffect, useState } from 'react';

/**
 * Hook: a bus of the component's own, made when it is first rendered. A bus that is held from the start is released, once,
 * when that rendering is on the page and the effects of all components below have run. It is closed when the component has
 * gone, and those below have left; not while an `Activity` hides it.
 *
 * @param options as for `createBus`; read once
 */
export function useOwnBus(options: BusOptions): Bus {
  const [own] = useState(() => new OwnBus(options));
  useEffect(() => own.show(), [own]);
  // React takes away the effects of what it hides too, but not this kind.
  useInsertionEffect(() => own.stay(), [own]);
  return own.bus;
}

class OwnBus {
  readonly bus: Bus;
  #isHeldByUs: boolean;
  #isShown = false;
  #isGone = false;

  constructor(options: BusOptions) {
    this.bus = createBus(options);
    this.#isHeldByUs = options.held === true;
  }

  /** The component is there. Returns what tells that it has gone. */
  stay(): () => void {
    this.#isGone = false;
    return () => {
      this.#isGone = true;
      if (!this.#isShown) this.#closeSoon();
    };
  }

  /** Its effects run, and those of the components below have. Returns what tells that it has gone, or is hidden. */
  show(): () => void {
    this.#isShown = true;
    if (this.#isHeldByUs) this.bus.release();
    this.#isHeldByUs = false;
    return () => {
      this.#isShown = false;
      if (this.#isGone) this.#closeSoon();
    };
  }

  /** Not at once: a component goes before those below it, which may publish when they go. */
  #closeSoon(): void {
    queueMicrotask(() => void this.bus.close());
  }
}
