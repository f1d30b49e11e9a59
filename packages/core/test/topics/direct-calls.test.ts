import * as fc from 'fast-check';
import { createBus, DispatchError, messageType, subscribe, type Message } from '../../src/index.js';
import { checkProperty, PROPERTY_TIMEOUT_MS, propertyRuns } from '../properties/check-property.js';

const Ping = messageType<number>('ping');

/** What a handler does with a message: to itself, to another one, or to nobody. */
type Deed =
  | { readonly kind: 'nothing' | 'throw' | 'promise' | 'rejection' | 'unsubscribe itself' }
  | { readonly kind: 'pause' | 'resume' | 'unsubscribe'; readonly whom: number };

const CROWD = 6;
const deeds: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Deed>({ kind: 'nothing' }) },
  fc.record({ kind: fc.constantFrom('throw', 'promise', 'rejection', 'unsubscribe itself') }),
  fc.record({ kind: fc.constantFrom('pause', 'resume', 'unsubscribe'), whom: fc.nat(CROWD - 1) }),
);

/** Synchronous handlers, all on one topic; of each message each does what the program says. */
function crowd(program: readonly (readonly Deed[])[]) {
  const bus = createBus({
    onError: (error) => failures.push(error instanceof DispatchError ? error.subscriptionId : error.code),
  });
  const failures: string[] = [];
  const pings = bus.topic<Message<number>>('pings');
  const seen = Array.from({ length: CROWD }, (): (number | 'final')[] => []);
  const open = new Set<number>();
  const published: number[] = [];
  /** How many messages there were when each was unsubscribed. */
  const until = new Map<number, number>();
  const leave = (whom: number): void => {
    if (!until.has(whom)) until.set(whom, published.length);
    subscriptions[whom]?.unsubscribe();
  };
  const subscriptions = seen.map((messages, self) =>
    subscribe(
      pings,
      ({ data }) => {
        expect(open.has(self)).toBe(false); // one at a time (S1)
        messages.push(data);
        const deed: Deed = program[data]?.[self] ?? { kind: 'nothing' };
        if (deed.kind === 'throw') throw new Error('cannot');
        if (deed.kind === 'promise' || deed.kind === 'rejection') return wait(self, deed.kind);
        if (deed.kind === 'unsubscribe itself') leave(self);
        else if (deed.kind === 'unsubscribe') leave(deed.whom);
        else if (deed.kind === 'pause') subscriptions[deed.whom]?.pause();
        else if (deed.kind === 'resume') subscriptions[deed.whom]?.resume();
        return undefined;
      },
      { name: `no. ${self}`, accept: [Ping], delivery: 'synchronous', onFinal: () => messages.push('final') },
    ),
  );
  async function wait(self: number, kind: Deed['kind']): Promise<void> {
    open.add(self);
    await Promise.resolve();
    open.delete(self);
    if (kind === 'rejection') throw new Error('cannot');
  }
  return { bus, pings, seen, subscriptions, published, until, failures };
}

async function nextTask(): Promise<false> {
  await new Promise((resolve) => setImmediate(resolve));
  return false;
}

describe('synchronous handlers of one topic', () => {
  it(
    'S1, S4, S9, T3, T6: each gets each message once and in order, whoever waits, throws, pauses or leaves meanwhile',
    async () => {
      const programs = fc.asyncProperty(
        fc.array(fc.array(deeds, { minLength: CROWD, maxLength: CROWD }), { maxLength: 12 }),
        fc.nat(12),
        async (program, pauseAfter) => {
          const { bus, pings, seen, subscriptions, published, until, failures } = crowd(program);
          for (const n of program.keys()) {
            published.push(n);
            pings.publish(Ping(n));
            if (n % (pauseAfter + 1) === pauseAfter) await Promise.resolve();
          }
          // A handler may pause another one also when it comes to what was queued: until then the bus is not settled.
          const settled = bus.settled().then(() => true);
          do for (const subscription of subscriptions) subscription.resume();
          while (!(await Promise.race([settled, nextTask()])));

          for (const [self, messages] of seen.entries()) {
            const end = until.get(self);
            expect(messages).toEqual(end === undefined ? published : [...published.slice(0, end), 'final']);
          }
          const thrown = program.flatMap((row, n) =>
            row.flatMap(({ kind }, self) =>
              (kind === 'throw' || kind === 'rejection') && n < (until.get(self) ?? Infinity)
                ? [subscriptions[self]?.id]
                : [],
            ),
          );
          expect([...failures].sort()).toEqual([...thrown].sort());
        },
      );
      await checkProperty(programs, Math.ceil(propertyRuns / 5)); // each takes several tasks
    },
    PROPERTY_TIMEOUT_MS,
  );

  it('S9, H2: one that is paused by another before its turn gets the message later, and those behind it at once', () => {
    const { pings, seen, subscriptions } = crowd([[{ kind: 'pause', whom: 2 }]]);
    pings.publish(Ping(0));

    expect(seen).toEqual([[0], [0], [], [0], [0], [0]]);
    expect(subscriptions[2]?.depth).toBe(1);
  });

  it('S9, S1: while one waits, it alone gets what follows later', async () => {
    const { bus, pings, seen } = crowd([[{ kind: 'nothing' }, { kind: 'promise' }]]);
    for (const n of [0, 1, 2]) pings.publish(Ping(n));

    expect(seen.map(({ length }) => length)).toEqual([3, 1, 3, 3, 3, 3]);
    await bus.settled();
    pings.publish(Ping(3));
    expect(seen.map((messages) => messages.join())).toEqual(seen.map(() => '0,1,2,3'));
  });
});

describe('a publish for which the stack has no room', () => {
  /** Publishes at every depth of the stack, beginning where there is no room for it. */
  function publishFromTheDeep(publish: () => void): void {
    try {
      publishFromTheDeep(publish);
    } catch {
      // No room for this.
    }
    try {
      publish();
    } catch {
      // And none for that.
    }
  }

  it.each([1, 2])('T6: with synchronous handlers (%d), the next one is delivered as ever', (handlers) => {
    const pings = createBus({ onError: () => undefined }).topic<Message<number>>('pings');
    const seen: number[] = [];
    for (let n = 0; n < handlers; n++) {
      subscribe(pings, ({ data }) => void seen.push(data), { accept: [Ping], delivery: 'synchronous' });
    }
    publishFromTheDeep(() => pings.publish(Ping(1)));
    seen.length = 0;

    pings.publish(Ping(2));

    expect(seen).toEqual(Array.from({ length: handlers }, () => 2));
  });
});
