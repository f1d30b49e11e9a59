import * as fc from 'fast-check';
import {
  CacheClear,
  createBus,
  createCache,
  createCachingTopic,
  createStateManager,
  forwardAll,
  InvalidArgumentError,
  messageType,
  subscribe,
  SubscriptionChange,
  type BusOptions,
  type Message,
  type MessageOf,
  type Probe,
  type ProbePublished,
} from '../../src/index.js';

const Ping = messageType<number>('ping');
const Pong = messageType<number>('pong');

const PARTS = ['published', 'queued', 'began', 'ended', 'dropped', 'wrote', 'changed'] as const;

/** A probe that writes a line for each record, and keeps the records. */
function createLog() {
  const lines: string[] = [];
  const records: { readonly part: (typeof PARTS)[number]; readonly record: Record<string, unknown> }[] = [];
  const probe = Object.fromEntries(
    PARTS.map((part) => [
      part,
      (record: Record<string, unknown>) => {
        records.push({ part, record });
        const { id, topic, subscription, cause, depth, error, updates, event } = record as Record<string, string>;
        const words = [id, topic, subscription, depth && `depth ${depth}`, updates, error && 'failed'];
        const why = cause === undefined ? [] : [`because of ${cause}`];
        const what = (event as unknown as { readonly type: string } | undefined)?.type;
        lines.push([part, ...words, ...why, what].filter((word) => word !== undefined).join(' '));
      },
    ]),
  ) as Probe;
  return { probe, lines, records };
}

function watchedBus(options: BusOptions = {}) {
  const errors: string[] = [];
  const bus = createBus({ onError: ({ code }) => errors.push(code), ...options });
  return { bus, errors, pings: bus.topic<Message<number>>('pings'), pongs: bus.topic<Message<number>>('pongs') };
}

const { getBuiltinModule } = process;
afterEach(() => void Object.assign(process, { getBuiltinModule }));

