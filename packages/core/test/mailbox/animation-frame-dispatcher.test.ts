import { config } from 'rxjs';
import { createAnimationFrameDispatcher, createBus, messageType, subscribe, type Message } from '../../src/index.js';

const Ping = messageType<number>('ping');

/** A page's frames, shown by hand. */
function fakeFrames() {
  const requested = new Map<number, () => void>();
  let last = 0;
  const frames = {
    requestAnimationFrame(callback: () => void): number {
      requested.set(++last, callback);
      return last;
    },
    cancelAnimationFrame: (handle: number) => void requested.delete(handle),
  };
  Object.assign(globalThis, frames);
  return {
    get requests(): number {
      return last;
    },
    get pending(): number {
      return requested.size;
    },
    show(): void {
      const callbacks = [...requested.values()];
      requested.clear();
      for (const callback of callbacks) callback();
    },
  };
}

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
  for (const name of ['requestAnimationFrame', 'cancelAnimationFrame']) Reflect.deleteProperty(globalThis, name);
});

describe('createAnimationFrameDispatcher', () => {
  it('S9: drains in the next frame, all that was asked for since the last one, in that order', () => {
    const frames = fakeFrames();
    const dispatcher = createAnimationFrameDispatcher();
    const ran: string[] = [];
    for (const name of ['a', 'b', 'c']) dispatcher(() => ran.push(name));

    expect([ran, frames.requests]).toEqual([[], 1]);
    frames.show();
    expect(ran).toEqual(['a', 'b', 'c']);
  });

  it('runs each drain once, and asks for no frame while nothing waits', () => {
    const frames = fakeFrames();
    const dispatcher = createAnimationFrameDispatcher();
    const drain = jest.fn();
    dispatcher(drain);
    frames.show();
    jest.runAllTimers();
    frames.show();

    expect(drain).toHaveBeenCalledTimes(1);
    expect([frames.requests, frames.pending, jest.getTimerCount()]).toEqual([1, 0, 0]);
  });

  it('S9: drains at once when a frame comes as it is asked for, as tests like to have it', () => {
    Object.assign(globalThis, { requestAnimationFrame: (callback: () => void) => (callback(), 1) });
    const dispatcher = createAnimationFrameDispatcher();
    const ran: string[] = [];
    dispatcher(() => {
      ran.push('first');
      dispatcher(() => ran.push('second'));
    });

    expect(ran).toEqual(['first', 'second']);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('leaves what is asked for in a frame to the next one', () => {
    const frames = fakeFrames();
    const dispatcher = createAnimationFrameDispatcher();
    const ran: string[] = [];
    dispatcher(() => {
      ran.push('first');
      dispatcher(() => ran.push('second'));
    });
    frames.show();
    expect(ran).toEqual(['first']);
    frames.show();
    expect(ran).toEqual(['first', 'second']);
  });

  it('drains after fallbackMs when the page is hidden, and loses nothing of the frame that was asked for before', () => {
    const frames = fakeFrames();
    const dispatcher = createAnimationFrameDispatcher({ fallbackMs: 250 });
    const ran: string[] = [];
    dispatcher(() => ran.push('asked for while visible'));

    jest.advanceTimersByTime(249); // hidden now: no frame comes
    expect(ran).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(ran).toEqual(['asked for while visible']);
    expect(frames.pending).toBe(0);
  });

  it('comes back to frames when the page is shown again', () => {
    const frames = fakeFrames();
    const dispatcher = createAnimationFrameDispatcher();
    const ran: string[] = [];
    dispatcher(() => ran.push('hidden'));
    jest.advanceTimersByTime(100);
    dispatcher(() => ran.push('shown'));
    frames.show();

    expect(ran).toEqual(['hidden', 'shown']);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('drains after 100 ms where there are no frames', () => {
    const drain = jest.fn();
    createAnimationFrameDispatcher()(drain);
    jest.advanceTimersByTime(99);
    expect(drain).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(drain).toHaveBeenCalledTimes(1);
  });

  it('runs the other drains when one throws, and reports the error', () => {
    const frames = fakeFrames();
    const errors: unknown[] = [];
    config.onUnhandledError = (error) => errors.push(error);
    const dispatcher = createAnimationFrameDispatcher();
    const drain = jest.fn();
    dispatcher(() => {
      throw new Error('broken');
    });
    dispatcher(drain);
    frames.show();
    jest.runAllTimers();

    expect(drain).toHaveBeenCalledTimes(1);
    config.onUnhandledError = null;
    expect(errors).toEqual([new Error('broken')]);
  });

  it.each([0, -1, 1.5, NaN, '100'])('refuses a fallbackMs of %p', (fallbackMs) => {
    expect(() => createAnimationFrameDispatcher({ fallbackMs: fallbackMs as number })).toThrow(
      '[core] createAnimationFrameDispatcher(): expected fallbackMs to be an integer of at least 1, got ',
    );
  });

  it('S1: drains the mailboxes of several subscriptions and buses in one frame, every message in order', () => {
    const frames = fakeFrames();
    const dispatcher = createAnimationFrameDispatcher();
    const topics = ['a', 'b'].map((name) => createBus({ dispatcher }).topic<Message<number>>(name));
    const handled: string[] = [];
    for (const topic of topics) {
      for (const reader of [1, 2]) {
        subscribe(topic, ({ data }) => handled.push(`${topic.name}${reader}:${data}`), { accept: [Ping] });
      }
    }
    for (const number of [1, 2]) for (const topic of topics) topic.publish(Ping(number));
    const requests = frames.requests;
    frames.show();

    expect(requests).toBe(1);
    expect(handled).toEqual(['a1:1', 'a1:2', 'a2:1', 'a2:2', 'b1:1', 'b1:2', 'b2:1', 'b2:2']);
  });

  it('S4: a bus whose mailboxes wait for frames closes in a hidden page too', async () => {
    fakeFrames();
    const bus = createBus({ dispatcher: createAnimationFrameDispatcher() });
    const numbers = bus.topic<Message<number>>('numbers');
    const handled: number[] = [];
    subscribe(numbers, ({ data }) => handled.push(data), { accept: [Ping] });
    numbers.publish(Ping(1));
    const closed = bus.close();
    await jest.runAllTimersAsync();
    await closed;

    expect(handled).toEqual([1]);
  });
});
