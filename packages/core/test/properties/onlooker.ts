import type { Observable, Observer, Unsubscribable } from 'rxjs';
import type { ModelObserver } from './model.js';
import type { Script } from './play.js';
import { Saboteur } from './saboteur.js';
import type { Stage } from './stage.js';

/** What an onlooker does. */
export interface OnlookerOptions<Value> {
  /** What it does with each value. */
  readonly script: Script<never>;
  /** A value as the model writes it. */
  readonly describe: (value: Value) => string;
  /** At which value its operator throws, where it has one: its teardown throws too. */
  readonly throwsAt: number | undefined;
  /** Gives what it throws. Default: what RxJS is told of. */
  readonly fail?: (() => Error) | undefined;
}

/** One observer of a program: of a topic, of an entry of the cache, of its changes, or of states. */
export class Onlooker<Value = never> implements Observer<Value> {
  readonly seen: string[] = [];
  /** The error by which its topic has ended, unless that had ended before it came. */
  taken: unknown;
  readonly #stage: Stage;
  readonly #model: ModelObserver;
  readonly #options: OnlookerOptions<Value>;
  #left: number | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(stage: Stage, model: ModelObserver, options: OnlookerOptions<Value>) {
    this.#stage = stage;
    this.#model = model;
    this.#options = options;
  }

  /** What it should have seen: who leaves sees nothing more, not even what was published before. */
  get due(): readonly string[] {
    return this.#model.due.slice(0, this.#left);
  }

  observe(source$: Observable<Value>): void {
    const { throwsAt } = this.#options;
    if (throwsAt === undefined) {
      this.attach(source$.subscribe(this));
    } else {
      const saboteur = new Saboteur<Value>(this.#stage, { throwsAt, onThrow: () => this.#stop() });
      saboteur.observe(source$, this);
      this.#unsubscribe = () => saboteur.leave();
    }
  }

  /** @param subscription what ends it */
  attach(subscription: Unsubscribable): void {
    this.#unsubscribe = () => subscription.unsubscribe();
  }

  leave(): void {
    if (this.#unsubscribe === undefined || this.#left !== undefined) return;
    this.#stop();
    this.#unsubscribe();
  }

  /** @returns what it does, where that takes time */
  take(value: Value): unknown {
    const { script, describe, fail = () => this.#stage.failures.happen('', 'RxJS') } = this.#options;
    const call = this.seen.length;
    this.seen.push(describe(value));
    return script(call, fail);
  }

  readonly next = (value: Value): void => {
    this.take(value);
  };

  readonly error = (error: unknown): void => {
    // It was its own operator that failed.
    if (this.#left !== undefined) return;
    this.seen.push('failed');
    if (this.#unsubscribe !== undefined) this.taken = error;
  };

  readonly complete = (): void => {
    this.seen.push('completed');
  };

  #stop(): void {
    this.#left = this.seen.length;
    this.#model.leave();
  }
}
