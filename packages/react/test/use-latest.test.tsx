import type { AnyMessageType, Message, Topic } from '@stasis-rx/core';
import { createManualDispatcher } from '@stasis-rx/core/testing';
import { act, render, screen } from '@testing-library/react';
import { StrictMode, useEffect, type ReactElement } from 'react';
import { useLatest } from '../src/index.js';
import type { UseLatestOptions } from '../src/index.js';
import { errorOf } from './support/error-of.js';
import { numbersTopic, Ping, Pong, subscribersOf } from './support/numbers.js';

interface LatestProps {
  readonly topic: Topic<Message<number>>;
  readonly type?: AnyMessageType;
  readonly options?: UseLatestOptions;
}

function Latest({ topic, type = Ping, options }: LatestProps): ReactElement {
  const latest = useLatest(topic, type, options);
  return <output>{latest === undefined ? 'none' : `${latest.type.name} ${String(latest.data)}`}</output>;
}

const shown = (): string | null => screen.getByRole('status').textContent;

describe('useLatest', () => {
  it('shows the newest message of the type', async () => {
    const { bus, numbers } = numbersTopic();
    render(<Latest topic={numbers} />);
    expect(shown()).toBe('none');
    for (const message of [Ping(1), Ping(2), Pong(3)]) numbers.publish(message);
    await act(() => bus.settled());

    expect(shown()).toBe('ping 2');
  });

  it('is a state: a burst is rendered once', async () => {
    const { bus, numbers } = numbersTopic();
    const renders: (number | undefined)[] = [];
    function Counting(): null {
      const data = useLatest(numbers, Ping)?.data;
      useEffect(() => void renders.push(data));
      return null;
    }
    render(<Counting />);
    for (let number = 1; number <= 1000; number++) numbers.publish(Ping(number));
    await act(() => bus.settled());

    expect(renders).toEqual([undefined, 1000]);
  });

  it('starts anew with another topic, and shows nothing that is left of the former one', async () => {
    const { bus, numbers } = numbersTopic();
    const others = bus.topic<Message<number>>('others');
    const { rerender } = render(<Latest topic={numbers} />);
    numbers.publish(Ping(1));
    await act(() => bus.settled());
    numbers.publish(Ping(2)); // queued when the component turns away
    rerender(<Latest topic={others} />);
    expect(shown()).toBe('none');
    await act(() => bus.settled());
    expect(shown()).toBe('none');
    others.publish(Ping(3));
    await act(() => bus.settled());

    expect(shown()).toBe('ping 3');
  });

  it('starts anew with a topic and a type that it had before', async () => {
    const { bus, numbers } = numbersTopic();
    const others = bus.topic<Message<number>>('others');
    const { rerender } = render(<Latest topic={numbers} />);
    numbers.publish(Ping(1));
    await act(() => bus.settled());
    rerender(<Latest topic={others} />);
    rerender(<Latest topic={numbers} />);
    expect(shown()).toBe('none');
    numbers.publish(Ping(2));
    await act(() => bus.settled());
    rerender(<Latest topic={numbers} type={Pong} />);
    rerender(<Latest topic={numbers} type={Ping} />);

    expect(shown()).toBe('none');
  });

  it('keeps what came of its topic when something that is left of the former one comes after it', async () => {
    const { bus, numbers } = numbersTopic();
    const others = bus.topic<Message<number>>('others');
    const dispatcher = createManualDispatcher();
    const { rerender } = render(<Latest topic={numbers} options={{ dispatcher }} />);
    numbers.publish(Ping(1));
    rerender(<Latest topic={others} />);
    others.publish(Ping(2));
    await act(() => Promise.resolve());
    expect(shown()).toBe('ping 2');
    act(() => void dispatcher.flush());

    expect(shown()).toBe('ping 2');
  });

  it('starts anew with another type', async () => {
    const { bus, numbers } = numbersTopic();
    const { rerender } = render(<Latest topic={numbers} />);
    numbers.publish(Ping(1));
    await act(() => bus.settled());
    rerender(<Latest topic={numbers} type={Pong} />);
    expect(shown()).toBe('none');
    numbers.publish(Ping(2));
    numbers.publish(Pong(3));
    await act(() => bus.settled());

    expect(shown()).toBe('pong 3');
  });

  it('subscribes once, under StrictMode too, and leaves with the component', async () => {
    const { bus, numbers } = numbersTopic();
    const { rerender, unmount } = render(<Latest topic={numbers} />, { wrapper: StrictMode });
    rerender(<Latest topic={numbers} />);
    await act(() => bus.settled());
    expect(bus.statistics().subscriptions.map(({ name }) => name)).toEqual(['useLatest(ping)']);
    unmount();
    numbers.publish(Ping(1));
    await bus.settled();

    expect(subscribersOf(bus)).toBe(0);
  });

  it('shows what an effect publishes in the commit in which it came', async () => {
    const { bus, numbers } = numbersTopic();
    function Publishing(): ReactElement {
      useEffect(() => void numbers.publish(Ping(1)), []);
      return <Latest topic={numbers} />;
    }
    render(<Publishing />);
    await act(() => bus.settled());

    expect(shown()).toBe('ping 1');
  });

  it('S9: changes when its dispatcher says so', () => {
    const { numbers } = numbersTopic();
    const dispatcher = createManualDispatcher();
    render(<Latest topic={numbers} options={{ dispatcher }} />);
    numbers.publish(Ping(1));
    expect(shown()).toBe('none');
    act(() => void dispatcher.flush());

    expect(shown()).toBe('ping 1');
  });

  it('T1: keeps the last message of a topic that has ended', async () => {
    const { bus, numbers } = numbersTopic();
    render(<Latest topic={numbers} />);
    numbers.publish(Ping(1));
    await act(() => bus.close());

    expect(shown()).toBe('ping 1');
  });

  it('refuses what is no topic or no type', () => {
    const { numbers } = numbersTopic();
    const errors = [
      errorOf(<Latest topic={undefined as never} />),
      errorOf(<Latest topic={numbers} type={'ping' as never} />),
    ];
    expect(errors.map((error) => (error as Error).message)).toEqual([
      '[react] useTopic(): expected a topic of a bus, got undefined.',
      '[react] useLatest(): expected a message type, got "ping" (string).',
    ]);
  });
});
