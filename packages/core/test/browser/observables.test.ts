import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { startBrowserWithPage, type BrowserHost } from '../../../../scripts/browser-host/browser-host.js';
import type { TestPage, Way } from './page/page.js';
import { pageExamplesOf } from './support/page-examples.js';
import type { PlatformObservableConstructor, WithWhen } from './support/platform-observable.js';

/** What the functions that run on the page find there. */
declare const testPage: TestPage;
declare const Observable: PlatformObservableConstructor;

jest.setTimeout(60_000);

let host: BrowserHost;
let page: Page;

beforeAll(async () => {
  host = await startBrowserWithPage(resolve(__dirname, 'page'));
  page = await host.browser.newPage();
  await page.goto(host.pages);
  await page.waitForFunction(() => 'testPage' in globalThis);
}, 120_000);

afterAll(() => host.close());

describe('Observable.from(topic)', () => {
  it('S1, T3: gets what is published once it is subscribed to, queued, in order and to the last message', async () => {
    const found = await page.evaluate(async () => {
      const { numbers, publish, heard, listener, ended, counts } = testPage.stage();
      const source = Observable.from(numbers);
      publish(1);
      const before = counts();
      source.subscribe(listener);
      const subscribed = counts();
      publish(2, 3);
      const atOnce = [...heard];
      numbers.subscribe(({ data }) => {
        if (data === 4) publish(5);
      });
      publish(4);
      numbers.complete();
      publish(6);
      await ended;
      return { before, subscribed, atOnce, heard, after: counts() };
    });
    expect(found).toEqual({
      before: [0, 0],
      subscribed: [1, 1],
      atOnce: [],
      heard: [2, 3, 4, 5, 'complete'],
      after: [0, 0],
    });
  });

  it('S3, S4: shows neither subscription changes nor a final message', async () => {
    const found = await page.evaluate(async () => {
      const { numbers, publish, heard, ended, listener } = testPage.stage();
      Observable.from(numbers).subscribe({
        ...listener,
        next: ({ type }) => heard.push(type.name),
      });
      testPage.core.subscribe(numbers, () => undefined).unsubscribe();
      publish(1);
      numbers.complete();
      await ended;
      return heard;
    });
    expect(found).toEqual(['ping', 'complete']);
  });

  it.each(['settled', 'close'] as const)('S6: bus.%s() waits until observers have had every message', async (wait) => {
    const found = await page.evaluate(async (name) => {
      const { bus, numbers, publish, heard } = testPage.stage();
      for (const at of [1, 2]) Observable.from(numbers).subscribe(({ data }) => heard.push(at * data));
      publish(...Array.from({ length: 5000 }, () => 1));
      await bus[name]();
      return heard.length;
    }, wait);
    expect(found).toBe(10_000);
  });

  it('S4: leaves when its signal is aborted, drops what is queued, and can be subscribed to again', async () => {
    const found = await page.evaluate(async () => {
      const { bus, numbers, publish, heard, listener, counts } = testPage.stage();
      const source = Observable.from(numbers);
      const stop = new AbortController();
      source.subscribe(listener, { signal: stop.signal });
      publish(1);
      await bus.settled();
      publish(2);
      stop.abort();
      const left = counts()[0];
      source.subscribe(listener, { signal: stop.signal });
      await bus.settled();
      const after = counts();
      source.subscribe(listener);
      publish(3);
      await bus.settled();
      return { left, after, heard };
    });
    expect(found).toEqual({ left: 0, after: [0, 0], heard: [1, 3] });
  });

  it('S7: leaves at an abort that comes from its own observer', async () => {
    const found = await page.evaluate(async () => {
      const { bus, numbers, publish, heard, counts } = testPage.stage();
      const stop = new AbortController();
      const next = ({ data }: { data: number }): void => {
        heard.push(data);
        if (data === 2) stop.abort();
      };
      Observable.from(numbers).subscribe(next, { signal: stop.signal });
      publish(1, 2, 3);
      await bus.settled();
      return { heard, counts: counts() };
    });
    expect(found).toEqual({ heard: [1, 2], counts: [0, 0] });
  });

  it('S4: leaves when an operator has enough', async () => {
    const found = await page.evaluate(async () => {
      const { bus, numbers, publish, counts } = testPage.stage();
      const source = Observable.from(numbers);
      const [first, two] = [
        source.first(),
        source
          .map(({ data }) => data)
          .take(2)
          .toArray(),
      ];
      publish(1, 2, 3);
      const got = [(await first).data, await two];
      await bus.settled();
      return [...got, counts()];
    });
    expect(found).toEqual([1, [1, 2], [0, 0]]);
  });

  it('S4: has one subscription for all observers, until the last has left; a later one gets what still waits', async () => {
    const found = await page.evaluate(async () => {
      const { bus, numbers, publish, heard, counts } = testPage.stage();
      const source = Observable.from(numbers);
      const stops = ['a', 'b'].map((name) => {
        const stop = new AbortController();
        source.subscribe(({ data }) => heard.push(`${name}${String(data)}`), { signal: stop.signal });
        publish(1);
        return stop;
      });
      const both = counts();
      await bus.settled();
      stops[0]?.abort();
      publish(2);
      await bus.settled();
      const one = counts();
      stops[1]?.abort();
      await bus.settled();
      return { heard, counts: [both, one, counts()] };
    });
    expect(found).toEqual({
      heard: ['a1', 'b1', 'a1', 'b1', 'b2'],
      counts: [
        [1, 1],
        [1, 1],
        [0, 0],
      ],
    });
  });

  it('T6: an observer that throws is told to the window, and keeps nobody from anything', async () => {
    const found = await page.evaluate(async () => {
      const { bus, numbers, Ping, heard, listener } = testPage.stage();
      const source = Observable.from(numbers);
      source.subscribe(({ data }) => {
        throw new Error(`no ${String(data)}`);
      });
      source.subscribe(listener);
      const answers = [numbers.publish(Ping(1)), numbers.publish(Ping(2))];
      await bus.settled();
      return { heard, answers };
    });
    expect(found).toEqual({ heard: ['Uncaught Error: no 1', 1, 'Uncaught Error: no 2', 2], answers: [true, true] });
  });

  it('S10, T2: a flood is told by publish, loses nothing and gives way to timers', async () => {
    const found = await page.evaluate(async () => {
      const { bus, numbers, Ping } = testPage.stage();
      let [count, atTimer, congested] = [0, 0, 0];
      Observable.from(numbers).subscribe(() => count++);
      await bus.settled(); // its own announcement has been handled
      setTimeout(() => (atTimer = count));
      for (let n = 0; n < 20_000; n++) if (!numbers.publish(Ping(n))) congested++;
      await bus.settled();
      return { count, congested, hasGivenWay: atTimer > 0 && atTimer < count };
    });
    expect(found).toEqual({ count: 20_000, congested: 19_500, hasGivenWay: true });
  });

  it('M4: nothing is kept of an Observable that everybody has left, however idle the topic', async () => {
    await page.evaluate(async () => {
      const { bus, numbers, publish } = testPage.stage();
      const left: WeakRef<object>[] = [];
      const noted = <Noted extends object>(value: Noted): Noted => {
        left.push(new WeakRef(value));
        return value;
      };
      const stop = new AbortController();
      const iterable = { [Symbol.asyncIterator]: () => noted(numbers[Symbol.asyncIterator]()) };
      const observer = noted({ next: noted((): void => undefined) });
      noted(Observable.from(noted(iterable))).subscribe(observer, { signal: stop.signal });
      publish(1);
      await bus.settled();
      stop.abort();
      await bus.settled();
      Object.assign(globalThis, { left, kept: [numbers, stop] });
    });
    await page.requestGC();
    const left = await page.evaluate(() => {
      const { left } = globalThis as unknown as { left: WeakRef<object>[] };
      return left.map((ref) => ref.deref() === undefined);
    });
    expect(left).toEqual([true, true, true, true, true]);
  });
});

