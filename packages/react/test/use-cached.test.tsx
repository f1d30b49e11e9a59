import { createCache, createCachingTopic, type Cache } from '@stasis-rx/core';
import { createManualDispatcher } from '@stasis-rx/core/testing';
import { act, render, renderHook, screen } from '@testing-library/react';
import { StrictMode, useEffect, useLayoutEffect, useState, type ReactElement } from 'react';
import { useCached, type CacheReadOptions } from '../src/index.js';
import { Call, cachedCalls, call, countReaders } from './support/calls.js';
import { errorOf } from './support/error-of.js';
import { numbersTopic, Ping } from './support/numbers.js';

interface StateOfProps {
  readonly cache: Cache;
  readonly id: string;
  readonly options?: CacheReadOptions<ReturnType<typeof call>>;
}

function StateOf({ cache, id, options }: StateOfProps): ReactElement {
  const snapshot = useCached(cache, Call, id, options);
  return <output>{snapshot?.data.state ?? 'none'}</output>;
}

const shown = (): (string | null)[] => screen.getAllByRole('status').map(({ textContent }) => textContent);

describe('useCached', () => {
  it('C5: shows what the cache holds at the first render, and every later state', () => {
    const { calls, cache, cached } = cachedCalls();
    calls.publish(call('1', 'ring'));
    render(<StateOf cache={cache} id="1" />);
    const states = [shown()];
    for (const state of ['up', 'held']) {
      act(() => void calls.publish(call('1', state)));
      states.push(shown());
    }
    act(() => {
      cached.clear(call('1', 'held'));
    });
    states.push(shown());

    expect(states).toEqual([['ring'], ['up'], ['held'], ['none']]);
  });

  it('renders once for what one task publishes, and not for other ids', () => {
    const { calls, cache } = cachedCalls();
    const renders: (string | undefined)[] = [];
    function Counting(): null {
      const state = useCached(cache, Call, '1')?.data.state;
      useEffect(() => void renders.push(state));
      return null;
    }
    render(<Counting />);
    act(() => {
      for (const state of ['ring', 'up', 'held']) calls.publish(call('1', state));
    });
    act(() => void calls.publish(call('2', 'ring')));

    expect(renders).toEqual([undefined, 'held']);
  });

  it('gives the message itself', () => {
    const { calls, cache } = cachedCalls();
    const snapshot = call('1', 'ring');
    calls.publish(snapshot);
    const { result } = renderHook(() => useCached(cache, Call, '1'));

    expect(result.current).toBe(snapshot);
  });

  it('shows another id at once, and watches that one only', () => {
    const { calls, cache } = cachedCalls();
    const readers = countReaders(cache);
    for (const id of ['1', '2']) calls.publish(call(id, `state of ${id}`));
    const { rerender } = render(<StateOf cache={cache} id="1" />);
    rerender(<StateOf cache={cache} id="2" />);
    expect(shown()).toEqual(['state of 2']);
    act(() => void calls.publish(call('2', 'up')));

    expect(shown()).toEqual(['up']);
    expect(readers()).toBe(1);
  });

  it('reads another cache', () => {
    const [one, other] = [cachedCalls(), cachedCalls()];
    other.calls.publish(call('1', 'elsewhere'));
    const { rerender } = render(<StateOf cache={one.cache} id="1" />);
    rerender(<StateOf cache={other.cache} id="1" />);

    expect(shown()).toEqual(['elsewhere']);
  });

  it.each(['', '0'])('C1: reads the id %p', (id) => {
    const { calls, cache } = cachedCalls();
    calls.publish(call(id, 'up'));
    render(<StateOf cache={cache} id={id} />);

    expect(shown()).toEqual(['up']);
  });

  it('refuses what is no cache or no type', () => {
    const { cache } = cachedCalls();
    function WrongType(): null {
      useCached(cache, 'call' as never, '1');
      return null;
    }
    const errors = [errorOf(<StateOf cache={new Map() as never} id="1" />), errorOf(<WrongType />)];
    expect(errors.map((error) => (error as Error).message)).toEqual([
      '[react] useCached(): expected a cache, as createCache makes them, got Map (object).',
      '[react] useCached(): expected a message type, got "call" (string).',
    ]);
  });
});

describe('useCached between rendering and subscribing', () => {
  it('C3: shows what is published while it renders, and by any effect of the same commit', () => {
    const { calls, cache } = cachedCalls();
    function Publishing({ id, when }: { readonly id: string; readonly when: 'render' | 'layout' | 'effect' }) {
      const [isFirst] = useState(() => when === 'render');
      useLayoutEffect(() => {
        if (when === 'layout') calls.publish(call(id, when));
      }, [id, when]);
      useEffect(() => {
        if (when === 'effect') calls.publish(call(id, when));
      }, [id, when]);
      if (isFirst && cache.get(Call, id) === undefined) calls.publish(call(id, when));
      return null;
    }
    render(
      <>
        {(['render', 'layout', 'effect'] as const).map((when) => (
          <div key={when}>
            <StateOf cache={cache} id={when} />
            <Publishing id={when} when={when} />
          </div>
        ))}
      </>,
    );

    expect(shown()).toEqual(['render', 'layout', 'effect']);
  });

  it('has one watcher under StrictMode, and none when the component has gone', () => {
    const { calls, cache } = cachedCalls();
    const readers = countReaders(cache);
    const { unmount } = render(<StateOf cache={cache} id="1" />, { wrapper: StrictMode });
    act(() => void calls.publish(call('1', 'up')));
    expect([shown(), readers()]).toEqual([['up'], 1]);
    unmount();

    expect(readers()).toBe(0);
  });

  it('leaves no watcher after 1,000 mounts and unmounts', () => {
    const { cache } = cachedCalls();
    const readers = countReaders(cache);
    for (let round = 0; round < 1000; round++) render(<StateOf cache={cache} id="1" />).unmount();

    expect(readers()).toBe(0);
  });
});

describe('useCached with a dispatcher', () => {
  it('renders when the dispatcher says so, once for all changes', () => {
    const { calls, cache } = cachedCalls();
    const dispatcher = createManualDispatcher();
    render(<StateOf cache={cache} id="1" options={{ dispatcher }} />);
    for (const state of ['ring', 'up']) calls.publish(call('1', state));
    expect([shown(), dispatcher.pending]).toEqual([['none'], 1]);
    act(() => void dispatcher.flush());

    expect(shown()).toEqual(['up']);
  });

  it('tells nothing of what was pending when the component has gone', () => {
    const { calls, cache } = cachedCalls();
    const dispatcher = createManualDispatcher();
    const { unmount } = render(<StateOf cache={cache} id="1" options={{ dispatcher }} />);
    calls.publish(call('1', 'ring'));
    unmount();

    expect(() => dispatcher.flush()).not.toThrow();
  });
});

it('useCached takes a cache that several buses write', () => {
  const cache = createCache({ id: (message) => (Ping.is(message) ? 'ping' : undefined) });
  const topics = [numbersTopic().numbers, numbersTopic().numbers];
  for (const topic of topics) createCachingTopic(topic, cache);
  function Number(): ReactElement {
    return <output>{useCached(cache, Ping, 'ping')?.data ?? 'none'}</output>;
  }
  render(<Number />);
  const seen = topics.map((topic, index) => {
    act(() => void topic.publish(Ping(index)));
    return shown();
  });

  expect(seen).toEqual([['0'], ['1']]);
});
