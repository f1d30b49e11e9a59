import { createSocket } from 'node:dgram';
import { openStatsDReceiver } from '../../src/cli/statsd-receiver.js';

describe('the embedded StatsD receiver', () => {
  test('takes the lines of every packet, and waits for as many as were sent', async () => {
    const lines: string[] = [];
    const receiver = await openStatsDReceiver((line) => lines.push(line));
    const client = createSocket('udp4');
    client.send('a:1|c\nb:2|g\n', receiver.port, '127.0.0.1');
    client.send('c:3|ms', receiver.port, '127.0.0.1');
    await receiver.received(3);
    client.close();
    receiver.close();
    expect(lines).toEqual(['a:1|c', 'b:2|g', 'c:3|ms']);
  });

  test('waits for nothing when nothing was sent', async () => {
    const receiver = await openStatsDReceiver(() => undefined);
    await receiver.received(0);
    receiver.close();
  });

  test('gives up on lines that do not come', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    try {
      const receiver = await openStatsDReceiver(() => undefined);
      const waiting = receiver.received(1);
      jest.advanceTimersByTime(1000);
      await waiting;
      receiver.close();
    } finally {
      jest.useRealTimers();
    }
  });
});
