import {
  createBus,
  createCache,
  createCachingTopic,
  createStateManager,
  createTopicPool,
  forwardAll,
  messageType,
  StasisError,
  subscribe,
  tellRoute,
} from '../../src/index.js';

const Ping = messageType<number>('ping', { formatters: { text: String } });

it('P2: describes how topics, pools, forwards, subscriptions, caches and states hang together, as plain JSON', () => {
  const bus = createBus({ name: 'office', eid: 'e1', highWater: 10, held: true });
  const pings = bus.topic('pings', { detail: 'all pings' });
  const pool = createTopicPool(pings);
  pool.topic('one');
  const other = bus.topic('other');
  const forwards = [forwardAll(pings, other), forwardAll(pings, other)];
  const cache = createCache({ id: () => 'one' });
  createCachingTopic(pings, cache);
  createStateManager(bus, 'other').publisher('x');
  const plain = subscribe(pings, () => undefined);
  const options = { accept: [Ping], acceptFormats: ['text'], capacity: 5, overflow: 'drop-newest' } as const;
  const dispatcher = (drain: () => void) => void Promise.resolve().then(drain);
  subscribe(other, () => undefined, { ...options, dispatcher, delivery: 'synchronous', name: 'bounded', highWater: 3 });
  plain.pause();
  tellRoute(plain, 'added', 'ping');
  tellRoute(plain, 'added', 'pong');
  tellRoute(plain, 'removed', 'ping');
  tellRoute(plain, 'removed', 'nothing');

  const description = bus.describe();
  expect(description).toEqual({
    name: 'office',
    eid: 'e1',
    isHeld: true,
    highWater: 10,
    lowWater: 9,
    topics: [
      { name: 'pings', detail: 'all pings' },
      { name: 'pings/one', detail: '', pool: 'pings' },
      { name: 'other', detail: '' },
      { name: 'pings-cached', detail: '' },
      { name: 'other/x', detail: '' },
    ],
    subscriptions: [
      {
        id: 'pings#1',
        name: 'pings#1',
        topic: 'pings',
        accepts: null,
        formats: null,
        delivery: 'queued',
        dispatcher: 'bus',
        highWater: 10,
        lowWater: 9,
        capacity: null,
        overflow: null,
        isPaused: true,
        routes: ['pong'],
      },
      {
        id: 'other#2',
        name: 'bounded',
        topic: 'other',
        accepts: ['ping'],
        formats: ['text'],
        delivery: 'synchronous',
        dispatcher: 'own',
        highWater: 3,
        lowWater: 2,
        capacity: 5,
        overflow: 'drop-newest',
        isPaused: false,
      },
    ],
    forwards: [
      { from: 'pings', to: 'other' },
      { from: 'pings/one', to: 'pings' },
      { from: 'other/x', to: 'other' },
    ],
    caches: [{ topic: 'pings', updates: 'pings-cached', entries: 0 }],
    states: [{ topic: 'other', states: 1 }],
  });
  expect(JSON.parse(JSON.stringify(description))).toEqual(description);
  expect(Object.keys(description).sort().slice(0, 2)).toEqual(['caches', 'eid']);

  for (const forward of forwards) forward.cancel();
  expect(bus.describe().forwards).not.toContainEqual({ from: 'pings', to: 'other' });

  bus.release();
  forwardAll(pings, other);
  other.complete();
  expect(bus.describe().forwards).toEqual([{ from: 'pings/one', to: 'pings' }]);
});

it('P2: a route that is added or removed is an event', () => {
  const bus = createBus();
  const events: unknown[] = [];
  bus.events$.subscribe((event) => events.push(event));
  const subscription = subscribe(bus.topic('pings'), () => undefined);
  events.length = 0;
  tellRoute(subscription, 'added', 'ping');
  tellRoute(subscription, 'removed', 'ping');
  tellRoute(subscription, 'removed', 'ping');

  expect(events).toEqual([
    { type: 'route-added', subscription: 'pings#1', route: 'ping' },
    { type: 'route-removed', subscription: 'pings#1', route: 'ping' },
  ]);
});

it('P2: finds a subscription by the id in the description, until it is done', async () => {
  const bus = createBus();
  const subscription = subscribe(bus.topic('pings'), () => undefined);
  const [described] = bus.describe().subscriptions;
  expect(bus.subscription(described?.id ?? '')).toBe(subscription);
  expect(bus.subscription('pings#7')).toBeUndefined();
  subscription.unsubscribe();
  await subscription.join();
  expect(bus.subscription(described?.id ?? '')).toBeUndefined();
});

it('T6: an error that somebody who extends a bus reports goes where that of a handler goes', () => {
  const errors: unknown[] = [];
  const bus = createBus({
    onError: (error) => errors.push(error),
  });
  const events: unknown[] = [];
  bus.events$.subscribe((event) => events.push(event));
  const error = new StasisError('EXTENSION', 'something failed');
  bus.report(error);
  expect(errors).toEqual([error]);
  expect(events).toEqual([{ type: 'error', error }]);
});
