import { AsyncLocalStorage } from 'node:async_hooks';
import { createBus, messageType, subscribe, type BusOptions, type Message } from '../../src/index.js';

const Ping = messageType<number>('ping');

function numbersTopic(options: BusOptions) {
  const errors: string[] = [];
  const bus = createBus({ ...options, onError: ({ code }) => errors.push(code) });
  return { bus, numbers: bus.topic<Message<number>>('numbers'), errors };
}

afterEach(() => jest.restoreAllMocks());

const dispatchers: Record<string, BusOptions['dispatcher']> = {
  'the default dispatcher': undefined,
  'a dispatcher of a user': (drain) => setImmediate(drain),
};

for (const [name, dispatcher] of Object.entries(dispatchers)) {
  describe(`around the handlers, with ${name}`, () => {
    it('S9: surrounds each drain, and not each message', async () => {
      jest.spyOn(performance, 'now').mockReturnValue(0); // however busy the machine is, it is one drain
      let depth = 0;
      let drains = 0;
      const around = (drain: () => void): void => {
        depth++;
        drains++;
        drain();
        depth--;
      };
      const { bus, numbers } = numbersTopic({ dispatcher, around });
      const depths: number[] = [];
      subscribe(numbers, () => depths.push(depth), { accept: [Ping] });
      for (let number = 0; number < 10; number++) numbers.publish(Ping(number));
      await bus.settled();
      expect(depths).toEqual(Array.from({ length: 10 }, () => 1));
      expect(drains).toBe(1);
    });

    it('S9: decides in which asynchronous context handlers run, behind an await too', async () => {
      const storage = new AsyncLocalStorage<string>();
      const { bus, numbers } = numbersTopic({ dispatcher, around: (drain) => storage.run('the bus', drain) });
      const seen: unknown[] = [];
      subscribe(
        numbers,
        async () => {
          seen.push(storage.getStore());
          await Promise.resolve();
          seen.push(storage.getStore());
        },
        { accept: [Ping] },
      );
      storage.run('a publisher', () => {
        numbers.publish(Ping(1));
        numbers.publish(Ping(2));
      });
      await bus.settled();
      expect(seen).toEqual(Array.from({ length: 4 }, () => 'the bus'));
    });

    it('S9: drains all the same when it throws, or does not drain, or drains twice', async () => {
      const fail = (): never => {
        throw new Error('around fails');
      };
      const failAfter = (drain: () => void): never => {
        drain();
        return fail();
      };
      const drainTwice = (drain: () => void): void => {
        drain();
        drain();
      };
      const ways: ((drain: () => void) => void)[] = [fail, failAfter, () => {}, drainTwice];
      const { bus, numbers, errors } = numbersTopic({ dispatcher, around: (drain) => ways.shift()?.(drain) });
      const handled: number[] = [];
      subscribe(numbers, ({ data }) => handled.push(data), { accept: [Ping] });
      for (const number of [1, 2, 3, 4, 5]) {
        numbers.publish(Ping(number));
        await bus.settled();
      }
      expect(handled).toEqual([1, 2, 3, 4, 5]);
      expect(errors).toEqual(['AROUND', 'AROUND']);
    });
  });
}

it('refuses what is no function', () => {
  expect(() => createBus({ around: 1 as never })).toThrow(
    '[core] createBus(): expected around to be a function, got 1 (number).',
  );
});

it.each(Object.entries(dispatchers))(
  'S9: is around every handler, also after an awaited one, with %s',
  async (_, dispatcher) => {
    let isInside = false;
    const around = (drain: () => void): void => {
      isInside = true;
      drain();
      isInside = false;
    };
    const { bus, numbers } = numbersTopic({ dispatcher, around });
    const seen: boolean[] = [];
    const handler = ({ data }: Message<number>): unknown => {
      seen.push(isInside);
      return data % 2 === 0 ? Promise.resolve() : undefined;
    };
    subscribe(numbers, handler, { accept: [Ping] });

    for (let n = 0; n < 6; n++) numbers.publish(Ping(n));
    await bus.settled();

    expect(seen).toEqual(Array.from({ length: 6 }, () => true));
  },
);