describe('a probe', () => {
  it('P1: is told of each publish, queueing, beginning and end, in the order in which they happen', async () => {
    const { bus, pings } = watchedBus();
    subscribe(pings, () => Promise.resolve(), { accept: [Ping] });
    subscribe(pings, () => undefined, { accept: [Ping], delivery: 'synchronous' });
    const { probe, lines } = createLog();
    bus.attach(probe);
    pings.publish(Ping(1));
    pings.publish(Ping(2));
    await bus.settled();

    expect(lines).toEqual([
      'published 1 pings',
      'queued 1 pings#1 depth 1',
      'began 1 pings#2',
      'ended 1 pings#2',
      'published 2 pings',
      'queued 2 pings#1 depth 2',
      'began 2 pings#2',
      'ended 2 pings#2',
      'began 1 pings#1',
      'ended 1 pings#1',
      'began 2 pings#1',
      'ended 2 pings#1',
    ]);
  });

  it('P1: knows the times, the message, and the error that a handler has failed with', async () => {
    const { bus, pings } = watchedBus();
    subscribe(pings, () => Promise.reject(new Error('boom')), { accept: [Ping] });
    const { probe, records } = createLog();
    const before = Date.now() - 1;
    bus.attach(probe);
    const message = Ping(1);
    pings.publish(message);
    await bus.settled();
    const after = Date.now() + 2;

    const times = records.map(({ record }) => record.at as number);
    expect([...times].sort((a, b) => a - b)).toEqual(times);
    expect(times.every((at) => at >= before && at <= after)).toBe(true);
    expect(records[0]?.record.message).toBe(message);
    expect(records.find(({ part }) => part === 'ended')?.record.error).toMatchObject({
      code: 'DISPATCH',
      dispatched: message,
    });
  });

  it('P1: is told of the last message of each state, before its publish, and of its end', () => {
    const { bus } = watchedBus();
    const states = createStateManager<MessageOf<typeof Ping>>(bus, 'states');
    const { probe, records } = createLog();
    bus.attach(probe);
    const [first, second, last] = [Ping(1), Ping(2), Ping(3)];
    states.publish('x', first);
    states.publish('x', second);
    states.remove('x', undefined, last);
    bus.hold();
    states.publish('y', first);
    bus.release();
    states.publisher('z').unsubscribe(); // it never had a message
    const other = Pong(4);
    states.publish('y', other);

    const told = records.filter(({ part }) => part === 'wrote' || part === 'published');
    expect(told.map(({ part, record }) => [part, record.id, record.snapshotId])).toEqual([
      ['wrote', 1, 'x'],
      ['published', 1, undefined],
      ['wrote', 2, 'x'],
      ['published', 2, undefined],
      ['wrote', 3, 'x'],
      ['published', 3, undefined],
      ['wrote', 0, 'x'],
      ['wrote', 4, 'y'],
      ['published', 4, undefined],
      ['wrote', 5, 'y'],
      ['wrote', 5, 'y'],
      ['published', 5, undefined],
    ]);
    const written = told.filter(({ part }) => part === 'wrote').map(({ record }) => record);
    expect(written.map(({ old, snapshot }) => [old, snapshot])).toEqual([
      [undefined, first],
      [first, second],
      [second, last],
      [last, undefined],
      [undefined, first],
      [first, undefined],
      [undefined, other],
    ]);
    expect(written.every(({ topic, updates }) => topic === 'states' && updates === 'states')).toBe(true);
  });

  it('P1: is told which entry of a cache was written, what stood there, and what stands there now', () => {
    const { bus, pings } = watchedBus();
    const cache = createCache({
      id: () => 'one',
      aggregate: { compute: ({ local }) => local && Pong(local.data as number, { eid: null }) },
    });
    createCachingTopic(pings, cache);
    const { probe, records } = createLog();
    bus.attach(probe);
    const [first, second] = [Ping(1), Ping(2)];
    pings.publish(first);
    pings.publish(second);
    pings.publish(CacheClear(second));

    const written = records.filter(({ part }) => part === 'wrote').map(({ record }) => record);
    const ofEntity = written.filter(({ old, snapshot }) => Ping.is(old) || Ping.is(snapshot));
    expect(ofEntity.map(({ snapshotId, old, snapshot }) => [snapshotId, old, snapshot])).toEqual([
      ['one', undefined, first],
      ['one', first, second],
      ['one', second, undefined],
    ]);
    const ofAggregate = written.filter((record) => !ofEntity.includes(record));
    expect(ofAggregate.map(({ snapshot }) => (snapshot as MessageOf<typeof Pong> | undefined)?.data)).toEqual([
      1,
      2,
      undefined,
    ]);
  });

  it('P1: is told of drops, cache writes, forwards, and who comes and goes', async () => {
    const { bus, pings, pongs } = watchedBus();
    const { probe, lines } = createLog();
    const attached = bus.attach(probe);
    const forward = forwardAll(pings, pongs);
    const cached = createCachingTopic(pings, createCache({ id: () => 'one' }));
    subscribe(pongs, () => undefined, { accept: [Ping], capacity: 1, overflow: 'drop-oldest' });
    pings.publish(Ping(1));
    pings.publish(Ping(2));
    await bus.settled();
    forward.cancel();
    cached.unsubscribe();
    attached.detach();
    attached[Symbol.dispose]();

    const told = lines.filter((line) => /changed|dropped|wrote|because/.test(line));
    expect(told).toEqual([
      'changed forwarded',
      'changed topic-created',
      'changed subscribed',
      'wrote 2 pings pings-cached',
      'published 3 pings-cached because of 2',
      'wrote 4 pings pings-cached',
      'published 5 pings-cached because of 4',
      'dropped 2 pongs#1',
      'changed dropped',
      'changed error',
      'changed forward-cancelled',
      'changed topic-ended',
    ]);
    expect(lines.filter((line) => line.startsWith('queued 4'))).toEqual(['queued 4 pongs#1 depth 1']);
  });

  it('P1: is told of subscription changes and final messages as of any message', async () => {
    const { bus, pings } = watchedBus();
    const { probe, lines, records } = createLog();
    bus.attach(probe);
    const subscription = subscribe(pings, () => undefined);
    subscription.unsubscribe();
    await bus.close();

    expect(lines.filter((line) => !line.startsWith('changed'))).toEqual([
      'published 1 pings',
      'queued 1 pings#1 depth 1',
      'published 2 pings',
      'queued 2 pings#1 depth 2',
      'began 1 pings#1',
      'ended 1 pings#1',
      'began 2 pings#1',
      'ended 2 pings#1',
    ]);
    const { record } = records.find(({ part }) => part === 'published') ?? {};
    expect(SubscriptionChange.is(record?.message as Message)).toBe(true);
  });

  it.each([
    ['in Node', true],
    ['where the platform has no asynchronous contexts', false],
  ] as const)('P1: knows what has brought a publish about, %s', async (_, isKnownLater) => {
    if (!isKnownLater) Object.assign(process, { getBuiltinModule: undefined });
    const { bus, pings, pongs } = watchedBus();
    const causes: string[] = [];
    bus.attach({
      published: ({ message, cause }) =>
        causes.push(`${message.type.name} ${String(message.data)} of ${String(cause)}`),
    });
    const answer = async ({ data }: Message<number>) => {
      pongs.publish(Pong(data));
      await new Promise(setImmediate);
      pongs.publish(Pong(data * 10));
    };
    subscribe(pings, answer, { accept: [Ping] });
    pings.subscribe(({ data }) => void pongs.publish(Pong(data * 100)));
    causes.length = 0;
    pings.publish(Ping(1)); // the second publish on the bus
    await bus.settled();
    pings.publish(Ping(2));
    await bus.settled();

    const later = (id: number) => (isKnownLater ? id : undefined);
    expect(causes).toEqual([
      'ping 1 of undefined',
      'pong 100 of 2',
      'pong 1 of 2',
      `pong 10 of ${String(later(2))}`,
      'ping 2 of undefined',
      'pong 200 of 6',
      'pong 2 of 6',
      `pong 20 of ${String(later(6))}`,
    ]);
  });

  it('P1: H1: knows the cause of what was kept while the bus was held', async () => {
    const { bus, pings, pongs } = watchedBus();
    const causes: (number | undefined)[] = [];
    subscribe(
      pings,
      (): void => {
        bus.hold();
        pongs.publish(Pong(1));
      },
      { accept: [Ping] },
    );
    bus.attach({ published: ({ cause }) => causes.push(cause) });
    pings.publish(Ping(1));
    await bus.settled();
    bus.release();

    expect(causes).toEqual([undefined, 1]);
  });

  it('P1: one that throws or publishes disturbs nobody, and what it does itself is told to no probe', async () => {
    const { bus, pings, pongs, errors } = watchedBus();
    const seen: string[] = [];
    for (const delivery of ['queued', 'synchronous'] as const) {
      subscribe(pings, ({ data }) => seen.push(`${delivery} ${data}`), { accept: [Ping], delivery });
      subscribe(pongs, ({ data }) => seen.push(`${delivery} pong ${data}`), { accept: [Pong], delivery });
    }
    const { probe, lines } = createLog();
    const throwing = () => {
      throw new Error('boom');
    };
    bus.attach({ published: throwing, queued: throwing, began: throwing, ended: throwing, changed: throwing });
    bus.attach({
      published: ({ message }) => {
        pongs.publish(Pong(message.data as number));
        pings.publish(Ping(10));
      },
    });
    bus.attach(probe);
    pings.publish(Ping(1));
    await bus.settled();

    expect(seen).toEqual([
      'synchronous 1',
      'synchronous pong 1',
      'synchronous 10',
      'queued 1',
      'queued 10',
      'queued pong 1',
    ]);
    expect(lines.filter((line) => line.startsWith('published'))).toEqual(['published 1 pings']);
    expect(errors.every((code) => code === 'PROBE')).toBe(true);
    expect(errors).toHaveLength(6);
  });

  it('P1: detached it is told of nothing more, also of what is on its way; another one goes on', async () => {
    const { bus, pings } = watchedBus();
    subscribe(pings, () => undefined, { accept: [Ping] });
    const [first, second] = [createLog(), createLog()];
    const attached = bus.attach(first.probe);
    const other = bus.attach(second.probe);
    pings.publish(Ping(1));
    attached.detach();
    await bus.settled();
    other.detach();
    pings.publish(Ping(2));
    await bus.settled();

    expect(first.lines).toEqual(['published 1 pings', 'queued 1 pings#1 depth 1']);
    expect(second.lines).toEqual([...first.lines, 'began 1 pings#1', 'ended 1 pings#1']);
  });

  it('P1: what is no probe is refused at the call', () => {
    const { bus } = watchedBus();
    expect(() => bus.attach(undefined as never)).toThrow(InvalidArgumentError);
    expect(() => bus.attach({ began: 1 as never })).toThrow('probe.began to be a function');
  });

  it('P1: a message under way when a probe comes is not told of, and everything of one published later is', async () => {
    const actions = fc.array(fc.constantFrom('publish', 'attach', 'detach', 'subscribe', 'leave', 'turn'), {
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(actions, async (names) => {
        const { bus, pings } = watchedBus();
        const { probe, records } = createLog();
        let attached: ReturnType<typeof bus.attach> | undefined;
        const subscriptions: ReturnType<typeof subscribe>[] = [];
        for (const name of names) {
          if (name === 'publish') pings.publish(Ping(1));
          if (name === 'attach') attached ??= bus.attach(probe);
          if (name === 'subscribe') {
            const delivery = subscriptions.length % 2 === 0 ? 'queued' : 'synchronous';
            subscriptions.push(subscribe(pings, () => Promise.resolve(), { accept: [Ping], delivery }));
          }
          if (name === 'leave') subscriptions.pop()?.unsubscribe();
          if (name === 'turn') await new Promise(setImmediate);
        }
        await bus.close();
        const of = (part: string) => records.filter((record) => record.part === part).map(({ record }) => record);
        const known = new Set(of('published').map(({ id }) => id as ProbePublished['id']));
        const key = ({ id, subscription }: Record<string, unknown>) => `${String(id)} ${String(subscription)}`;
        expect(of('ended').map(key).sort()).toEqual(of('began').map(key).sort());
        expect(new Set(of('began').map(key)).size).toBe(of('began').length);
        expect(
          of('queued')
            .map(key)
            .filter((one) => !of('began').map(key).includes(one)),
        ).toEqual([]);
        expect(of('began').every(({ id }) => known.has(id as number))).toBe(true);
      }),
    );
  });
});
