// Whatever a dispatcher does, a subscription that was given one gets every message, once and in order.
import { ErrorHandler, Injector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { Dispatcher, StasisError } from '@stasis-rx/core';
import { BUS, injectTopic, provideBus, subscribeUntilDestroyed } from '../src/index.js';
import { CallAnswered } from './support/calls.js';

const failure = new Error('no frame to be had');

/** What may be wrong with a dispatcher, and how many of three messages that makes it fail. */
const faults: readonly [what: string, failures: number, make: () => Dispatcher][] = [
  ['throws once', 1, failingOnce],
  ['throws whenever it is called', 3, () => fail],
  ['calls the drain and then throws', 3, () => inTurn(call, fail)],
  ['keeps the drain, throws, and calls it later', 3, () => inTurn(queueMicrotask, fail)],
  ['calls the drain twice', 0, () => inTurn(call, call)],
  ['calls the drain now and later', 0, () => inTurn(call, queueMicrotask)],
  ['calls the drains of former times again', 0, repeating],
];

function fail(): never {
  throw failure;
}

function call(drain: () => void): void {
  drain();
}

/** Does the one with the drain, then the other. */
function inTurn(...steps: readonly Dispatcher[]): Dispatcher {
  return (drain) => {
    for (const step of steps) step(drain);
  };
}

function failingOnce(): Dispatcher {
  let next: Dispatcher = fail;
  return (drain) => {
    const dispatch = next;
    next = call;
    dispatch(drain);
  };
}

function repeating(): Dispatcher {
  const drains: (() => void)[] = [];
  return (drain) => {
    drains.push(drain);
    for (const each of drains) each();
  };
}

describe.each(['subscribeUntilDestroyed', 'provideBus'])('the dispatcher of %s', (where) => {
  it.each(faults)('S9: loses nothing when it %s', async (_what, count, make) => {
    const dispatcher = make();
    const failures: StasisError[] = [];
    const errorHandler = { handleError: (error: StasisError) => failures.push(error) };
    TestBed.configureTestingModule({
      providers: [
        provideBus(where === 'provideBus' ? { dispatcher } : {}),
        { provide: ErrorHandler, useValue: errorHandler },
      ],
    });
    const injector = TestBed.inject(Injector);
    const topic = injectTopic('calls', { injector });
    const agents: string[] = [];
    const options = where === 'provideBus' ? {} : { dispatcher };
    const handler = ({ data }: { data: { agent: string } }): void => void agents.push(data.agent);
    subscribeUntilDestroyed(topic, handler, { accept: [CallAnswered], injector, ...options });
    for (const agent of ['ann', 'bob', 'eve']) {
      topic.publish(CallAnswered({ agent }));
      await TestBed.inject(BUS).settled();
      expect(agents.at(-1)).toBe(agent);
    }

    expect(agents).toEqual(['ann', 'bob', 'eve']);
    expect(failures.map(({ code, cause }) => [code, cause])).toEqual(Array(count).fill(['DISPATCHER', failure]));
  });

  it('is refused when it is no function', () => {
    const options = { dispatcher: 'frame' as never };
    const subscribeSo = (): void => {
      TestBed.configureTestingModule({ providers: [provideBus(where === 'provideBus' ? options : {})] });
      const injector = TestBed.inject(Injector);
      subscribeUntilDestroyed(injectTopic('calls', { injector }), () => {}, { injector, ...options });
    };
    expect(subscribeSo).toThrow('expected dispatcher to be a function, got "frame" (string).');
  });
});
