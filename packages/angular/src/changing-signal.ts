import { computed, signal, untracked, type Signal } from '@angular/core';

/** A signal of what is kept elsewhere. */
export interface ChangingSignal<Value> {
  readonly value: Signal<Value>;
  /** What is kept there has changed: the next read looks again. May be called from anywhere. */
  readonly changed: () => void;
}

/**
 * How often a signal is told of twice, at the most: a `computed` that depends on what it publishes would otherwise go round
 * for ever.
 */
const REPEAT_MS = 1000;

/**
 * Makes a signal of what a function reads, which counts anew after each `changed`.
 *
 * @param read gives what the signal has; it is tracked
 */
export function changingSignal<Value>(read: () => Value): ChangingSignal<Value> {
  const version = signal(0);
  const increase = (): void => version.update((count) => count + 1);
  const value = computed(() => (version(), read()));
  let repeatsFrom = 0;

  /**
   * Messages are published from anywhere: also inside of a `computed` or a template, where Angular lets nobody write. It has
   * a reason. What was read there before, and is watched from then on, Angular takes for up to date, and nobody asks again.
   * So the signal is read at once, which makes it right; and is told of once more when all of that is over, which makes
   * right what was computed from it.
   */
  function changedWhileReading(): void {
    untracked(increase);
    try {
      untracked(value);
    } catch {
      // Whoever reads it gets the error.
    }
    const now = performance.now();
    if (now < repeatsFrom) return;
    repeatsFrom = now + REPEAT_MS;
    void Promise.resolve().then(increase);
  }

  function changed(): void {
    try {
      increase();
    } catch {
      changedWhileReading();
    }
  }

  return { value, changed };
}
