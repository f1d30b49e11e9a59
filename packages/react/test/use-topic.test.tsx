import {
  createCache,
  createCachingTopic,
  messageType,
  StasisError,
  subscribe,
  SubscriptionChange,
} from '@stasis-rx/core';
import type { Handler, Message, SubscribeOptions, Topic } from '@stasis-rx/core';
import { createManualDispatcher } from '@stasis-rx/core/testing';
import { act, render } from '@testing-library/react';
import { StrictMode, useEffect, useLayoutEffect, useState, type ReactElement } from 'react';
import { flushSync } from 'react-dom';
import { useTopic } from '../src/index.js';
import { errorOf } from './support/error-of.js';
import { numbersTopic, Ping, Pong, subscribersOf } from './support/numbers.js';

interface ListenerProps {
  readonly topic: Topic<Message<number>>;
  readonly on: Handler<Message<number>>;
  readonly options?: Omit<SubscribeOptions, 'acceptFormats'>;
}

/** Listens to pings; its `accept` is written inline, as users write it. */
function Listener({ topic, on, options }: ListenerProps): null {
  useTopic(topic, on, { ...options, accept: [Ping] });
  return null;
}

describe('useTopic', () => {
  it('S1: hands every message to the handler, in order, and skips none', async () => {
    const { bus, numbers } = numbersTopic();
    const seen: number[] = [];
    render(<Listener topic={numbers} on={({ data }) => void seen.push(data)} />);
    for (let number = 0; number < 1000; number++) numbers.publish(Ping(number));
    await bus.settled();

    expect(seen).toEqual(Array.from({ length: 1000 }, (_, number) => number));
  });

  it('S1: waits for an asynchronous handler before it hands over the next message', async () => {
    const { bus, numbers } = numbersTopic();
    const steps: string[] = [];
    const slow = async ({ data }: Message<number>): Promise<void> => {
      steps.push(`begin ${data}`);
      await Promise.resolve();
      steps.push(`end ${data}`);
    };
    render(<Listener topic={numbers} on={slow} />);
    for (const number of [1, 2]) numbers.publish(Ping(number));
    await bus.settled();

    expect(steps).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2']);
  });

  it('S3: announces the subscription to its own handler first, where there is no filter', async () => {
    const { bus, numbers } = numbersTopic();
    const seen: unknown[] = [];
    function Everything(): null {
      useTopic(numbers, (message) =>
        seen.push(SubscriptionChange.is(message) ? message.data.description : message.data),
      );
      return null;
    }
    const { unmount } = render(<Everything />);
    numbers.publish(Ping(1));
    await bus.settled();
    unmount();
    await bus.settled();

    expect(seen).toEqual(['Subscribe', 1, 'Unsubscribe']);
  });

  it('S2: hands over the topic of the publish and the subscription', async () => {
    const { bus, numbers } = numbersTopic();
    const on = jest.fn();
    render(<Listener topic={numbers} on={on} />);
    numbers.publish(Ping(1));
    await bus.settled();

    const [message, topic, subscription] = on.mock.calls[0] as Parameters<Handler>;
    expect(message.data).toBe(1);
    expect(topic).toBe(numbers);
    expect(subscription.name).toBe('useTopic(numbers)');
  });

  it('calls the handler of the newest render, and does not subscribe anew for it', async () => {
    const { bus, numbers } = numbersTopic();
    const seen: string[] = [];
    const listener = (render: number): ReactElement => (
      <Listener topic={numbers} on={({ data }) => void seen.push(`${data} in render ${render}`)} />
    );
    const { rerender } = render(listener(1));
    const [{ id } = { id: '' }] = bus.statistics().subscriptions;
    for (const number of [2, 3, 4]) {
      rerender(listener(number));
      numbers.publish(Ping(number));
      await bus.settled();
    }

    expect(seen).toEqual(['2 in render 2', '3 in render 3', '4 in render 4']);
    expect(bus.statistics().subscriptions.map((subscription) => subscription.id)).toEqual([id]);
  });

  it('calls the newest handler for what was queued before the render', async () => {
    const { bus, numbers } = numbersTopic();
    const [first, second] = [jest.fn(), jest.fn()];
    const { rerender } = render(<Listener topic={numbers} on={first} />);
    numbers.publish(Ping(1));
    rerender(<Listener topic={numbers} on={second} />);
    await bus.settled();

    expect([first, second].map(({ mock }) => mock.calls.length)).toEqual([0, 1]);
  });

  it('S8: takes inline options for the same as long as they say the same', async () => {
    const { bus, numbers } = numbersTopic();
    const options = (): SubscribeOptions => ({
      acceptFormats: ['json'],
      highWater: 10,
      name: 'mine',
      onError: () => 0,
    });
    const { rerender } = render(<Listener topic={numbers} on={() => 0} options={options()} />);
    rerender(<Listener topic={numbers} on={() => 0} options={options()} />);
    await bus.settled();

    expect(bus.statistics().subscriptions.map(({ id, name }) => [id, name])).toEqual([['numbers#1', 'mine']]);
  });

  const changes: [string, SubscribeOptions, SubscribeOptions][] = [
    ['acceptFormats', { acceptFormats: ['json'] }, { acceptFormats: ['text'] }],
    ['delivery', {}, { delivery: 'synchronous' }],
    ['dispatcher', {}, { dispatcher: (drain) => drain() }],
    ['name', { name: 'one' }, { name: 'other' }],
    ['signal', {}, { signal: new AbortController().signal }],
    ['capacity', { capacity: 1 }, { capacity: 2 }],
    ['overflow', { capacity: 1 }, { capacity: 1, overflow: 'drop-oldest' }],
    ['highWater', { highWater: 10 }, { highWater: 20 }],
    ['lowWater', { lowWater: 10 }, { lowWater: 20 }],
    ['onError being there', {}, { onError: () => 0 }],
    ['onFinal being there', {}, { onFinal: () => 0 }],
  ];
  it.each(changes)('subscribes anew when an option changes: %s', async (_, before, after) => {
    const { bus, numbers } = numbersTopic();
    const { rerender } = render(<Listener topic={numbers} on={() => 0} options={before} />);
    rerender(<Listener topic={numbers} on={() => 0} options={after} />);
    await bus.settled();

    expect(bus.statistics().subscriptions.map(({ id }) => id)).toEqual(['numbers#2']);
  });

  const madeAnew: [string, () => SubscribeOptions][] = [
    ['dispatcher', () => ({ dispatcher: (drain) => drain() })],
    ['signal', () => ({ signal: new AbortController().signal })],
    ['type', () => ({ accept: [messageType('made while rendering')] })],
  ];
  it.each(madeAnew)('subscribes anew at each render with a %s that is made there', async (_, options) => {
    const { bus, numbers } = numbersTopic();
    function Wasteful(): null {
      useTopic(numbers, () => 0, options());
      return null;
    }
    const { rerender } = render(<Wasteful />);
    rerender(<Wasteful />);
    await bus.settled();

    expect(bus.statistics().subscriptions.map(({ id }) => id)).toEqual(['numbers#2']);
  });

  it('S8: subscribes anew when the accepted types change', async () => {
    const { bus, numbers } = numbersTopic();
    const seen: string[] = [];
    function Choosy({ isPong }: { readonly isPong: boolean }): null {
      useTopic(numbers, (message) => seen.push(message.type.name), { accept: isPong ? [Ping, Pong] : [Ping] });
      return null;
    }
    const { rerender } = render(<Choosy isPong={false} />);
    numbers.publish(Pong(1));
    rerender(<Choosy isPong />);
    numbers.publish(Pong(2));
    await bus.settled();

    expect(seen).toEqual(['pong']);
    expect(subscribersOf(bus)).toBe(1);
  });

  it('S4: handles what is queued on the topic that it leaves for another one', async () => {
    const { bus, numbers } = numbersTopic();
    const others = bus.topic<Message<number>>('others');
    const seen: string[] = [];
    const on: Handler<Message<number>> = ({ data }, topic) => void seen.push(`${topic.name} ${data}`);
    const { rerender } = render(<Listener topic={numbers} on={on} />);
    numbers.publish(Ping(1));
    rerender(<Listener topic={others} on={on} />);
    numbers.publish(Ping(2));
    others.publish(Ping(3));
    await bus.settled();

    expect(seen).toEqual(['numbers 1', 'others 3']);
  });

  it('calls the hooks of the newest render, and reports no failure elsewhere', async () => {
    const { bus, numbers, failures } = numbersTopic();
    const told: string[] = [];
    const fail = (): never => {
      throw new Error('broken');
    };
    const listener = (render: number): ReactElement => (
      <Listener
        topic={numbers}
        on={fail}
        options={{ onError: () => told.push(`error ${render}`), onFinal: () => told.push(`final ${render}`) }}
      />
    );
    const { rerender, unmount } = render(listener(1));
    rerender(listener(2));
    numbers.publish(Ping(1));
    await bus.settled();
    unmount();
    await bus.settled();

    expect(told).toEqual(['error 2', 'final 2']);
    expect(failures).toEqual([]);
  });

  it('T6: a handler that throws reaches no error boundary, and the next message is handled', async () => {
    const { bus, numbers, failures } = numbersTopic();
    const on = jest.fn(() => {
      throw new Error('broken');
    });
    const { container } = render(
      <p>
        here
        <Listener topic={numbers} on={on} />
      </p>,
    );
    for (const number of [1, 2]) numbers.publish(Ping(number));
    await act(() => bus.settled());

    expect(container.textContent).toBe('here');
    expect(on).toHaveBeenCalledTimes(2);
    expect(failures.map(({ cause }) => cause)).toEqual([new Error('broken'), new Error('broken')]);
  });
});

