import { createBus, StasisError, type Bus } from '@stasis-rx/core';
import { render, screen } from '@testing-library/react';
import { StrictMode, useState, type ReactElement } from 'react';
import { BusProvider, useBus } from '../src/index.js';
import { errorOf } from './support/error-of.js';

function BusName(): ReactElement {
  return <output>{useBus().name}</output>;
}

const shown = (): (string | null)[] => screen.getAllByRole('status').map(({ textContent }) => textContent);

describe('BusProvider', () => {
  it('gives its bus to the components below; the nearest one counts', () => {
    const [outer, inner] = [createBus({ name: 'outer' }), createBus({ name: 'inner' })];
    render(
      <BusProvider bus={outer}>
        <BusName />
        <BusProvider bus={inner}>
          <BusName />
        </BusProvider>
      </BusProvider>,
    );

    expect(shown()).toEqual(['outer', 'inner']);
  });

  it('gives another bus when it gets one', () => {
    const { rerender } = render(<BusName />, {
      wrapper: ({ children }) => <BusProvider bus={createBus({ name: 'one' })}>{children}</BusProvider>,
    });
    rerender(
      <BusProvider bus={createBus({ name: 'other' })}>
        <BusName />
      </BusProvider>,
    );

    expect(shown()).toEqual(['other']);
  });

  it('takes a bus that a component makes once, and leaves it open', () => {
    const buses = new Set<unknown>();
    function App(): ReactElement {
      const [bus] = useState(() => createBus({ name: 'mine' }));
      buses.add(bus);
      return (
        <BusProvider bus={bus}>
          <BusName />
        </BusProvider>
      );
    }
    const { unmount } = render(<App />, { wrapper: StrictMode });
    expect(shown()).toEqual(['mine']);
    unmount();

    for (const bus of buses) expect((bus as ReturnType<typeof createBus>).topic('still open').isCompleted).toBe(false);
  });

  it.each([undefined, null, {}, 'bus'])('refuses the bus %p', (bus) => {
    const error = errorOf(<BusProvider bus={bus as never} />);
    expect(error).toBeInstanceOf(StasisError);
    expect(error).toHaveProperty(
      'message',
      expect.stringMatching(
        /^\[react\] <BusProvider>: expected bus to be a bus, got .*\. Make one with createBus\(\), or give options\.$/,
      ),
    );
  });

  it('refuses both a bus and options', () => {
    const both = { bus: createBus(), options: {} } as never;
    expect(errorOf(<BusProvider {...(both as { bus: Bus })} />)).toMatchObject({
      code: 'INVALID_ARGUMENT',
      message: '[react] <BusProvider>: expected no bus beside options, got LiveBus (object). Leave one of them out.',
    });
  });

  it.each([null, { highWater: 0 }])('refuses options that cannot work: %j', (options) => {
    const error = errorOf(<BusProvider options={options as never} />);
    expect(error).toHaveProperty('message', expect.stringMatching(/^\[core\] createBus\(\): expected /));
  });
});

describe('useBus', () => {
  it('says what is missing when there is no provider', () => {
    const error = errorOf(<BusName />);
    expect(error).toBeInstanceOf(StasisError);
    expect(error).toMatchObject({
      code: 'BUS_MISSING',
      message: '[react] useBus(): expected a <BusProvider bus={...}> above, found none.',
    });
  });
});
