import type { Cache } from '@stasis-rx/core';
import { createManualDispatcher } from '@stasis-rx/core/testing';
import { act, renderHook } from '@testing-library/react';
import { StrictMode, useEffect } from 'react';
import { useCacheEntries } from '../src/index.js';
import { cachedCalls, Call, call, countReaders } from './support/calls.js';
import { errorOf } from './support/error-of.js';
import { numbersTopic, Ping } from './support/numbers.js';

/** The hook in a component, and what it gives as `id state`. */
function renderEntries(cache: Cache, options?: Parameters<typeof useCacheEntries<typeof Call>>[2]) {
  const hook = renderHook((props: { cache: Cache }) => useCacheEntries(props.cache, Call, options), {
    initialProps: { cache },
    wrapper: StrictMode,
  });
  return { ...hook, shown: () => hook.result.current.map(({ data }) => `${data.id} ${data.state}`) };
}

describe('useCacheEntries', () => {
  it('C5: gives all of the type, as they are at the first render and after each change', () => {
    const { calls, cache, cached } = cachedCalls();
    calls.publish(call('1', 'ring'));
    const { shown } = renderEntries(cache);
    const states = [shown()];
    act(() => void calls.publish(call('2', 'ring')));
    states.push(shown());
    act(() => void calls.publish(call('1', 'up')));
    states.push(shown());
    act(() => {
      cached.clear(call('1', 'up'));
    });
    states.push(shown());

    expect(states).toEqual([['1 ring'], ['1 ring', '2 ring'], ['1 up', '2 ring'], ['2 ring']]);
  });

  it('gives the same frozen array until something of the type changes', () => {
    const { calls, cache } = cachedCalls();
    const snapshot = call('1', 'ring');
    calls.publish(snapshot);
    const { result, rerender } = renderEntries(cache);
    const first = result.current;
    rerender({ cache });
    act(() => {
      calls.publish(Ping(1));
      calls.publish(snapshot); // the very message that is there
    });
    expect(result.current).toBe(first);
    expect(Object.isFrozen(first)).toBe(true);
    act(() => void calls.publish(call('1', 'ring')));

    expect(result.current).not.toBe(first);
  });

  it('renders once for what one task publishes', () => {
    const { calls, cache } = cachedCalls();
    const renders: number[] = [];
    renderHook(() => {
      const { length } = useCacheEntries(cache, Call);
      useEffect(() => void renders.push(length));
    });
    act(() => {
      for (let id = 1; id <= 100; id++) calls.publish(call(String(id), 'ring'));
    });

    expect(renders).toEqual([0, 100]);
  });

  it('C3: misses nothing between rendering and subscribing', () => {
    const { calls, cache } = cachedCalls();
    const { result } = renderHook(() => {
      const entries = useCacheEntries(cache, Call);
      useEffect(() => void calls.publish(call('effect', 'up')), []);
      return entries.map(({ data }) => data.id);
    });

    expect(result.current).toEqual(['effect']);
  });

  it('has one follower under StrictMode, reads another cache, and leaves with the component', () => {
    const [one, other] = [cachedCalls(), cachedCalls()];
    const readers = [one, other].map(({ cache }) => countReaders(cache));
    other.calls.publish(call('1', 'elsewhere'));
    const { rerender, unmount, shown } = renderEntries(one.cache);
    expect(readers.map((count) => count())).toEqual([1, 0]);
    rerender({ cache: other.cache });
    expect(shown()).toEqual(['1 elsewhere']);
    expect(readers.map((count) => count())).toEqual([0, 1]);
    unmount();

    expect(readers.map((count) => count())).toEqual([0, 0]);
  });

  it('renders when its dispatcher says so', () => {
    const { calls, cache } = cachedCalls();
    const dispatcher = createManualDispatcher();
    const { shown } = renderEntries(cache, { dispatcher });
    for (const id of ['1', '2']) calls.publish(call(id, 'ring'));
    expect([shown(), dispatcher.pending]).toEqual([[], 1]);
    act(() => void dispatcher.flush());

    expect(shown()).toEqual(['1 ring', '2 ring']);
  });

  it('refuses what is no cache or no type', () => {
    const { cache } = cachedCalls();
    function Wrong({ cache, type }: { readonly cache: unknown; readonly type: unknown }): null {
      useCacheEntries(cache as Cache, type as typeof Call);
      return null;
    }
    const errors = [
      errorOf(<Wrong cache={numbersTopic().numbers} type={Call} />),
      errorOf(<Wrong cache={cache} type={null} />),
    ];
    expect(errors.map((error) => (error as Error).message)).toEqual([
      '[react] useCacheEntries(): expected a cache, as createCache makes them, got Topic (object).',
      '[react] useCacheEntries(): expected a message type, got null.',
    ]);
  });
});
