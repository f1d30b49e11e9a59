import { AsyncLocalStorage } from 'node:async_hooks';
import { createBus, forwardAll, type Message } from '@stasis-rx/core';
import { createMessageRouter } from '@stasis-rx/router';
import { A, B } from './support/story.js';

const storage = new AsyncLocalStorage<number>();

test('K1, R1: of 1,000 publishers at once, each route runs in the context of its own, through forwards, awaits and pauses', async () => {
  const bus = createBus({ context: 'publisher' });
  const [all, one] = [bus.topic('all'), bus.topic('one')];
  forwardAll(one, all);
  const seen: number[] = [];
  const strangers: number[] = [];
  const see = (data: unknown) => {
    seen.push(data as number);
    if (storage.getStore() !== data) strangers.push(data as number);
  };
  const slowly = async ({ data }: Message) => {
    see(data);
    await new Promise((resolve) =>
      Number(data) % 100 === 0 ? setImmediate(resolve) : queueMicrotask(() => resolve(null)),
    );
    see(data);
  };
  const router = createMessageRouter(all)
    .add(A, slowly)
    .setDefault(({ data }) => typeof data === 'number' && see(data));
  createMessageRouter(one, { delivery: 'synchronous' }).add(B, slowly);
  const publish = async (n: number) => {
    await Promise.resolve();
    (n % 2 === 0 ? all : one).publish((n % 3 === 0 ? A : B)(n));
    await Promise.resolve();
    one.publish(B(n));
    if (n % 10 === 0) router.subscription.pause();
    if (n % 10 === 3) router.subscription.step();
    if (n % 10 === 5) router.subscription.resume();
    if (n % 100 === 7) bus.hold();
    if (n % 100 === 9) bus.release();
  };
  await Promise.all(Array.from({ length: 1000 }, (_, n) => storage.run(n, () => publish(n))));
  await bus.settled();

  expect(strangers).toEqual([]);
  expect(new Set(seen).size).toBe(1000);
});
