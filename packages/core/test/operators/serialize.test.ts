import {
  defer,
  EMPTY,
  finalize,
  firstValueFrom,
  from,
  map,
  NEVER,
  Observable,
  of,
  range,
  Subject,
  take,
  throwError,
  toArray,
} from 'rxjs';
import { serialize } from '../../src/index.js';
import { createGate } from '../support/gate.js';
import { stackDepth } from '../support/stack-depth.js';

const BACKLOG = 50_000;

describe('serialize', () => {
  it('S1: runs the handler for one value after the other, awaiting it, and emits its results in order', async () => {
    const gates = [createGate(), createGate(), createGate()];
    const steps: string[] = [];
    const results = firstValueFrom(
      range(0, 3).pipe(
        serialize(async (n) => {
          steps.push(`begins ${String(n)}`);
          await gates[n]?.opened;
          steps.push(`ends ${String(n)}`);
          return n * 10;
        }),
        toArray(),
      ),
    );

    for (const gate of gates.reverse()) gate.open();

    expect(await results).toEqual([0, 10, 20]);
    expect(steps).toEqual(['begins 0', 'ends 0', 'begins 1', 'ends 1', 'begins 2', 'ends 2']);
  });

  it('S1: handles at once what need not wait', () => {
    const source = new Subject<number>();
    const seen: number[] = [];
    source.pipe(serialize((n) => n * 2)).subscribe((n) => seen.push(n));

    source.next(1);
    source.next(2);

    expect(seen).toEqual([2, 4]);
  });

  it('S1: queues a value that its own result brings about', () => {
    const source = new Subject<number>();
    const steps: string[] = [];
    source
      .pipe(
        serialize((n) => {
          steps.push(`begins ${String(n)}`);
          if (n < 3) source.next(n + 1);
          steps.push(`ends ${String(n)}`);
          return n;
        }),
      )
      .subscribe((n) => steps.push(`emits ${String(n)}`));

    source.next(1);

    expect(steps).toEqual([1, 2, 3].flatMap((n) => [`begins ${String(n)}`, `ends ${String(n)}`, `emits ${String(n)}`]));
  });

  it('hands the handler the index of each value', async () => {
    const indexed = from(['a', 'b']).pipe(
      serialize((letter, index) => `${letter}${String(index)}`),
      toArray(),
    );

    expect(await firstValueFrom(indexed)).toEqual(['a0', 'b1']);
    expect(await firstValueFrom(indexed)).toEqual(['a0', 'b1']);
  });

  it('emits what an Observable emits, and waits until it completes', async () => {
    const first = new Subject<string>();
    const seen: string[] = [];
    const done = new Promise<void>((complete) => {
      from([first, of('b', 'c'), EMPTY, of('d')])
        .pipe(serialize((inner) => inner))
        .subscribe({ next: (letter) => seen.push(letter), complete });
    });

    first.next('a');
    expect(seen).toEqual(['a']);
    first.complete();
    await done;

    expect(seen).toEqual(['a', 'b', 'c', 'd']);
  });

  it('awaits a thenable that is no promise', async () => {
    const thenable: PromiseLike<number> = Object.create(Promise.resolve(5), {
      then: { value: (resolve: (value: number) => void) => resolve(5) },
    }) as PromiseLike<number>;

    expect(await firstValueFrom(of(1).pipe(serialize(() => thenable)))).toBe(5);
  });

  it('emits undefined and null like any other result', async () => {
    const results = of(undefined, null, 0, '').pipe(
      serialize((value) => value),
      toArray(),
    );

    expect(await firstValueFrom(results)).toEqual([undefined, null, 0, '']);
  });

  it.each([
    ['synchronous results', (n: number) => n],
    ['asynchronous results', (n: number) => Promise.resolve(n)],
    ['Observables', (n: number) => of(n)],
    ['synchronous results behind an asynchronous one', (n: number) => (n === 0 ? Promise.resolve(n) : n)],
  ])(
    'S1: emits 50,000 %s, in order, on a flat stack',
    async (_, work: (n: number) => unknown) => {
      const depths = new Set<number>();
      let expected = 0;
      const note = (n: unknown): void => {
        if (n !== expected++) throw new Error(`expected ${String(expected - 1)}, got ${String(n)}`);
        if (n > 0 && expected % 9_999 === 0) depths.add(stackDepth());
      };

      await new Promise<void>((complete, error) => {
        range(0, BACKLOG).pipe(serialize(work), map(note)).subscribe({ complete, error });
      });

      expect(expected).toBe(BACKLOG);
      expect(Math.max(...depths) - Math.min(...depths)).toBeLessThan(50);
    },
    30_000,
  );

  it('gives way to timers and I/O while it works off a backlog', async () => {
    let now = 0;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => (now += 20));
    const onImmediate = jest.fn();
    setImmediate(onImmediate);
    const turnsSeen = range(0, 1000).pipe(
      serialize((n) => (n === 0 ? Promise.resolve(0) : onImmediate.mock.calls.length)),
      toArray(),
    );

    expect((await firstValueFrom(turnsSeen)).at(-1)).toBe(1);
    clock.mockRestore();
  });

  it('completes when the source has, and the last result is out', async () => {
    const gate = createGate();
    const steps: string[] = [];
    const done = new Promise<void>((resolve) => {
      of(1)
        .pipe(serialize(() => gate.opened.then(() => 'result')))
        .subscribe({
          next: (result) => steps.push(result),
          complete: () => {
            steps.push('complete');
            resolve();
          },
        });
    });
    expect(steps).toEqual([]);

    gate.open();
    await done;

    expect(steps).toEqual(['result', 'complete']);
  });

  it('completes with an empty source', async () => {
    expect(
      await firstValueFrom(
        EMPTY.pipe(
          serialize(() => 1),
          toArray(),
        ),
      ),
    ).toEqual([]);
  });

  it.each([
    ['throws', throwing],
    ['rejects', () => Promise.reject(new Error('no'))],
    ['returns an Observable that fails', () => throwError(() => new Error('no'))],
    ['returns a thenable whose then throws', () => ({ then: throwing })],
  ])('ends with the error of a handler that %s, and handles nothing more', async (_, fail: () => unknown) => {
    const handled: number[] = [];
    const isLeft = jest.fn();
    const source = range(0, 5).pipe(finalize(isLeft));

    const failing = firstValueFrom(
      source.pipe(
        serialize((n) => {
          handled.push(n);
          return n === 1 ? fail() : n;
        }),
        toArray(),
      ),
    );

    await expect(failing).rejects.toThrow('no');
    expect(handled).toEqual([0, 1]);
    expect(isLeft).toHaveBeenCalledTimes(1);
  });

  it('ends with the error of its source', async () => {
    const failing = throwError(() => new Error('no')).pipe(serialize(() => 1));

    await expect(firstValueFrom(failing)).rejects.toThrow('no');
  });

  it('take(1) on a source that is synchronous and endless ends', async () => {
    const isLeft = jest.fn();
    const endless = new Observable<number>((subscriber) => {
      for (let n = 0; !subscriber.closed; n++) subscriber.next(n);
    }).pipe(finalize(isLeft));

    expect(
      await firstValueFrom(
        endless.pipe(
          serialize((n) => n + 1),
          take(1),
        ),
      ),
    ).toBe(1);
    expect(isLeft).toHaveBeenCalledTimes(1);
  });

  it('when it is left, leaves the source and the Observable that it waits for, and handles nothing more', () => {
    const [leftSource, leftInner] = [jest.fn(), jest.fn()];
    const source = new Subject<number>();
    const handled: number[] = [];
    const subscription = source
      .pipe(
        finalize(leftSource),
        serialize((n) => {
          handled.push(n);
          return NEVER.pipe(finalize(leftInner));
        }),
      )
      .subscribe();
    source.next(1);
    source.next(2);

    subscription.unsubscribe();

    expect(leftSource).toHaveBeenCalledTimes(1);
    expect(leftInner).toHaveBeenCalledTimes(1);
    expect(handled).toEqual([1]);
    expect(source.observed).toBe(false);
  });

  it('when it is left, emits nothing that is still under way', async () => {
    const gate = createGate();
    const next = jest.fn();
    const handled: number[] = [];
    const subscription = of(1, 2)
      .pipe(
        serialize((n) => {
          handled.push(n);
          return gate.opened;
        }),
      )
      .subscribe({ next, complete: next });

    subscription.unsubscribe();
    gate.open();
    await gate.opened;
    await Promise.resolve();

    expect(next).not.toHaveBeenCalled();
    expect(handled).toEqual([1]);
  });

  it('refuses a handler that is no function', () => {
    expect(() => serialize('save' as never)).toThrow(
      '[core] serialize(): expected handler to be a function, got "save" (string).',
    );
  });

  it('is left by its own result without handling more', async () => {
    const handled: number[] = [];
    const three = range(0, 100).pipe(
      serialize((n) => {
        handled.push(n);
        return defer(() => Promise.resolve(n));
      }),
      take(3),
      toArray(),
    );

    expect(await firstValueFrom(three)).toEqual([0, 1, 2]);
    await Promise.resolve();
    expect(handled).toEqual([0, 1, 2]);
  });
});

function throwing(): never {
  throw new Error('no');
}
