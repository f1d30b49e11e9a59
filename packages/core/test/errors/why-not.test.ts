import {
  asapScheduler,
  concatMap,
  EMPTY,
  from,
  groupBy,
  mergeMap,
  observeOn,
  Subject,
  type Observable,
  type Subscription as RxSubscription,
} from 'rxjs';
import { createBus, messageType, subscribe, type Message } from '../../src/index.js';

// The simpler ways to build a message bus on RxJS: what goes wrong with each, and that ours does not have it.
// docs/decisions.md says what follows from it.

const Numbered = messageType<number>('numbered');
const Other = messageType<number>('other');

const range = (length: number): number[] => Array.from({ length }, (_, n) => n);
const macrotask = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe('why not a plain Subject', () => {
  const publishesFromInside = (subject: { next: (n: number) => void }) => (n: number) => {
    if (n === 1) subject.next(2);
  };

  it('reverses what is published from inside an observer', () => {
    const seen: number[] = [];
    const subject = new Subject<number>();
    subject.subscribe(publishesFromInside(subject));
    subject.subscribe((n) => seen.push(n));

    subject.next(1);

    expect(seen).toEqual([2, 1]);
  });

  it('T3: a topic keeps the order of publishing', () => {
    const seen: number[] = [];
    const topic = createBus().topic<Message<number>>('calls');
    const publish = publishesFromInside({ next: (n) => topic.publish(Numbered(n)) });
    topic.subscribe(({ data }) => publish(data));
    topic.subscribe(({ data }) => seen.push(data));

    topic.publish(Numbered(1));

    expect(seen).toEqual([1, 2]);
  });
});

describe('why not concatMap over single messages', () => {
  const MESSAGES = 10_000;

  /** A handler whose first result is asynchronous; by the time it is there, all others are queued behind it. */
  const handlerInto =
    (seen: number[]) =>
    (n: number): Observable<unknown> => {
      seen.push(n);
      return n === 0 ? from(Promise.resolve()) : EMPTY;
    };

  it('overflows the stack, and loses messages, when many are queued whose handling is synchronous', async () => {
    const seen: number[] = [];
    const messages = new Subject<number>();
    messages.pipe(concatMap(handlerInto(seen))).subscribe({ error: () => undefined });

    for (const n of range(MESSAGES)) messages.next(n);
    await macrotask();

    expect(seen.length).toBeLessThan(MESSAGES);
  });

  it('S1: a subscription handles them all, one after the other, on a flat stack', async () => {
    const seen: number[] = [];
    const handler = handlerInto(seen);
    const bus = createBus();
    const topic = bus.topic<Message<number>>('calls');
    subscribe(topic, ({ data }) => handler(data), { accept: [Numbered] });

    for (const n of range(MESSAGES)) topic.publish(Numbered(n));
    await bus.settled();

    expect(seen).toEqual(range(MESSAGES));
  });
});

describe('why not observeOn(asapScheduler)', () => {
  const ROUNDS = 100_000;

  it('schedules every message by itself', async () => {
    const schedule = jest.spyOn(asapScheduler, 'schedule');
    const messages = new Subject<number>();
    messages.pipe(observeOn(asapScheduler)).subscribe();

    for (const n of range(1000)) messages.next(n);
    await macrotask();

    expect(schedule).toHaveBeenCalledTimes(1000);
    schedule.mockRestore();
  });

  it('S9: a mailbox is scheduled once for a burst', async () => {
    const clock = jest.spyOn(performance, 'now').mockReturnValue(0); // a turn that is never spent
    const dispatcher = jest.fn((drain: () => void) => {
      queueMicrotask(drain);
    });
    const bus = createBus({ dispatcher });
    const topic = bus.topic<Message<number>>('calls');
    subscribe(topic, () => undefined, { accept: [Numbered] });

    for (const n of range(1000)) topic.publish(Numbered(n));
    await bus.settled();

    expect(dispatcher).toHaveBeenCalledTimes(1);
    clock.mockRestore();
  });

  it('starves timers and I/O while an observer goes on publishing', async () => {
    const messages = new Subject<number>();
    let last = 0;
    messages.pipe(observeOn(asapScheduler)).subscribe((n) => {
      last = n;
      if (n < ROUNDS) messages.next(n + 1);
    });

    messages.next(1);
    await macrotask();

    expect(last).toBe(ROUNDS);
  });

  it('S9: a mailbox gives way to them, and goes on afterwards', async () => {
    const bus = createBus();
    const topic = bus.topic<Message<number>>('calls');
    let last = 0;
    subscribe(
      topic,
      ({ data }) => {
        last = data;
        if (data < ROUNDS) topic.publish(Numbered(data + 1));
      },
      { accept: [Numbered] },
    );

    topic.publish(Numbered(1));
    await macrotask();
    const lastAtFirstTask = last;
    await bus.settled();

    expect(lastAtFirstTask).toBeLessThan(ROUNDS);
    expect(last).toBe(ROUNDS);
  });
});

describe('why not groupBy, with a concatMap for each group', () => {
  /** A handler that is slow for one type, quick for the other; what it finishes it notes. */
  const finishesLate = (type: unknown, finish: () => void): Promise<void> =>
    (type === Numbered ? macrotask() : Promise.resolve()).then(finish);

  it('handles messages of different types out of order, and two at a time', async () => {
    const finished: number[] = [];
    const messages = new Subject<Message<number>>();
    const groups: RxSubscription = messages
      .pipe(
        groupBy(({ type }) => type),
        mergeMap((group) => group.pipe(concatMap(({ type, data }) => finishesLate(type, () => finished.push(data))))),
      )
      .subscribe();

    messages.next(Numbered(1));
    messages.next(Other(2));
    await macrotask();
    groups.unsubscribe();

    expect(finished).toEqual([2, 1]);
  });

  it('S1: a subscription handles them one at a time, whatever their type', async () => {
    const finished: number[] = [];
    const bus = createBus();
    const topic = bus.topic<Message<number>>('calls');
    subscribe(topic, ({ type, data }) => finishesLate(type, () => finished.push(data)), { accept: [Numbered, Other] });

    topic.publish(Numbered(1));
    topic.publish(Other(2));
    await bus.settled();

    expect(finished).toEqual([1, 2]);
  });
});
