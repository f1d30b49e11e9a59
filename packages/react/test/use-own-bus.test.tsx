// A bus that its provider makes: from the first rendering until the provider goes.
import { createBus, createCache, createCachingTopic, subscribe, type Bus, type BusOptions } from '@stasis-rx/core';
import { act, render } from '@testing-library/react';
import * as React from 'react';
import {
  StrictMode,
  useEffect,
  useInsertionEffect,
  useLayoutEffect,
  useRef,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react';
import { BusProvider, useBus, useCached, useLatest, useTopic } from '../src/index.js';
import { Call, call } from './support/calls.js';
import { Ping } from './support/numbers.js';

/** Shows components below a provider that makes its bus. Gives that bus. */
function provide(options: BusOptions, children: ReactNode) {
  const taken: { bus?: Bus } = {};
  function Takes(): null {
    const bus = useBus();
    useInsertionEffect(() => void (taken.bus = bus));
    return null;
  }
  const page = (): ReactElement => (
    <BusProvider options={options}>
      <Takes />
      {children}
    </BusProvider>
  );
  return { page, bus: (): Bus => taken.bus! };
}

/** What was seen, by the name of whoever noted it. */
function notes() {
  const seen: Record<string, number[]> = {};
  const note = (name: string, data: number): void => void (seen[name] ??= []).push(data);
  return { seen, note };
}

type Note = ReturnType<typeof notes>['note'];

/** Publishes in each phase of its first commit. */
function Publishes(): null {
  const pings = useBus().topic('pings');
  const published = useRef(new Set<number>());
  const publishOnce = (data: number): void => {
    if (!published.current.has(data)) pings.publish(Ping(data));
    published.current.add(data);
  };
  useLayoutEffect(() => publishOnce(1));
  useEffect(() => publishOnce(2));
  return null;
}

function Hook({ note, children }: { note: Note; children?: ReactNode }): ReactNode {
  useTopic(useBus().topic('pings'), ({ data }) => note('hook', data), { accept: [Ping] });
  return children;
}

function Effect({ note }: { note: Note }): null {
  const bus = useBus();
  useEffect(() => {
    const subscription = subscribe(bus.topic('pings'), ({ data }) => note('effect', data), { accept: [Ping] });
    return () => subscription.unsubscribe();
  }, [bus, note]);
  return null;
}

const { Activity } = React as Partial<typeof React>;

declare const REACT_MAJOR: number; // of the project, in jest.config.js

function activity(mode: 'visible' | 'hidden', children: ReactNode): ReactElement {
  const Part = Activity as NonNullable<typeof Activity>;
  return <Part mode={mode}>{children}</Part>;
}

// React 18 has no Activity to hide anything in.
const onReact19 = REACT_MAJOR === 18 ? it.skip : it;

describe('a bus that its provider makes', () => {
  /** Publishes while others are still to subscribe: those above it, and those beside it. */
  async function setUp(options: BusOptions, wrapper?: typeof StrictMode) {
    const { seen, note } = notes();
    const { page, bus } = provide(
      options,
      <>
        <Hook note={note}>
          <Publishes />
        </Hook>
        <Effect note={note} />
      </>,
    );
    render(page(), wrapper && { wrapper });
    await act(() => bus().settled());
    return seen;
  }

  it('H1: delivers to everybody what was published while the tree was set up, when it was held from the start', async () => {
    expect(await setUp({ held: true })).toEqual({ hook: [1, 2], effect: [1, 2] });
  });

  it('H1: delivers each of it once under StrictMode', async () => {
    expect(await setUp({ held: true }, StrictMode)).toEqual({ hook: [1, 2], effect: [1, 2] });
  });

  it('T2: delivers to those who have subscribed, when it was not', async () => {
    expect(await setUp({})).toEqual({ hook: [2] });
  });

  it('H1: shows by its hooks what was kept, in the first act', () => {
    const cache = createCache({ id: (message) => (Call.is(message) ? message.data.id : undefined) });
    function Shows(): ReactElement {
      const calls = useBus().topic('calls');
      useState(() => createCachingTopic(calls, cache));
      useLayoutEffect(() => void calls.publish(call('1', 'up')), [calls]);
      const latest = useLatest(calls, Call, { delivery: 'synchronous' });
      return (
        <>
          {useCached(cache, Call, '1')?.data.state} {latest?.data.state}
        </>
      );
    }
    const { page } = provide({ held: true }, <Shows />);

    expect(render(page()).container.textContent).toBe('up up');
  });

  it('H1: is released once: a hold that is made later is its owner’s', async () => {
    const { page, bus } = provide({ held: true }, null);
    const { rerender } = render(page(), { wrapper: StrictMode });
    expect(bus().isHeld).toBe(false);
    bus().hold();
    rerender(page());

    expect(bus().isHeld).toBe(true);
  });

  it('H1: is not released when it was not held from the start', () => {
    function Holds(): null {
      const bus = useBus();
      useEffect(() => bus.hold(), [bus]);
      return null;
    }
    const { page, bus } = provide({}, <Holds />);
    render(page());

    expect(bus().isHeld).toBe(true);
  });

  onReact19(
    'H1: stays held while it is hidden from the start, and is left as it is when it is hidden later',
    async () => {
      const { seen, note } = notes();
      const { page, bus } = provide({ held: true }, <Hook note={note} />);
      const { rerender } = render(activity('hidden', page()));
      await act(async () => undefined); // React renders what is hidden when it has nothing else to do
      bus().topic('pings').publish(Ping(1));
      expect(bus().isHeld).toBe(true);
      rerender(activity('visible', page()));
      await act(() => bus().settled());
      expect([seen.hook, bus().isHeld]).toEqual([[1], false]);

      bus().hold();
      rerender(activity('hidden', page()));
      rerender(activity('visible', page()));
      expect(bus().isHeld).toBe(true);
    },
  );

  it('S4: is closed when the provider goes, after what those below publish when they go', async () => {
    const { seen, note } = notes();
    function Leaves(): null {
      const bus = useBus();
      useEffect(() => () => void bus.topic('pings').publish(Ping(9)), [bus]);
      return null;
    }
    const { page, bus } = provide({}, <Leaves />);
    const { unmount } = render(page(), { wrapper: StrictMode });
    const pings = bus().topic('pings');
    const subscription = subscribe(pings, ({ data }) => note('model', data), { accept: [Ping] });
    expect(pings.isCompleted).toBe(false);
    unmount();
    await subscription.join();

    expect([seen, bus().topics(), bus().statistics().subscriptions]).toEqual([{ model: [9] }, [], []]);
  });

  onReact19('S4: is closed when the provider goes, though it was hidden, and not before', async () => {
    const { page, bus } = provide({}, null);
    const { rerender, unmount } = render(activity('visible', page()));
    const pings = bus().topic('pings');
    rerender(activity('hidden', page()));
    await act(async () => undefined);
    expect(pings.isCompleted).toBe(false);
    unmount();
    await act(async () => undefined);

    expect(pings.isCompleted).toBe(true);
  });

  it('is made by the options of the first rendering', () => {
    const buses = new Set<Bus>();
    function Takes(): null {
      buses.add(useBus());
      return null;
    }
    const page = (name: string): ReactElement => (
      <BusProvider options={{ name }}>
        <Takes />
      </BusProvider>
    );
    const { rerender } = render(page('first'));
    rerender(page('second'));

    expect([...buses].map(({ name }) => name)).toEqual(['first']);
  });
});

it('H1: leaves a bus as it is that was made elsewhere', async () => {
  const bus = createBus({ held: true });
  const { seen, note } = notes();
  const { unmount } = render(
    <BusProvider bus={bus}>
      <Hook note={note} />
    </BusProvider>,
  );
  bus.topic('pings').publish(Ping(1));
  await act(() => bus.settled());
  expect([bus.isHeld, seen]).toEqual([true, {}]);
  bus.release();
  await act(() => bus.settled());
  expect(seen).toEqual({ hook: [1] });
  unmount();
  await bus.settled();

  expect(bus.topic('pings').isCompleted).toBe(false);
});