describe('useTopic from render to unmount', () => {
  it('S4: handles what was queued when the component goes, then calls nothing', async () => {
    const { bus, numbers } = numbersTopic();
    const seen: unknown[] = [];
    const { unmount } = render(
      <Listener
        topic={numbers}
        on={({ data }) => void seen.push(data)}
        options={{ onFinal: () => seen.push('final') }}
      />,
    );
    numbers.publish(Ping(1));
    unmount();
    numbers.publish(Ping(2));
    await bus.settled();
    numbers.publish(Ping(3));
    await bus.settled();

    expect(seen).toEqual([1, 'final']);
  });

  it('S7: a component may unmount inside of its handler', async () => {
    const { bus, numbers } = numbersTopic();
    const seen: number[] = [];
    function Fleeting(): ReactElement | null {
      const [isThere, setThere] = useState(true);
      const leave: Handler<Message<number>> = ({ data }) => {
        seen.push(data);
        flushSync(() => {
          setThere(false);
        });
      };
      return isThere ? <Listener topic={numbers} on={leave} /> : null;
    }
    render(<Fleeting />);
    for (const number of [1, 2]) numbers.publish(Ping(number));
    await act(() => bus.settled());
    numbers.publish(Ping(3));
    await bus.settled();

    expect(seen).toEqual([1, 2]); // 2 was queued
    expect(subscribersOf(bus)).toBe(0);
  });

  it('leaves nothing behind when the component goes before the first message', async () => {
    const { bus, numbers } = numbersTopic();
    const on = jest.fn();
    render(<Listener topic={numbers} on={on} />).unmount();
    numbers.publish(Ping(1));
    await bus.settled();

    expect(on).not.toHaveBeenCalled();
    expect(bus.statistics().subscriptions).toEqual([]);
  });

  it('leaves exactly one subscription under StrictMode, and misses nothing', async () => {
    const { bus, numbers } = numbersTopic();
    const seen: number[] = [];
    const { unmount } = render(
      <StrictMode>
        <Listener topic={numbers} on={({ data }) => void seen.push(data)} />
      </StrictMode>,
    );
    numbers.publish(Ping(1));
    await bus.settled();

    expect(seen).toEqual([1]);
    expect(bus.statistics().subscriptions).toHaveLength(1);
    unmount();
    await bus.settled();
    expect(bus.statistics().subscriptions).toEqual([]);
  });

  it('gets what an effect publishes in the same commit, its own, a child’s or a parent’s', async () => {
    const { bus, numbers } = numbersTopic();
    const seen: number[] = [];
    function Effects({ number, children }: { readonly number: number; readonly children?: ReactElement }) {
      useEffect(() => void numbers.publish(Ping(number)), [number]);
      return children ?? null;
    }
    function Middle(): ReactElement {
      useEffect(() => void numbers.publish(Ping(2)), []);
      useTopic(numbers, ({ data }) => void seen.push(data), { accept: [Ping] });
      return <Effects number={1} />;
    }
    render(
      <Effects number={3}>
        <Middle />
      </Effects>,
    );
    await bus.settled();

    expect(seen).toEqual([1, 2, 3]);
  });

  it('gets what its own later layout effects and those of its parents publish', async () => {
    const { bus, numbers } = numbersTopic();
    const seen: number[] = [];
    function Inner(): null {
      useTopic(numbers, ({ data }) => void seen.push(data), { accept: [Ping] });
      useLayoutEffect(() => void numbers.publish(Ping(1)), []);
      return null;
    }
    function Outer(): ReactElement {
      useLayoutEffect(() => void numbers.publish(Ping(2)), []);
      return <Inner />;
    }
    render(<Outer />);
    await bus.settled();

    expect(seen).toEqual([1, 2]);
  });

  it('S3: what was published before can be made up for at the announcement: a cache, then what comes', async () => {
    const { bus, numbers } = numbersTopic();
    const Total = messageType<number>('total');
    const cache = createCache({ id: (message) => (Total.is(message) ? 'total' : undefined) });
    createCachingTopic(numbers, cache);
    const seen: (number | undefined)[] = [];
    function CatchesUp(): null {
      useTopic(
        numbers,
        (message, _topic, subscription) => {
          const isOwn = SubscriptionChange.is(message) && message.data.uniqueId === subscription.id;
          if (isOwn && !subscription.isFinal(message)) seen.push(cache.get(Total, 'total')?.data);
          else if (Total.is(message)) seen.push(message.data);
        },
        { delivery: 'synchronous' },
      );
      numbers.publish(Total(1)); // between render and commit
      return null;
    }
    render(<CatchesUp />);
    numbers.publish(Total(2));
    await bus.settled();

    expect(seen).toEqual([1, 2]);
  });

  it('holds nothing after 1,000 mounts and unmounts', async () => {
    const { bus, numbers } = numbersTopic();
    for (let round = 0; round < 1000; round++) {
      const { unmount } = render(<Listener topic={numbers} on={() => Promise.resolve()} />);
      numbers.publish(Ping(round));
      unmount();
    }
    await bus.settled();

    expect(bus.statistics().subscriptions).toEqual([]);
    expect(subscribersOf(bus)).toBe(0);
  });

  it('S9: drains when its dispatcher says so', () => {
    const { numbers } = numbersTopic();
    const dispatcher = createManualDispatcher();
    const on = jest.fn();
    render(<Listener topic={numbers} on={on} options={{ dispatcher }} />);
    numbers.publish(Ping(1));
    expect(on).not.toHaveBeenCalled();
    dispatcher.flush();

    expect(on).toHaveBeenCalledTimes(1);
  });

  it('T1: gets the final message of a topic that ends while the component stays', async () => {
    const { bus, numbers } = numbersTopic();
    const onFinal = jest.fn();
    const { rerender } = render(<Listener topic={numbers} on={() => 0} options={{ onFinal }} />);
    await bus.close();
    rerender(<Listener topic={numbers} on={() => 0} options={{ onFinal }} />);

    expect(onFinal).toHaveBeenCalledTimes(1);
  });

  it('T3: sees the order in which components and others publish', async () => {
    const { bus, numbers } = numbersTopic();
    const [inComponent, outside]: [number[], number[]] = [[], []];
    subscribe(numbers, ({ data }) => void outside.push(data), { accept: [Ping] });
    const on: Handler<Message<number>> = ({ data }) => {
      inComponent.push(data);
      if (data === 1) numbers.publish(Ping(3));
    };
    render(<Listener topic={numbers} on={on} />);
    for (const number of [1, 2]) numbers.publish(Ping(number));
    await bus.settled();

    expect([inComponent, outside]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
  });
});

describe('useTopic with arguments that cannot work', () => {
  const { numbers } = numbersTopic();

  it.each([undefined, null, 'numbers'])('refuses the topic %p while rendering', (topic) => {
    const error = errorOf(<Listener topic={topic as never} on={() => 0} />);
    expect(error).toBeInstanceOf(StasisError);
    expect(error).toHaveProperty(
      'message',
      expect.stringMatching(/^\[react\] useTopic\(\): expected a topic of a bus, got /),
    );
  });

  it('refuses a handler that is no function', () => {
    const error = errorOf(<Listener topic={numbers} on={'log' as never} />);
    expect(error).toHaveProperty(
      'message',
      '[react] useTopic(): expected handler to be a function, got "log" (string).',
    );
  });

  it('refuses an option that core refuses, in the commit', () => {
    function WrongAccept(): null {
      useTopic(numbers, () => 0, { accept: Ping as never });
      return null;
    }
    const errors = [
      errorOf(<WrongAccept />),
      errorOf(<Listener topic={numbers} on={() => 0} options={{ highWater: 0 }} />),
      errorOf(<Listener topic={numbers} on={() => 0} options={{ highWater: NaN }} />),
    ];
    expect(errors.map((error) => (error as Error).message)).toEqual([
      '[core] subscribe(): expected accept to be an array of message types, got ping (function).',
      '[core] subscribe(): expected highWater to be an integer of at least 1, got 0 (number). Leave it out for 500.',
      '[core] subscribe(): expected highWater to be an integer of at least 1, got NaN (number). Leave it out for 500.',
    ]);
  });
});
