import { config, Subject, type Observable } from 'rxjs';
import {
  createBus,
  createCache,
  createCachingTopic,
  createStateManager,
  messages,
  messageType,
  serialize,
  subscribe,
  type Cache,
  type Message,
  type StasisError,
} from '../../src/index.js';
import { inWords } from '../support/in-words.js';
import { Channel, channel, snapshotId } from '../support/snapshots.js';
import { throwing } from '../support/throwing-observer.js';

const Ping = messageType<number>('ping');

function numbersTopic() {
  const errors: string[] = [];
  const bus = createBus({ onError: ({ code }) => errors.push(code), highWater: 2, lowWater: 1 });
  return { bus, numbers: bus.topic<Message<number>>('numbers'), errors };
}

/** The errors of the operators: RxJS reports those itself, on a later task. */
beforeEach(() => {
  config.onUnhandledError = () => undefined;
});

afterEach(async () => {
  await new Promise((resolve) => setTimeout(resolve, 0));
  config.onUnhandledError = null;
});

describe('an observer of bus.events$ that throws', () => {
  it('T6: reaches no publisher, and keeps no nested message from its turn', () => {
    const { bus, numbers, errors } = numbersTopic();
    const seen: number[] = [];
    const subscription = subscribe(numbers, () => undefined, { accept: [Ping] });
    numbers.subscribe(({ data }) => {
      if (data !== 1) return;
      subscription.unsubscribe();
      numbers.publish(Ping(2));
    });
    numbers.subscribe(({ data }) => seen.push(data));
    bus.events$.pipe(throwing()).subscribe();

    expect(numbers.publish(Ping(1))).toBe(true);
    numbers.publish(Ping(3));

    expect(seen).toEqual([1, 2, 3]);
    expect(errors).toEqual(['OBSERVER']);
  });

  it('T6: keeps no other observer from the event', () => {
    const { bus } = numbersTopic();
    const types: string[] = [];
    bus.events$.pipe(throwing()).subscribe();
    bus.events$.subscribe(({ type }) => types.push(type));

    bus.topic('others');

    expect(types).toEqual(['topic-created']);
  });

  it('T6: may throw again and again at the report of its own error', () => {
    const { bus, errors } = numbersTopic();
    const nothing = (): void => undefined;
    const next = (): void => {
      throw new Error('always');
    };
    // What RxJS takes for a subscriber of its own kind it calls as it is.
    const raw = {
      closed: false,
      next,
      error: nothing,
      complete: nothing,
      add: nothing,
      remove: nothing,
      unsubscribe: nothing,
    };
    bus.events$.subscribe(raw as never);

    bus.topic('others');

    expect(errors).toEqual(['OBSERVER']);
  });

  it('S3: leaves the subscriber its handle, and its announcement the first that it gets', async () => {
    const { bus, numbers } = numbersTopic();
    const seen: string[] = [];
    bus.events$.pipe(throwing()).subscribe();

    const subscription = subscribe(numbers, (message) => seen.push(inWords(message)));
    numbers.publish(Ping(1));
    await bus.settled();

    expect(subscription.isSubscribed).toBe(true);
    expect(seen).toEqual(['Subscribe numbers#1', '1']);
  });

  it('S6: leaves no synchronous subscription waiting for its end', async () => {
    const { bus, numbers } = numbersTopic();
    const subscriptions = [1, 2].map(() =>
      subscribe(numbers, () => undefined, { accept: [Ping], delivery: 'synchronous' }),
    );
    bus.events$.pipe(throwing(({ type }) => type === 'unsubscribed')).subscribe();
    numbers.subscribe(() => {
      for (const subscription of subscriptions) subscription.unsubscribe();
    });

    numbers.publish(Ping(1));
    await Promise.all(subscriptions.map((subscription) => subscription.join()));

    expect(subscriptions.map(({ isDone }) => isDone)).toEqual([true, true]);
  });
});

