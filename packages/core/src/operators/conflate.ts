import { map, Observable, Subject, takeUntil, type MonoTypeOperatorFunction, type Subscriber } from 'rxjs';
import { createAnimationFrameDispatcher } from '../mailbox/animation-frame-dispatcher.js';
import { assertFunction, assertOptions } from '../errors/assert.js';
import type { Dispatcher } from '../mailbox/turn.js';

/** How `conflate` emits. */
export interface ConflateOptions {
  /** When what is pending is emitted. Default: once an animation frame, each subscriber for itself. */
  readonly dispatcher?: Dispatcher | undefined;
}

/**
 * Operator: keeps the newest value of each key until the dispatcher says so, then emits what it keeps, in the order in
 * which these values came. For consumers that are slower than the source and want how things stand, not how they came
 * about: a page that is painted once a frame. It holds one value a key. When the source completes or fails, what is
 * pending is emitted at once, then the end is passed on; unsubscribing drops it. A key function or dispatcher that throws
 * ends it with that error.
 *
 * @param key tells which values replace each other: compared as a Map compares keys
 * @throws InvalidArgumentError when an argument cannot work
 * @example
 * cache.changes(ChannelSnapshot).pipe(conflate(({ id }) => id)).subscribe(({ id, snapshot }) => paint(id, snapshot));
 * messages(positions, { accept: [Position] }).pipe(conflate(({ data }) => data.vehicle)).subscribe(move);
 */
export function conflate<Value>(
  key: (value: Value) => unknown,
  options: ConflateOptions = {},
): MonoTypeOperatorFunction<Value> {
  assertFunction('conflate', 'key', key);
  assertOptions('conflate', options, { dispatcher: assertFunction });
  const { dispatcher } = options;
  return (source) =>
    new Observable((subscriber) => {
      const left = new Subject<void>();
      const pending = new Conflation(subscriber, dispatcher ?? createAnimationFrameDispatcher());
      subscriber.add(() => {
        left.next();
      });
      source
        .pipe(
          map((value) => {
            pending.put(key(value), value);
          }),
          takeUntil(left),
        )
        .subscribe({
          error: (error) => {
            pending.end(() => {
              subscriber.error(error);
            });
          },
          complete: () => {
            pending.end(() => {
              subscriber.complete();
            });
          },
        });
    });
}

/** The newest value of each key, for one subscriber. */
class Conflation<Value> {
  readonly #subscriber: Subscriber<Value>;
  readonly #dispatcher: Dispatcher;
  #newest = new Map<unknown, Value>();
  #isDue = false;
  #isEmitting = false;
  #end: (() => void) | undefined;

  constructor(subscriber: Subscriber<Value>, dispatcher: Dispatcher) {
    this.#subscriber = subscriber;
    this.#dispatcher = dispatcher;
  }

  put(key: unknown, value: Value): void {
    const isFirst = this.#newest.size === 0;
    this.#newest.delete(key); // a key that is set anew keeps its old place
    this.#newest.set(key, value);
    if (isFirst) this.#dispatcher(this.#emit);
  }

  /** Emits what is pending, then tells the end. */
  end(tell: () => void): void {
    this.#end = tell;
    this.#emit();
  }

  /** What falls due while others are emitted, or is to be told at the end, waits for those. */
  readonly #emit = (): void => {
    this.#isDue = true;
    if (this.#isEmitting) return;
    this.#isEmitting = true;
    while (this.#isDue) {
      this.#isDue = false;
      const values = this.#newest.values();
      this.#newest = new Map();
      for (const value of values) this.#subscriber.next(value);
    }
    this.#isEmitting = false;
    this.#end?.();
  };
}
