import { createBus, type Bus } from '@stasis-rx/core';
import { act, renderHook } from '@testing-library/react';
import { StrictMode, type ReactNode } from 'react';
import { BusProvider, useBusStatistics } from '../src/index.js';
import { errorOf } from './support/error-of.js';
import { numbersTopic, Ping } from './support/numbers.js';

/** The hook below a provider, and how many pings it says were published. */
function renderStatistics(bus: Bus, intervalMs?: number) {
  const hook = renderHook((props: { intervalMs: number | undefined }) => useBusStatistics(props.intervalMs), {
    initialProps: { intervalMs },
    wrapper: ({ children }: { readonly children: ReactNode }) => (
      <StrictMode>
        <BusProvider bus={bus}>{children}</BusProvider>
      </StrictMode>
    ),
  });
  return { ...hook, pings: () => hook.result.current.messageTypes.find(({ name }) => name === 'ping')?.published ?? 0 };
}

function pass(ms: number): void {
  act(() => {
    jest.advanceTimersByTime(ms);
  });
}

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

describe('useBusStatistics', () => {
  it('Z1: gives what the bus has counted, at the first render and once in every interval', () => {
    const { bus, numbers } = numbersTopic();
    numbers.publish(Ping(1));
    const { pings } = renderStatistics(bus, 500);
    const counts = [pings()];
    numbers.publish(Ping(2));
    pass(499);
    counts.push(pings());
    pass(1);
    counts.push(pings());
    numbers.publish(Ping(3));
    pass(500);
    counts.push(pings());

    expect(counts).toEqual([1, 1, 2, 3]);
  });

  it('reads once a second unless told otherwise', () => {
    const { bus, numbers } = numbersTopic();
    const { pings } = renderStatistics(bus);
    numbers.publish(Ping(1));
    pass(999);
    expect(pings()).toBe(0);
    pass(1);

    expect(pings()).toBe(1);
  });

  it('takes another interval, and has one timer', () => {
    const { bus, numbers } = numbersTopic();
    const { pings, rerender } = renderStatistics(bus, 1000);
    rerender({ intervalMs: 100 });
    numbers.publish(Ping(1));
    pass(100);

    expect(pings()).toBe(1);
    expect(jest.getTimerCount()).toBe(1);
  });

  it('leaves no timer and no subscription behind', () => {
    const { bus } = numbersTopic();
    renderStatistics(bus, 100).unmount();

    expect(jest.getTimerCount()).toBe(0);
    expect(bus.statistics().topics.map(({ subscribers }) => subscribers)).toEqual([0]);
  });

  it('reads a bus that has closed', async () => {
    const { bus, numbers } = numbersTopic();
    const { pings } = renderStatistics(bus, 100);
    numbers.publish(Ping(1));
    await bus.close();
    pass(100);

    expect(pings()).toBe(1);
  });

  it.each([0, -1, 0.5, NaN, '500'])('refuses an interval of %p', (intervalMs) => {
    function Wrong(): null {
      useBusStatistics(intervalMs as number);
      return null;
    }
    const error = errorOf(
      <BusProvider bus={createBus()}>
        <Wrong />
      </BusProvider>,
    );
    expect(error).toHaveProperty(
      'message',
      expect.stringMatching(
        /^\[react\] useBusStatistics\(\): expected intervalMs to be an integer of at least 1, got /,
      ),
    );
  });

  it('says what is missing when there is no provider', () => {
    function Lonely(): null {
      useBusStatistics();
      return null;
    }
    expect(errorOf(<Lonely />)).toHaveProperty('code', 'BUS_MISSING');
  });
});