describe('an observer of congestion$ that throws', () => {
  it('T6, S10: reaches no publisher and no handler', async () => {
    const { bus, numbers, errors } = numbersTopic();
    const seen: number[] = [];
    const alerts: string[] = [];
    const subscription = subscribe(numbers, ({ data }) => seen.push(data), { accept: [Ping] });
    subscription.congestion$.pipe(throwing()).subscribe();
    subscription.congestion$.subscribe(({ state, depth }) => alerts.push(`${state} ${depth}`));

    for (let n = 1; n <= 4; n++) numbers.publish(Ping(n));
    await bus.settled();

    expect(seen).toEqual([1, 2, 3, 4]);
    expect(alerts).toEqual(['high 3', 'clear 1']);
    expect(errors).toEqual(['OBSERVER']);
  });

  it("T6: is reported to the subscription's onError", () => {
    const { numbers, errors } = numbersTopic();
    const own: string[] = [];
    const onError = ({ code }: StasisError): number => own.push(code);
    subscribe(numbers, () => undefined, { accept: [Ping], onError })
      .congestion$.pipe(throwing())
      .subscribe();

    for (let n = 1; n <= 4; n++) numbers.publish(Ping(n));

    expect([own, errors]).toEqual([['OBSERVER'], []]);
  });
});

describe('an observer of a cache that throws', () => {
  it.each([
    ['watch', (cache: Cache): Observable<unknown> => cache.watch(Channel, '1')],
    ['changes', (cache: Cache): Observable<unknown> => cache.changes(Channel)],
  ])('T6, C5: keeps no other from a change, and no publisher from going on (%s)', (_, watched) => {
    const { bus, errors } = numbersTopic();
    const channels = bus.topic('channels');
    const cache = createCache({ id: snapshotId });
    createCachingTopic(channels, cache);
    const [states, changes]: [unknown[], unknown[]] = [[], []];
    let isArmed = false;
    watched(cache)
      .pipe(throwing(() => isArmed))
      .subscribe();
    cache.watch(Channel, '1').subscribe((snapshot) => states.push(snapshot?.data.state));
    cache.changes(Channel).subscribe(({ snapshot }) => changes.push(snapshot?.data.state));
    isArmed = true;

    for (const state of ['a', 'b']) channels.publish(channel('1', state));

    expect(states).toEqual([undefined, 'a', 'b']);
    expect(changes).toEqual(['a', 'b']);
    expect(errors).toEqual(['OBSERVER']);
  });
});

describe('an observer of states that throws', () => {
  it('T6, X2: keeps no nested message from its turn', () => {
    const { bus, errors } = numbersTopic();
    const states = createStateManager<Message<number>>(bus, 'state');
    const seen: number[] = [];
    states.observe({
      publish(_, { data }) {
        if (data === 1) states.publish('1', Ping(2));
        throw new Error('observer');
      },
    });
    states.topic.subscribe(({ data }) => seen.push(data));

    states.publish('1', Ping(1));
    states.publish('1', Ping(3));

    expect(seen).toEqual([1, 2, 3]);
    expect(errors).toEqual(['STATE_OBSERVER', 'STATE_OBSERVER', 'STATE_OBSERVER']);
  });
});

describe('an observer of messages() whose teardown throws at the end', () => {
  it.each(['complete', 'error'] as const)('T6, S6: holds up nothing, at %s', async (how) => {
    const { bus, numbers, errors } = numbersTopic();
    const onDone = jest.fn();
    bus.events$.subscribe(({ type }) => type === 'done' && onDone());
    messages(numbers)
      .pipe(throwing(() => false))
      .subscribe({ error: () => undefined });

    numbers[how](new Error('no'));
    await bus.settled();

    expect(errors).toEqual(['OBSERVER']);
    expect(onDone).toHaveBeenCalledTimes(1);
  });

  it('T6: nor one of serialize, which RxJS hears of', async () => {
    const unhandled = new Promise((resolve) => {
      config.onUnhandledError = resolve;
    });
    const source = new Subject<number>();
    source
      .pipe(
        serialize((value) => Promise.resolve(value)),
        throwing(() => false),
      )
      .subscribe();
    source.next(1);
    source.complete();

    expect(String(await unhandled)).toContain('teardown');
  });
});
