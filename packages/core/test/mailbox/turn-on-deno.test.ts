import { createBus, messageType, subscribe } from '../../src/index.js';

const Ping = messageType<number>('ping');

const channels = Object.getOwnPropertyDescriptor(globalThis, 'MessageChannel')!;

afterEach(() => {
  jest.restoreAllMocks();
  Reflect.deleteProperty(globalThis, 'Deno');
  Object.defineProperty(globalThis, 'MessageChannel', channels);
});

it('T2: on Deno, gives way until sockets have had their turn, and takes no message of a channel for a turn', async () => {
  const opened = jest.fn();
  Object.assign(globalThis, { Deno: {}, MessageChannel: opened });
  let now = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => (now += 20));
  const later = jest.spyOn(globalThis, 'setTimeout');
  const bus = createBus();
  const numbers = bus.topic('numbers');
  const seen: unknown[] = [];
  subscribe(numbers, ({ data }) => seen.push(data), { accept: [Ping] });

  for (let n = 0; n < 20; n++) numbers.publish(Ping(n));
  await bus.settled();

  expect(seen).toHaveLength(20);
  expect(later).toHaveBeenCalled();
  expect(opened).not.toHaveBeenCalled();
});
