import { Subject, take } from 'rxjs';
import { conflate, createBus, messages, messageType, ofType, type Message } from '../../src/index.js';
import { createManualDispatcher } from '../../src/testing/index.js';

/** A source, and what `conflate` makes of it when the dispatcher is driven by hand: values such as 'a1' of key 'a'. */
function conflated() {
  const dispatcher = createManualDispatcher();
  const source = new Subject<string>();
  const seen: string[] = [];
  const subscription = source.pipe(conflate(([key]) => key, { dispatcher })).subscribe({
    next: (value) => seen.push(value),
    error: (error: unknown) => seen.push(String(error)),
    complete: () => seen.push('end'),
  });
  const put = (...values: string[]): void => {
    for (const value of values) source.next(value);
  };
  return { dispatcher, source, seen, subscription, put };
}

describe('conflate', () => {
  it('emits nothing until the dispatcher says so, then the newest of each key', () => {
    const { dispatcher, seen, put } = conflated();
    put('a1', 'b1', 'a2', 'a3');
    expect(seen).toEqual([]);
    dispatcher.flush();

    expect(seen).toEqual(['b1', 'a3']);
  });

  it('emits in the order in which the values came that it emits', () => {
    const { dispatcher, seen, put } = conflated();
    put('a1', 'b1', 'c1', 'b2', 'a2');
    dispatcher.flush();

    expect(seen).toEqual(['c1', 'b2', 'a2']);
  });

  it('asks the dispatcher once for however many values, and anew for those that come later', () => {
    const { dispatcher, seen, put } = conflated();
    put('a1', 'b1', 'a2');
    expect(dispatcher.pending).toBe(1);
    dispatcher.flush();
    expect(dispatcher.pending).toBe(0);
    put('a3');
    expect(dispatcher.pending).toBe(1);
    dispatcher.flush();

    expect(seen).toEqual(['b1', 'a2', 'a3']);
  });

  it('leaves what comes while it emits to the next time', () => {
    const { dispatcher, source, seen } = conflated();
    source.pipe(conflate(([key]) => key, { dispatcher })).subscribe((value) => {
      if (value === 'a1') source.next('a2');
    });
    source.next('a1');
    dispatcher.step();
    dispatcher.step();
    expect(seen).toEqual(['a1']);
    dispatcher.flush();

    expect(seen).toEqual(['a1', 'a2']);
  });

  it('loses nothing with a dispatcher that drains at once, from inside a handler either', () => {
    const source = new Subject<string>();
    const seen: string[] = [];
    const atOnce = conflate<string>(([key]) => key, { dispatcher: (drain) => drain() });
    source.pipe(atOnce).subscribe((value) => {
      seen.push(value);
      if (value === 'a1') for (const next of ['b1', 'b2', 'a2']) source.next(next);
    });
    source.next('a1');

    expect(seen).toEqual(['a1', 'b2', 'a2']);
  });

  it('emits what is pending when the source completes, then completes', () => {
    const { dispatcher, source, seen, put } = conflated();
    put('a1', 'b1', 'a2');
    source.complete();
    dispatcher.flush();

    expect(seen).toEqual(['b1', 'a2', 'end']);
  });

  it('emits what is pending when the source fails, then the error', () => {
    const { source, seen, put } = conflated();
    put('a1');
    source.error(new Error('broken'));

    expect(seen).toEqual(['a1', 'Error: broken']);
  });

  it('completes behind what is being emitted when the source completes meanwhile', () => {
    const dispatcher = createManualDispatcher();
    const source = new Subject<string>();
    const seen: string[] = [];
    source.pipe(conflate((value) => value, { dispatcher })).subscribe({
      next: (value) => {
        seen.push(value);
        if (value === 'a') source.complete();
      },
      complete: () => seen.push('end'),
    });
    for (const value of ['a', 'b']) source.next(value);
    dispatcher.flush();

    expect(seen).toEqual(['a', 'b', 'end']);
  });

  it('drops what is pending when it is left, and leaves the source', () => {
    const { dispatcher, source, seen, subscription, put } = conflated();
    put('a1');
    subscription.unsubscribe();
    expect(source.observed).toBe(false);
    dispatcher.flush();

    expect(seen).toEqual([]);
  });

  it('emits nothing more when it is left while it emits', () => {
    const dispatcher = createManualDispatcher();
    const source = new Subject<string>();
    const seen: string[] = [];
    source
      .pipe(
        conflate((value) => value, { dispatcher }),
        take(1),
      )
      .subscribe((value) => seen.push(value));
    for (const value of ['a', 'b']) source.next(value);
    dispatcher.flush();

    expect(seen).toEqual(['a']);
    expect(source.observed).toBe(false);
  });

  it('ends with the error of a key function that throws, and leaves the source', () => {
    const source = new Subject<string>();
    const failed = jest.fn();
    const broken = conflate<string>(() => {
      throw new Error('no key');
    });
    source.pipe(broken).subscribe({ error: failed });
    source.next('a');

    expect(failed).toHaveBeenCalledWith(new Error('no key'));
    expect(source.observed).toBe(false);
  });

  it('ends with the error of a dispatcher that throws, behind what is pending', () => {
    const source = new Subject<string>();
    const seen: string[] = [];
    const broken = conflate<string>((value) => value, {
      dispatcher: () => {
        throw new Error('no frame');
      },
    });
    source.pipe(broken).subscribe({ next: (value) => seen.push(value), error: (error) => seen.push(String(error)) });
    source.next('a');

    expect(seen).toEqual(['a', 'Error: no frame']);
  });

  it('waits for a frame by default, or where there are none for its fallback', () => {
    jest.useFakeTimers();
    const source = new Subject<string>();
    const seen: string[] = [];
    source.pipe(conflate(([key]) => key)).subscribe((value) => seen.push(value));
    for (const value of ['a1', 'a2']) source.next(value);
    expect(seen).toEqual([]);
    jest.advanceTimersByTime(100);
    jest.useRealTimers();

    expect(seen).toEqual(['a2']);
  });

  it('gives each subscriber its own pending values', () => {
    const dispatcher = createManualDispatcher();
    const source = new Subject<string>();
    const values$ = source.pipe(conflate(([key]) => key, { dispatcher }));
    const seen: string[][] = [[], []];
    values$.subscribe((value) => seen[0]!.push(value));
    source.next('a1');
    values$.subscribe((value) => seen[1]!.push(value));
    source.next('b1');
    dispatcher.flush();

    expect(seen).toEqual([['a1', 'b1'], ['b1']]);
  });

  it.each([undefined, null, 'id'])('refuses a key of %p', (key) => {
    expect(() => conflate(key as never)).toThrow('[core] conflate(): expected key to be a function, got ');
  });

  it('refuses a dispatcher that is no function', () => {
    expect(() => conflate((value) => value, { dispatcher: 16 as never })).toThrow(
      '[core] conflate(): expected dispatcher to be a function, got 16 (number).',
    );
  });
});

describe('conflate on a topic', () => {
  const Position = messageType<{ vehicle: string; at: number }>('position');

  it.each(['topic', 'messages'] as const)('T3: shows the newest message of each key, in order (%s)', async (kind) => {
    const bus = createBus();
    const dispatcher = createManualDispatcher();
    const positions = bus.topic<Message<{ vehicle: string; at: number }>>('positions');
    const source$ = kind === 'topic' ? positions.pipe(ofType(Position)) : messages(positions, { accept: [Position] });
    const seen: string[] = [];
    source$
      .pipe(conflate(({ data }) => data.vehicle, { dispatcher }))
      .subscribe(({ data }) => seen.push(`${data.vehicle}@${data.at}`));
    for (let at = 1; at <= 100; at++) {
      for (const vehicle of ['bus', 'tram']) positions.publish(Position({ vehicle, at }));
    }
    await bus.settled();
    dispatcher.flush();

    expect(seen).toEqual(['bus@100', 'tram@100']);
  });
});
