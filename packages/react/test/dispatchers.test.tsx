// Whatever a dispatcher does, a hook that was given one shows what it would show without.
import { createBus, createCache, createCachingTopic, type Dispatcher, type Topic } from '@stasis-rx/core';
import { act, renderHook } from '@testing-library/react';
import { config } from 'rxjs';
import { useCached, useCacheEntries, useLatest, useMessages, useTopic } from '../src/index.js';
import { Call, call as callOf, countReaders } from './support/calls.js';
import { errorOf } from './support/error-of.js';

/** A bus that collects what is reported to it, with a cache of calls; and what is reported where RxJS reports. */
function surroundings() {
  const failures: unknown[] = [];
  const bus = createBus({ onError: (error) => failures.push(error) });
  config.onUnhandledError = (error) => failures.push(error);
  const calls: Topic = bus.topic('calls');
  const cache = createCache({ id: (message) => (Call.is(message) ? message.data.id : undefined) });
  createCachingTopic(calls, cache);
  return { calls, cache, failures, readers: countReaders(cache) };
}

type Surroundings = ReturnType<typeof surroundings>;

/** Each hook that takes a dispatcher, and what it shows of the newest call. */
const hooks: Record<string, (around: Surroundings, dispatcher: Dispatcher, seen: string[]) => string | undefined> = {
  useTopic({ calls }, dispatcher, seen) {
    useTopic(calls, ({ data }) => void seen.push(data.state), { accept: [Call], dispatcher });
    return undefined;
  },
  useLatest: ({ calls }, dispatcher) => useLatest(calls, Call, { dispatcher })?.data.state,
  useMessages: ({ calls }, dispatcher) => useMessages(calls, { accept: [Call], dispatcher }).at(-1)?.data.state,
  useCached: ({ cache }, dispatcher) => useCached(cache, Call, '1', { dispatcher })?.data.state,
  useCacheEntries: ({ cache }, dispatcher) => useCacheEntries(cache, Call, { dispatcher })[0]?.data.state,
};

/** Shows by a hook what is published, one state in each task; `settle` waits until it is shown. */
function show(name: string, dispatcher: Dispatcher) {
  const around = surroundings();
  const seen: string[] = [];
  const { result, unmount } = renderHook(() => hooks[name]!(around, dispatcher, seen));
  return {
    ...around,
    unmount,
    shown: () => result.current ?? seen.at(-1),
    publish: (state: string) => act(async () => void around.calls.publish(callOf('1', state))),
  };
}

const failure = new Error('no frame to be had');

/** What may be wrong with a dispatcher, and how many of five changes that makes it fail. */
const faults: readonly [what: string, failures: number, make: () => Dispatcher][] = [
  ['throws once', 1, failingOnce],
  ['throws whenever it is called', 5, () => fail],
  ['calls the drain and then throws', 5, () => inTurn(call, fail)],
  ['keeps the drain, throws, and calls it later', 5, () => inTurn(queueMicrotask, fail)],
  ['calls the drain twice', 0, () => inTurn(call, call)],
  ['calls the drain now and later', 0, () => inTurn(call, queueMicrotask)],
  ['calls the drains of former times again', 0, repeating],
];

/** RxJS reports in a task of its own, which a microtask asks for. */
async function reported(): Promise<void> {
  for (let task = 0; task < 2; task++) await new Promise((resolve) => setTimeout(resolve));
}

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
  let hasFailed = false;
  return (drain) => {
    if (hasFailed) {
      drain();
      return;
    }
    hasFailed = true;
    fail();
  };
}

function repeating(): Dispatcher {
  const drains: (() => void)[] = [];
  return (drain) => {
    drains.push(drain);
    for (const each of drains) each();
  };
}

afterEach(() => {
  config.onUnhandledError = null;
});

describe.each(Object.keys(hooks))('%s', (name) => {
  it.each(faults)('S9: shows every change though its dispatcher %s', async (_what, count, make) => {
    const { publish, shown, failures } = show(name, make());
    const states = ['ring', 'up', 'held', 'up again', 'gone'];
    const seen: unknown[] = [];
    for (const state of states) {
      await publish(state);
      seen.push(shown());
    }
    await reported();

    expect(seen).toEqual(states);
    expect(failures.map((error) => (error as { code?: string }).code)).toEqual(Array(count).fill('DISPATCHER'));
    expect(failures.every((error) => (error as Error).cause === failure)).toBe(true);
  });
});

describe.each(['useCached', 'useCacheEntries'])('%s', (name) => {
  it('S9: shows every change though its dispatcher rejects', async () => {
    const { publish, shown, failures } = show(name, () => Promise.reject(failure) as unknown as void);
    for (const state of ['ring', 'up']) {
      await publish(state);
      expect(shown()).toBe(state);
    }
    await reported();

    expect(failures.map((error) => (error as Error).cause)).toEqual([failure, failure]);
  });

  it('S9: says what has failed, and what became of it', async () => {
    const { publish, failures } = show(name, fail);
    await publish('ring');
    await reported();

    expect(failures.map((error) => (error as Error).message)).toEqual([
      '[react] the dispatcher failed; the component is told in a microtask.',
    ]);
  });

  it('S4: tells nothing when the component goes between the failure and the microtask', async () => {
    const { calls, unmount, failures, readers } = show(name, fail);
    expect(readers()).toBe(1);
    calls.publish(callOf('1', 'ring'));
    unmount();
    await reported();

    expect([readers(), failures.length]).toEqual([0, 1]);
  });

  it.each([5, 'frame', null, {}])('refuses the dispatcher %p while rendering', (dispatcher) => {
    const around = surroundings();
    function Wrong(): null {
      hooks[name]!(around, dispatcher as never, []);
      return null;
    }

    expect(errorOf(<Wrong />)).toHaveProperty(
      'message',
      expect.stringContaining(`[react] ${name}(): expected dispatcher to be a function, got `),
    );
  });
});
