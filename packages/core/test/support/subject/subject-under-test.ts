import { config, type Observable, type Subject, type Subscription } from 'rxjs';
import { messageType, type Message } from '../../../src/index.js';

/** What every subject of the suite carries: a message with a number. */
export const Ping = messageType<number>('ping');

/** A Subject, or whatever is to behave as one. */
export type Numbers = Subject<Message<number>>;

/** Makes a subject, anew for each test. Where a topic's bus reports is not the suite's business. */
export type MakeSubject = () => Numbers;

/** A subject, and what its observers hear, in order: `a 1`, `a fails: no`, `a completes`. */
export interface Watched {
  readonly subject: Numbers;
  readonly heard: string[];
  /** Calls `next` with a message for each of the numbers. */
  send(...numbers: number[]): void;
  /** Adds an observer of that name, which does something whenever it gets a number. */
  watch(name: string, onNumber?: (number: number) => void): Subscription;
}

export function watched(subject: Numbers): Watched {
  const heard: string[] = [];
  const watch = watcherOf(subject, heard);
  return {
    subject,
    heard,
    send(...numbers) {
      for (const number of numbers) subject.next(Ping(number));
    },
    watch,
  };
}

/** Adds observers to whatever gives messages, and writes down what they hear. */
export function watcherOf(source: Observable<Message<number>>, heard: string[]): Watched['watch'] {
  return (name, onNumber) =>
    source.subscribe({
      next({ data }) {
        heard.push(`${name} ${data}`);
        onNumber?.(data);
      },
      error: (error: unknown) => heard.push(`${name} fails: ${error instanceof Error ? error.message : String(error)}`),
      complete: () => heard.push(`${name} completes`),
    });
}

/** What RxJS reports as unhandled, from here to the end of the test: on later tasks, which `jest.runAllTimers` runs. */
export function catchUnhandled(): unknown[] {
  const errors: unknown[] = [];
  jest.useFakeTimers();
  config.onUnhandledError = (error) => errors.push(error);
  return errors;
}

/** For `afterEach`, where a test may have called {@link catchUnhandled}. */
export function stopCatching(): void {
  jest.useRealTimers();
  config.onUnhandledError = null;
}