describe.each<Way>(['Observable.from', 'subscribe', 'messages', 'the topic'])('made of a topic by %s', (way) => {
  it('S4: completes when the topic does, after what is queued', async () => {
    const found = await page.evaluate(async (name) => {
      const { numbers, publish, heard, listener, ended, counts } = testPage.stage();
      testPage.ways[name](numbers).subscribe(listener);
      publish(1, 2);
      numbers.complete();
      await ended;
      return { heard, counts: counts() };
    }, way);
    expect(found).toEqual({ heard: [1, 2, 'complete'], counts: [0, 0] });
  });

  it('S4: completes at once when the topic has ended before', async () => {
    const found = await page.evaluate(async (name) => {
      const { numbers, heard, listener, ended } = testPage.stage();
      numbers.complete();
      testPage.ways[name](numbers).subscribe(listener);
      await ended;
      return heard;
    }, way);
    expect(found).toEqual(['complete']);
  });

  it('S4: leaves when its signal is aborted', async () => {
    const found = await page.evaluate(async (name) => {
      const { bus, numbers, publish, heard, listener, counts } = testPage.stage();
      const stop = new AbortController();
      testPage.ways[name](numbers).subscribe(listener, { signal: stop.signal });
      publish(1);
      await bus.settled();
      const [before] = counts();
      stop.abort();
      publish(2);
      await bus.settled();
      return { heard, before, after: counts() };
    }, way);
    expect(found).toEqual({ heard: [1], before: 1, after: [0, 0] });
  });

  it('T1: fails with the error that the topic is ended by, where that is told', async () => {
    const found = await page.evaluate(async (name) => {
      const { numbers, publish, heard, listener, ended } = testPage.stage();
      testPage.ways[name](numbers).subscribe(listener);
      publish(1);
      numbers.error(new Error('line dropped'));
      await ended;
      return heard;
    }, way);
    // A subscription is not told of it: the bus is.
    expect(found).toEqual(way === 'subscribe' ? ['TOPIC_FAILED', 1, 'complete'] : [1, 'Error: line dropped']);
  });
});

