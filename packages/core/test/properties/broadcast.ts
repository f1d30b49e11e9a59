import type { Observable } from 'rxjs';
import { Saboteur } from './saboteur.js';
import type { Stage } from './stage.js';

/**
 * Something that a program has several observers told of: a steady one, the first, and saboteurs. Each of these must be
 * told what the first one is, without a gap and to the end, whatever the others do (T6).
 */
export class Broadcast<Value> {
  /** What the steady observer has been told. */
  readonly told: Value[] = [];
  /** Resolves when it has completed. */
  readonly completed: Promise<void>;
  readonly #name: string;
  readonly #source$: Observable<Value>;

  constructor(name: string, source$: Observable<Value>) {
    this.#name = name;
    this.#source$ = source$;
    this.completed = new Promise((complete) => {
      source$.subscribe({ next: (value) => this.told.push(value), complete });
    });
  }

  /**
   * Adds a saboteur.
   *
   * @param reportsTo who is told of what RxJS does not contain
   * @param next what it does with a value at which it does not throw
   */
  sabotage(stage: Stage, throwsAt: number, reportsTo: string, next?: () => void): Saboteur<Value> {
    const { told } = this;
    const [before, name] = [told.length, this.#name];
    let seen = 0;
    const compare = (): void => {
      if (seen !== told.length - before) stage.fault(`${seen} of ${told.length - before} came from ${name}`);
    };
    const look = (value: Value, count: number): void => {
      seen = count;
      compare();
      if (value !== told.at(-1)) stage.fault(`${name} told one observer of this and another one of that`);
    };
    let onEnd: (() => void) | undefined;
    stage.promises.push(new Promise<void>((resolve) => (onEnd = resolve)));
    const saboteur = new Saboteur<Value>(stage, { throwsAt, reportsTo, look, onEnd: () => onEnd?.() });
    saboteur.observe(this.#source$, { next: () => next?.(), complete: compare });
    return saboteur;
  }
}
