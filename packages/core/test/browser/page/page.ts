// A page for the tests to run their steps in: it has core and RxJS, and what the steps have in common.
import * as core from '@stasis-rx/core';
import type { Bus, Message, MessageType, Topic } from '@stasis-rx/core';
import * as rxjs from 'rxjs';
import { createGate } from '../../support/gate.js';
import type { PlatformObservable, PlatformObservableConstructor } from '../support/platform-observable.js';

declare const Observable: PlatformObservableConstructor;

/** What the steps find on the page. */
export interface TestPage {
  readonly core: typeof core;
  readonly rxjs: typeof rxjs;
  stage(): Stage;
  /** The ways from a topic to an Observable of the platform. */
  readonly ways: Readonly<Record<Way, (numbers: Numbers) => PlatformObservable<Message<number>>>>;
  /** Runs a program, and returns what it printed, a call each. @param text the body of a function of `modules` */
  run(text: string): Promise<string[]>;
}

export type Way = 'Observable.from' | 'subscribe' | 'messages' | 'the topic';

export type Numbers = Topic<Message<number>>;

/** Where a test plays: a bus with a topic of numbers. */
export interface Stage {
  readonly bus: Bus;
  readonly numbers: Numbers;
  readonly Ping: MessageType<number>;
  publish(...values: number[]): void;
  /** Numbers, `complete`, errors, codes of what the bus reports, and what the window hears of, as they come. */
  readonly heard: unknown[];
  /** Hears all that an observer can. */
  readonly listener: {
    next(message: Message<number>): void;
    error(error: unknown): void;
    complete(): void;
  };
  /** Resolves when the listener has heard the end. */
  readonly ended: Promise<void>;
  /** How many the topic counts, and how many subscriptions of the bus are not done. */
  counts(): readonly [subscribers: number, undone: number];
}

const Ping = core.messageType<number>('ping');

function stage(): Stage {
  const heard: unknown[] = [];
  const bus = core.createBus({ onError: ({ code }) => heard.push(code) });
  const numbers: Numbers = bus.topic('numbers');
  const { opened: ended, open: end } = createGate();
  onerror = (text) => {
    heard.push(text);
    return true; // it has been looked at
  };
  return {
    bus,
    numbers,
    Ping,
    publish: (...values) => {
      for (const value of values) numbers.publish(Ping(value));
    },
    heard,
    listener: {
      next: ({ data }) => heard.push(data),
      error: (error) => {
        heard.push(String(error));
        end();
      },
      complete: () => {
        heard.push('complete');
        end();
      },
    },
    ended,
    counts: () => {
      const { topics, subscriptions } = bus.statistics();
      return [topics[0]?.subscribers ?? 0, subscriptions.length];
    },
  };
}

function toPlatform<T>(source: rxjs.Observable<T>): PlatformObservable<T> {
  return new Observable((subscriber) => {
    const subscription = source.subscribe(subscriber);
    subscriber.addTeardown(() => subscription.unsubscribe());
  });
}

const ways: TestPage['ways'] = {
  'Observable.from': (numbers) => Observable.from(numbers),
  subscribe: (numbers) =>
    new Observable((subscriber) => {
      core.subscribe(numbers, (message) => subscriber.next(message), {
        accept: [Ping],
        signal: subscriber.signal,
        onFinal: () => subscriber.complete(),
      });
    }),
  messages: (numbers) => toPlatform(core.messages(numbers, { accept: [Ping] })),
  'the topic': toPlatform,
};

type Program = (modules: unknown, console: unknown) => Promise<void>;

/** Programs await at their top level, so they run as the body of an asynchronous function. */
const AsyncFunction = (async () => {}).constructor as new (...parametersAndBody: string[]) => Program;

async function run(text: string): Promise<string[]> {
  const printed: string[] = [];
  const log = (...values: unknown[]): void => void printed.push(values.join(' '));
  await new AsyncFunction('modules', 'console', text)({ '@stasis-rx/core': core, rxjs }, { log });
  return printed;
}

Object.assign(globalThis, { testPage: { core, rxjs, stage, ways, run } satisfies TestPage });