describe('events that are published on a topic', () => {
  it('T2: arrive as they happen, until the signal is aborted; the topic goes on', async () => {
    const found = await page.evaluate(() => {
      const { numbers, Ping, heard, listener } = testPage.stage();
      const stop = new AbortController();
      const element = document.createElement('button') as HTMLButtonElement & WithWhen;
      let clicks = 0;
      numbers.subscribe(listener);
      element
        .when('click')
        .map(() => Ping(++clicks))
        .subscribe((message) => numbers.publish(message), { signal: stop.signal });
      element.click();
      heard.push('clicked');
      element.click();
      stop.abort();
      element.click();
      return { heard, clicks, isCompleted: numbers.isCompleted };
    });
    expect(found).toEqual({ heard: [1, 'clicked', 2], clicks: 2, isCompleted: false });
  });

  it('T1: end it with them, where that is said: whoever subscribed gets what is queued and its final message', async () => {
    const found = await page.evaluate(async () => {
      const { bus, numbers, Ping, heard } = testPage.stage();
      const element = document.createElement('button') as HTMLButtonElement & WithWhen;
      const { SubscriptionChange, subscribe } = testPage.core;
      const finals = { accept: [Ping, SubscriptionChange], onFinal: () => heard.push('final') };
      subscribe(numbers, ({ type }, _, own) => heard.push(own.isDone ? 'last' : type.name), finals);
      element
        .when('click')
        .take(2)
        .map(() => Ping(1))
        .subscribe({ next: (message) => numbers.publish(message), complete: () => numbers.complete() });
      for (let n = 0; n < 3; n++) element.click();
      await bus.settled();
      return { heard, isCompleted: numbers.isCompleted };
    });
    expect(found).toEqual({
      heard: ['stasis_subscription_change', 'ping', 'ping', 'last', 'final'],
      isCompleted: true,
    });
  });

  it('T1: fail it with them, where that is said', async () => {
    const found = await page.evaluate(() => {
      const { numbers, heard, listener, Ping } = testPage.stage();
      const element = document.createElement('button') as HTMLButtonElement & WithWhen;
      numbers.subscribe(listener);
      element
        .when('click')
        .map(({ type }) => {
          if (type === 'click') throw new Error('no message');
          return Ping(1);
        })
        .subscribe({ next: (message) => numbers.publish(message), error: (error) => numbers.error(error) });
      element.click();
      element.click();
      return { heard, isCompleted: numbers.isCompleted };
    });
    expect(found).toEqual({ heard: ['Error: no message'], isCompleted: true });
  });

  it('T6: that are no messages are refused one by one, and told to the window', async () => {
    const found = await page.evaluate(() => {
      const { numbers, heard, listener } = testPage.stage();
      const element = document.createElement('button') as HTMLButtonElement & WithWhen;
      numbers.subscribe(listener);
      element.when('click').subscribe((event) => numbers.publish(event as never));
      element.click();
      element.click();
      return heard;
    });
    const refused = expect.stringContaining('publish(): expected a message') as unknown;
    expect(found).toEqual([refused, refused]);
  });

  it('T2: do not arrive by the topic as an observer: the platform calls its functions without it', async () => {
    const found = await page.evaluate(() => {
      const { numbers, Ping, heard } = testPage.stage();
      const plain = new testPage.rxjs.Subject();
      numbers.subscribe(() => heard.push('arrived'));
      plain.subscribe(() => heard.push('arrived'));
      const element = document.createElement('button') as HTMLButtonElement & WithWhen;
      const messages = element.when('click').map(() => Ping(1));
      messages.subscribe(numbers);
      messages.subscribe(plain); // no Subject can be given to it
      element.click();
      return heard;
    });
    const failed = expect.stringMatching(/^Uncaught TypeError: Cannot (read|set) properties of undefined/) as unknown;
    expect(found).toEqual([failed, failed]);
  });
});

