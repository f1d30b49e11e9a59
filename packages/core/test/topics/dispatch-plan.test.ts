import { createBus, forwardAll, messageType, subscribe, type Message } from '../../src/index.js';
import { Filter } from '../../src/subscriptions/filter.js';
import { Listeners } from '../../src/topics/listeners.js';

const Ping = messageType<number>('ping');
const Other = messageType<number>('other');

/** How often a filter was asked while the work was done: what a plan is there to save. */
function timesAsked(work: () => void): number {
  const accepts = jest.spyOn(Filter.prototype, 'accepts');
  work();
  const { length } = accepts.mock.calls;
  accepts.mockRestore();
  return length;
}

function crowd(size: number) {
  const bus = createBus();
  const numbers = bus.topic<Message<number>>('numbers');
  const subscriptions = Array.from({ length: size }, () => subscribe(numbers, () => undefined, { accept: [Ping] }));
  return { bus, numbers, subscriptions };
}

describe('publishing', () => {
  it('T2: asks each filter once, however many messages follow', () => {
    const { numbers } = crowd(100);

    const asked = timesAsked(() => {
      for (let n = 0; n < 1_000; n++) numbers.publish(Ping(n));
    });

    expect(asked).toBe(100);
  });

  it('T2: asks each filter once for each type, also when the types take turns', () => {
    const { numbers } = crowd(100);

    const asked = timesAsked(() => {
      for (let n = 0; n < 1_000; n++) numbers.publish((n % 2 === 0 ? Ping : Other)(n));
    });

    expect(asked).toBe(200);
  });

  it('T2: asks again when something has changed, also behind a forward', () => {
    const { bus, numbers, subscriptions } = crowd(10);
    const all = bus.topic<Message<number>>('all');
    const publish = (): void => void numbers.publish(Ping(1));
    publish();

    expect(timesAsked(publish)).toBe(0);
    subscriptions[0]?.accept(Other);
    expect(timesAsked(publish)).toBe(10);
    const forward = forwardAll(numbers, all);
    expect(timesAsked(publish)).toBe(10);
    const newcomer = subscribe(all, () => undefined);
    expect(timesAsked(publish)).toBe(1);
    newcomer.decline(Ping);
    expect(timesAsked(publish)).toBe(1);
    forward.cancel();
    expect(timesAsked(publish)).toBe(10);
    expect(timesAsked(publish)).toBe(0);
  });

  it('T2: compares a type with few others, however many there are and whoever hears them', () => {
    const bus = createBus();
    const numbers = bus.topic<Message<number>>('numbers');
    const types = Array.from({ length: 200 }, (_, n) => messageType<number>(`type ${n}`));
    const heard = types.map(() => 0);
    for (const [n, type] of types.entries()) {
      subscribe(numbers, () => heard[n]!++, { accept: [type], delivery: 'synchronous' });
    }
    const compared = jest.spyOn(Listeners.prototype, 'reaches');
    for (const type of types) numbers.publish(type(1));
    const { length } = compared.mock.calls;
    compared.mockRestore();

    expect(length).toBeLessThanOrEqual(types.length * 8);
    expect(heard).toEqual(types.map(() => 1));
  });

  it('Z1: counts for each type and each subscription, whichever types are heard by the same', () => {
    const bus = createBus();
    const numbers = bus.topic<Message<number>>('numbers');
    const types = Array.from({ length: 12 }, (_, n) => messageType<number>(`type ${n}`));
    const accepts = (divisor: number) => types.filter((_, n) => n % divisor === 0);
    const deliveries = ['queued', 'synchronous'] as const;
    const subscriptions = [1, 2, 3, 6].map((divisor) =>
      subscribe(numbers, () => undefined, { accept: accepts(divisor), delivery: deliveries[divisor % 2] }),
    );
    for (let n = 0; n < 120; n++) numbers.publish((types[n % 12] ?? Ping)(n));
    subscriptions[1]?.decline(types[2] ?? Ping);
    for (let n = 0; n < 120; n++) numbers.publish((types[n % 12] ?? Ping)(n));

    const { messageTypes } = bus.statistics();
    expect(messageTypes.filter(({ name }) => name.startsWith('type')).map(({ published }) => published)).toEqual(
      types.map(() => 20),
    );
    const passed = bus.statistics().subscriptions.map((subscription) => subscription.passed);
    expect(passed).toEqual([240, 110, 80, 40]);
  });

  it('T3: reaches whoever is there at the publish, through every change', async () => {
    const bus = createBus();
    const numbers = bus.topic<Message<number>>('numbers');
    const child = bus.topic<Message<number>>('child');
    const [early, late, above]: [number[], number[], number[]] = [[], [], []];
    const subscription = subscribe(numbers, ({ data }) => early.push(data), { accept: [Ping] });
    const steps = [
      () => undefined,
      () => subscribe(numbers, ({ data }) => late.push(data), { accept: [Ping] }),
      () => subscription.decline(Ping),
      () => subscription.accept(Ping),
      () => subscription.unsubscribe(),
      () => forwardAll(numbers, child),
      () => subscribe(child, ({ data }) => above.push(data), { accept: [Ping] }),
      () => numbers.subscribe(({ data }) => above.push(data * 100)),
    ];

    for (const [n, step] of steps.entries()) {
      step();
      numbers.publish(Ping(n));
    }
    await bus.settled();

    expect(early).toEqual([0, 1, 3]);
    expect(late).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(above).toEqual([700, 6, 7]);
  });
});
