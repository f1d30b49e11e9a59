// Renders that React suspends, throws away, interrupts or hides.
import type { Message } from '@stasis-rx/core';
import { act, render, screen, waitFor } from '@testing-library/react';
import * as React from 'react';
import { startTransition, Suspense, useLayoutEffect, useState, type ReactElement, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { useCached, useCacheEntries, useLatest, useTopic } from '../src/index.js';
import { cachedCalls, Call, call, countReaders } from './support/calls.js';
import { numbersTopic, Ping, subscribersOf } from './support/numbers.js';

/** A component that suspends until it is let go, each time that it is held. */
function gate() {
  let waiting: Promise<void> | undefined;
  let open: () => void = () => undefined;
  return {
    hold(): void {
      waiting = new Promise((resolve) => {
        open = () => {
          waiting = undefined;
          resolve();
        };
      });
    },
    release: (): void => open(),
    // Throwing a promise is how React 18 suspends, and 19 still does.
    Gate(): ReactNode {
      if (waiting !== undefined) throw waiting as unknown as Error;
      return 'open ';
    },
  };
}

/** A root on which React works as in a browser: in slices, when it thinks fit. */
async function outsideOfAct(work: (root: Root) => Promise<void>): Promise<void> {
  const environment = globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean };
  environment.IS_REACT_ACT_ENVIRONMENT = false;
  const root = createRoot(document.body.appendChild(document.createElement('main')));
  try {
    await work(root);
  } finally {
    root.unmount();
    document.body.replaceChildren();
    environment.IS_REACT_ACT_ENVIRONMENT = true;
  }
}

const text = (): string | null => document.body.textContent;

describe('a render that is suspended', () => {
  it('subscribes to nothing, and is on the page with the newest that the cache holds', async () => {
    const { bus, calls, cache } = cachedCalls();
    const readers = countReaders(cache);
    const { hold, release, Gate } = gate();
    function Call1(): ReactElement {
      const state = useCached(cache, Call, '1')?.data.state;
      useTopic(calls, () => undefined, { accept: [Call] });
      return <>{state ?? 'none'}</>;
    }
    hold();
    const before = subscribersOf(bus);
    render(
      <Suspense fallback="wait">
        <Gate />
        <Call1 />
      </Suspense>,
    );
    calls.publish(call('1', 'up'));
    expect([text(), readers(), subscribersOf(bus)]).toEqual(['wait', 0, before]);
    await act(async () => {
      release();
    });

    expect(text()).toBe('open up');
    expect([readers(), subscribersOf(bus)]).toEqual([1, before + 1]);
  });

  it('S1: goes on handling every message while a fallback stands in its place', async () => {
    const { bus, numbers } = numbersTopic();
    const { hold, release, Gate } = gate();
    const seen: number[] = [];
    let render2: () => void = () => undefined;
    function App(): ReactElement {
      const [, setRound] = useState(0);
      render2 = () => {
        setRound(2);
      };
      useTopic(numbers, () => undefined, { accept: [Ping] });
      return (
        <Suspense fallback="wait">
          <Listener />
          <Gate />
        </Suspense>
      );
    }
    function Listener(): ReactElement {
      useTopic(numbers, ({ data }) => void seen.push(data), { accept: [Ping] });
      return <output>{useLatest(numbers, Ping)?.data ?? 'none'}</output>;
    }
    render(<App />);
    const ids = bus.statistics().subscriptions.map(({ id }) => id);
    hold();
    act(() => {
      render2();
    });
    expect(text()).toContain('wait');
    for (const number of [1, 2]) numbers.publish(Ping(number));
    await act(() => bus.settled());
    await act(async () => {
      release();
    });
    numbers.publish(Ping(3));
    await act(() => bus.settled());

    expect(seen).toEqual([1, 2, 3]);
    expect(screen.getByRole('status').textContent).toBe('3');
    expect(bus.statistics().subscriptions.map(({ id }) => id)).toEqual(ids);
  });
});

describe('a transition', () => {
  it('C3: shows components that are rendered together the same, when something comes while React gives way', async () => {
    const { calls, cache } = cachedCalls();
    calls.publish(call('1', '0'));
    const atCommit: string[] = [];
    const State = (): ReactElement => <b>{useCached(cache, Call, '1')?.data.state} </b>;
    const Entries = (): ReactElement => <b>{useCacheEntries(cache, Call)[0]?.data.state} </b>;
    function Slow(): null {
      const until = performance.now() + 10; // React gives way after 5
      while (performance.now() < until);
      publishSoon();
      return null;
    }
    let published = 0;
    const publishSoon = (): void => {
      setTimeout(() => calls.publish(call('1', String(++published))), 0);
    };
    let show: () => void = () => undefined;
    function App(): ReactNode {
      const [isShown, setShown] = useState(false);
      show = () => {
        startTransition(() => {
          setShown(true);
        });
      };
      useLayoutEffect(() => {
        if (isShown) atCommit.push(`${cache.get(Call, '1')?.data.state} `.repeat(3), text() ?? '');
      }, [isShown]);
      return isShown
        ? [<State key="1" />, <Slow key="2" />, <Slow key="3" />, <State key="4" />, <Entries key="5" />]
        : null;
    }
    await outsideOfAct(async (root) => {
      root.render(<App />);
      await waitFor(() => {
        show();
        expect(atCommit).toHaveLength(2);
      });
    });

    expect(atCommit[0]).not.toBe('0 0 0 '); // something came in between
    expect(atCommit[1]).toBe(atCommit[0]);
  });

  it('keeps calling the handler that is on the page while the next one is only being rendered', async () => {
    const { bus, numbers } = numbersTopic();
    const { hold, release, Gate } = gate();
    const seen: string[] = [];
    let next: () => void = () => undefined;
    function Versions(): ReactElement {
      const [version, setVersion] = useState('old');
      next = () => {
        startTransition(() => {
          setVersion('new');
        });
      };
      useTopic(numbers, ({ data }: Message<number>) => void seen.push(`${version} ${data}`), { accept: [Ping] });
      return <>{version === 'new' && <Gate />}</>;
    }
    render(
      <Suspense fallback="wait">
        <Versions />
      </Suspense>,
    );
    hold();
    await act(async () => {
      next();
    });
    numbers.publish(Ping(1));
    await act(() => bus.settled());
    await act(async () => {
      release();
    });
    numbers.publish(Ping(2));
    await act(() => bus.settled());

    expect(seen).toEqual(['old 1', 'new 2']);
  });
});

const { Activity } = React as Partial<typeof React>;

declare const REACT_MAJOR: number; // of the project, in jest.config.js

// React 18 has no Activity to hide anything in.
(REACT_MAJOR === 18 ? describe.skip : describe)('a hidden Activity', () => {
  it('S4: leaves while it is hidden, and comes back when it is shown', async () => {
    const { bus, numbers } = numbersTopic();
    const seen: number[] = [];
    function Listener(): null {
      useTopic(numbers, ({ data }) => void seen.push(data), { accept: [Ping] });
      return null;
    }
    const page = (mode: 'visible' | 'hidden'): ReactElement => {
      const Part = Activity as NonNullable<typeof Activity>;
      return (
        <Part mode={mode}>
          <Listener />
        </Part>
      );
    };
    const { rerender } = render(page('visible'));
    numbers.publish(Ping(1));
    rerender(page('hidden'));
    expect(subscribersOf(bus)).toBe(0);
    numbers.publish(Ping(2));
    rerender(page('visible'));
    numbers.publish(Ping(3));
    await bus.settled();

    expect(seen).toEqual([1, 3]);
    expect(subscribersOf(bus)).toBe(1);
  });
});