describe('RxJS and an Observable of the platform', () => {
  it('do not take each other', async () => {
    const found = await page.evaluate(() => {
      const { numbers } = testPage.stage();
      const native = Observable.from(numbers);
      const nameOf = (call: () => unknown): string => {
        try {
          call();
          return 'taken';
        } catch (error) {
          return (error as Error).name;
        }
      };
      const { from, isObservable } = testPage.rxjs;
      const fromRx = nameOf(() => from(native as never));
      return [isObservable(native), fromRx, nameOf(() => Observable.from(testPage.core.messages(numbers) as never))];
    });
    expect(found).toEqual([false, 'TypeError', 'TypeError']);
  });
});

describe('a handler', () => {
  it('S1: is not waited for when it returns an Observable of the platform; for the promise of its forEach it is', async () => {
    const found = await page.evaluate(async () => {
      const { bus, numbers, Ping, publish, heard } = testPage.stage();
      const source = new Observable<number>((subscriber) => {
        heard.push('begins');
        queueMicrotask(() => {
          heard.push('ends');
          subscriber.complete();
        });
      });
      const handler = ({ data }: { data: number }): unknown => {
        heard.push(data);
        return data === 1 ? source : source.forEach(() => undefined);
      };
      testPage.core.subscribe(numbers, handler, { accept: [Ping] });
      publish(1, 2, 3);
      await bus.settled();
      return heard;
    });
    expect(found).toEqual([1, 2, 'begins', 'ends', 3, 'begins', 'ends']);
  });
});

describe('the examples of docs/observables.md', () => {
  it.each(pageExamplesOf('observables.md'))('line $title prints what it says', async ({ code, stated }) => {
    expect(await page.evaluate((text) => testPage.run(text), code)).toEqual(stated);
  });
});
