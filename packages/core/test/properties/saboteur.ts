import { finalize, map, UnsubscriptionError, type Observable, type Observer, type Subscription } from 'rxjs';
import type { Stage } from './stage.js';

/** What it is like to be a saboteur. */
export interface Sabotage<Value> {
  /** At which value its operator throws, counted from 1. */
  readonly throwsAt: number;
  /** Who is told of what RxJS does not contain. Default: the bus. */
  readonly reportsTo?: string | undefined;
  /** Sees each value first, and how many there have been with it. */
  readonly look?: ((value: Value, count: number) => void) | undefined;
  /** Its operator throws: from now on it gets nothing. */
  readonly onThrow?: (() => void) | undefined;
  /** It is torn down. */
  readonly onEnd?: (() => void) | undefined;
}

/**
 * An observer of a program with an operator that throws at its n-th value, and with a teardown that throws too, whatever
 * ends it. What both of them throw RxJS lets through to whoever gave the value (T6).
 */
export class Saboteur<Value> {
  readonly #stage: Stage;
  readonly #sabotage: Sabotage<Value>;
  #count = 0;
  #subscription: Subscription | undefined;
  #isLeaving = false;

  constructor(stage: Stage, sabotage: Sabotage<Value>) {
    this.#stage = stage;
    this.#sabotage = sabotage;
  }

  /** @param observer without `error`, RxJS reports what the operator throws */
  observe(source$: Observable<Value>, observer: Partial<Observer<Value>>): void {
    const { onThrow, throwsAt, look } = this.#sabotage;
    const operate = (value: Value): Value => {
      this.#count++;
      look?.(value, this.#count);
      if (this.#count !== throwsAt) return value;
      onThrow?.();
      throw observer.error === undefined ? this.#stage.failures.happen('', 'RxJS') : new Error('operator');
    };
    this.#subscription = source$.pipe(map(operate), finalize(this.#tearDown)).subscribe(observer);
  }

  /** The program leaves, and is thrown at. */
  leave(): void {
    this.#isLeaving = true;
    try {
      this.#subscription?.unsubscribe();
    } catch (error) {
      if (!(error instanceof UnsubscriptionError)) throw error;
    }
  }

  /** While it is being subscribed RxJS takes no notice, and when the program leaves it throws at the program. */
  readonly #tearDown = (): never => {
    const { onEnd, reportsTo = 'the bus' } = this.#sabotage;
    onEnd?.();
    const isContained = this.#subscription !== undefined && !this.#isLeaving;
    throw isContained ? this.#stage.failures.happen('OBSERVER', reportsTo) : new Error('teardown');
  };
}

/** How the operators of a saboteur stand in a program. */
export function sabotageCode(throwsAt: number | undefined): string {
  return throwsAt === undefined ? '' : `.pipe(throwing(${throwsAt}))`;
}
