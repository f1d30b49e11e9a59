import { SubscriptionChange, type AnyMessageType, type Message, type Topic } from '@stasis-rx/core';
import { act, render, renderHook } from '@testing-library/react';
import { StrictMode } from 'react';
import { useMessages, type UseMessagesOptions } from '../src/index.js';
import { errorOf } from './support/error-of.js';
import { numbersTopic, Ping, Pong, subscribersOf } from './support/numbers.js';

interface Props extends UseMessagesOptions {
  readonly topic: Topic<Message<number>>;
}

/** The hook in a component, and what it gives as `ping 1`. */
function renderMessages(props: Props, wrapper?: typeof StrictMode) {
  const { result, ...rest } = renderHook(
    ({ topic, ...options }: Props) => useMessages(topic, options),
    wrapper === undefined ? { initialProps: props } : { initialProps: props, wrapper },
  );
  return {
    result,
    ...rest,
    shown: () => result.current.map(({ type, data }) => `${type.name} ${JSON.stringify(data)}`),
  };
}

describe('useMessages', () => {
  it('T3: gives what was published since the component is there, the oldest first', async () => {
    const { bus, numbers } = numbersTopic();
    numbers.publish(Ping(0));
    const { shown } = renderMessages({ topic: numbers });
    expect(shown()).toEqual([]);
    for (const message of [Ping(1), Pong(2), Ping(3)]) numbers.publish(message);
    await act(() => bus.settled());

    expect(shown()).toEqual(['ping 1', 'pong 2', 'ping 3']);
  });

  it('leaves no message out, however many come between two renders', async () => {
    const { bus, numbers } = numbersTopic();
    const { result } = renderMessages({ topic: numbers, limit: 1000 });
    for (let number = 0; number < 1000; number++) numbers.publish(Ping(number));
    await act(() => bus.settled());

    expect(result.current.map(({ data }) => data)).toEqual(Array.from({ length: 1000 }, (_, number) => number));
  });

  it('S8: gives the accepted types only; subscription changes where they are accepted', async () => {
    const { bus, numbers } = numbersTopic();
    const pings = renderMessages({ topic: numbers, accept: [Ping] });
    const changes = renderMessages({ topic: numbers, accept: [SubscriptionChange] });
    for (const message of [Ping(1), Pong(2)]) numbers.publish(message);
    await act(() => bus.settled());

    expect(pings.shown()).toEqual(['ping 1']);
    expect(changes.result.current.map(({ type }) => type)).toEqual([SubscriptionChange]);
  });

  it('keeps the newest 100, or as many as it is told', async () => {
    const { bus, numbers } = numbersTopic();
    const [hundred, two] = [renderMessages({ topic: numbers }), renderMessages({ topic: numbers, limit: 2 })];
    for (let number = 1; number <= 101; number++) numbers.publish(Ping(number));
    await act(() => bus.settled());

    expect([hundred.result.current.length, hundred.result.current[0]?.data]).toEqual([100, 2]);
    expect(two.shown()).toEqual(['ping 100', 'ping 101']);
  });

  it('takes another limit without losing what it still may keep', async () => {
    const { bus, numbers } = numbersTopic();
    const { result, rerender, shown } = renderMessages({ topic: numbers, limit: 3 });
    for (const number of [1, 2, 3]) numbers.publish(Ping(number));
    await act(() => bus.settled());
    rerender({ topic: numbers, limit: 2 });
    const shortened = result.current;
    rerender({ topic: numbers, limit: 2 });
    expect(shown()).toEqual(['ping 2', 'ping 3']);
    expect(result.current).toBe(shortened);
    rerender({ topic: numbers, limit: 4 });
    numbers.publish(Ping(4));
    await act(() => bus.settled());

    expect(shown()).toEqual(['ping 1', 'ping 2', 'ping 3', 'ping 4']);
    expect(bus.statistics().subscriptions).toHaveLength(1);
  });

  it('gives the same array until another message comes', async () => {
    const { bus, numbers } = numbersTopic();
    const { result, rerender } = renderMessages({ topic: numbers, accept: [Ping] });
    const empty = result.current;
    rerender({ topic: numbers, accept: [Ping] });
    expect(result.current).toBe(empty);
    numbers.publish(Ping(1));
    await act(() => bus.settled());
    const one = result.current;
    numbers.publish(Pong(2));
    rerender({ topic: numbers, accept: [Ping] });
    await act(() => bus.settled());

    expect(result.current).toBe(one);
  });

  it('starts anew with another topic, and takes nothing that is left of the former one', async () => {
    const { bus, numbers } = numbersTopic();
    const others = bus.topic<Message<number>>('others');
    const { rerender, shown } = renderMessages({ topic: numbers });
    numbers.publish(Ping(1));
    await act(() => bus.settled());
    numbers.publish(Ping(2));
    rerender({ topic: others });
    expect(shown()).toEqual([]);
    others.publish(Ping(3));
    await act(() => bus.settled());

    expect(shown()).toEqual(['ping 3']);
  });

  it('starts anew with a topic and with types that it had before', async () => {
    const { bus, numbers } = numbersTopic();
    const others = bus.topic<Message<number>>('others');
    const both: readonly AnyMessageType[] = [Ping, Pong];
    const { rerender, shown } = renderMessages({ topic: numbers, accept: both });
    numbers.publish(Ping(1));
    await act(() => bus.settled());
    rerender({ topic: others, accept: both });
    rerender({ topic: numbers, accept: both });
    expect(shown()).toEqual([]);
    numbers.publish(Ping(2));
    await act(() => bus.settled());
    rerender({ topic: numbers, accept: [Pong] });
    rerender({ topic: numbers, accept: both });

    expect(shown()).toEqual([]);
  });

  it('starts anew with other types, and takes nothing that is left of the former ones', async () => {
    const { bus, numbers } = numbersTopic();
    const both: readonly AnyMessageType[] = [Ping, Pong];
    const { rerender, shown } = renderMessages({ topic: numbers, accept: both });
    numbers.publish(Ping(1));
    await act(() => bus.settled());
    for (const message of [Ping(2), Pong(3)]) numbers.publish(message);
    rerender({ topic: numbers, accept: [Pong] });
    expect(shown()).toEqual([]);
    await act(() => bus.settled());

    expect(shown()).toEqual(['pong 3']);
  });

  it('subscribes once, under StrictMode too, gives nothing twice, and leaves with the component', async () => {
    const { bus, numbers } = numbersTopic();
    const { unmount, rerender, shown } = renderMessages({ topic: numbers, accept: [Ping] }, StrictMode);
    rerender({ topic: numbers, accept: [Ping] });
    numbers.publish(Ping(1));
    await act(() => bus.settled());
    expect(shown()).toEqual(['ping 1']);
    expect(bus.statistics().subscriptions.map(({ name }) => name)).toEqual(['useMessages(numbers)']);
    unmount();
    await bus.settled();

    expect(subscribersOf(bus)).toBe(0);
  });

  it.each([0, -1, 1.5, NaN, Infinity, '20'])('refuses a limit of %p', (limit) => {
    const { numbers } = numbersTopic();
    function Wrong(): null {
      useMessages(numbers, { limit: limit as number });
      return null;
    }
    expect(errorOf(<Wrong />)).toHaveProperty(
      'message',
      expect.stringMatching(/^\[react\] useMessages\(\): expected limit to be an integer of at least 1, got /),
    );
  });

  it('works in a component that shows them', async () => {
    const { bus, numbers } = numbersTopic();
    function List() {
      const pings = useMessages(numbers, { accept: [Ping], limit: 2 });
      return pings.map(({ data }) => <li key={data}>{data}</li>);
    }
    const { container } = render(<List />);
    for (const number of [1, 2, 3]) numbers.publish(Ping(number));
    await act(() => bus.settled());

    expect(container.innerHTML).toBe('<li>2</li><li>3</li>');
  });
});
