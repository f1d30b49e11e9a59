import { finalize, map, UnsubscriptionError, type Observable, type Observer, type Subscription } from 'rxjs';
import type { Bag } from './bag.js';
import type { Failures, Hook } from './failures.js';
import type { Figures } from './figures.js';
import { Ledger } from './ledger.js';
import { tokenInWords } from './messages.js';
import type { Random } from './random.js';
import type { Violations } from './violations.js';

/** At such a value, at the latest, its operator throws: some throw early, some stay for a while. */
const MOST_VALUES = [1, 5, 50] as const;

/** What an onlooker needs of the world. */
export interface Scene {
  readonly random: Random;
  readonly figures: Figures;
  readonly violations: Violations;
  readonly failures: Failures;
  /** All those who are there. */
  readonly onlookers: Bag<Onlooker>;
}

/** What an onlooker observes. */
export interface View {
  /** In words. */
  readonly name: string;
  /** Where what RxJS does not contain is reported. */
  readonly hook: Hook;
  /** What of the model has it expect values. */
  readonly watched?: { removeOnlooker(onlooker: Onlooker): void } | undefined;
}

/**
 * A plain RxJS observer: compares what it is given with what it is to be given, until its operator throws. Whatever ends
 * it, its teardown throws too, and RxJS lets that through to whoever is just calling: it must reach nobody (T6).
 */
export class Onlooker {
  slot: number | undefined;
  readonly #world: Scene;
  readonly #view: View;
  readonly #ledger = new Ledger();
  #valuesLeft: number;
  #isEnding = false;
  #isLeaving = false;
  #subscription: Subscription | undefined;

  constructor(world: Scene, view: View) {
    this.#world = world;
    this.#view = view;
    this.#valuesLeft = 1 + world.random.below(world.random.pick(MOST_VALUES));
    world.figures.onlookers++;
    world.onlookers.add(this);
  }

  /** The model's: it is to be given this. */
  expect(token: number): void {
    this.#ledger.add(token);
  }

  /** The model's: what it observes ends. */
  expectEnd(): void {
    this.#isEnding = true;
  }

  /** Everything that it was to be given must have come by now. */
  expectNothing(): void {
    const { next } = this.#ledger;
    if (next !== undefined) this.#violates('F4', `was never given ${tokenInWords(next)}`);
  }

  /** Begins to observe, and compares what it is given. It takes what its operator throws, and what a topic ends by. */
  compare<Value>(values$: Observable<Value>, tokenOf: (value: Value) => number): void {
    const look = (value: Value): void => {
      this.#compare(tokenOf(value));
    };
    this.observe(values$, { error: this.#fail, complete: this.#end }, look);
  }

  /**
   * Begins to observe, with one operator: a second one would catch what the first lets through.
   *
   * @param observer without `error`, RxJS reports what the operator throws
   */
  observe<Value>(
    values$: Observable<Value>,
    observer: Partial<Observer<Value>> = {},
    look?: (value: Value) => void,
  ): void {
    const operate = (value: Value): Value => {
      look?.(value);
      if (--this.#valuesLeft > 0) return value;
      this.#forget();
      throw this.#world.failures.foresee('RxJS');
    };
    this.#subscription = values$.pipe(map(operate), finalize(this.#tearDown)).subscribe(observer);
  }

  /** Its own choice: it is thrown at, and nobody else. */
  leave(): void {
    this.#isLeaving = true;
    try {
      this.#subscription?.unsubscribe();
    } catch (error) {
      if (!(error instanceof UnsubscriptionError)) throw error;
    }
  }

  #compare(token: number): void {
    const due = this.#ledger.take();
    if (due !== token) this.#violates('T3', `was given ${tokenInWords(token)} when ${tokenInWords(due)} was due`);
  }

  readonly #fail = (error: unknown): void => {
    this.#world.failures.take(error);
    if (this.#valuesLeft > 0) this.#end();
  };

  readonly #end = (): void => {
    if (!this.#isEnding) this.#violates('T1', 'was told of an end that nobody made');
    this.expectNothing();
  };

  /** While it is being subscribed, RxJS takes no notice of what it throws. */
  readonly #tearDown = (): never => {
    this.#forget();
    const isContained = this.#subscription !== undefined && !this.#isLeaving;
    throw isContained ? this.#world.failures.foresee(this.#view.hook) : new Error('nobody is told of this');
  };

  #forget(): void {
    this.#world.onlookers.remove(this);
    this.#view.watched?.removeOnlooker(this);
  }

  #violates(rule: string, text: string): void {
    this.#world.violations.report(rule, `the observer of ${this.#view.name} ${text}`);
  }
}
