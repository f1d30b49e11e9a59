import type { StasisError } from '@stasis-rx/core';
import { createStatsDClient, type StatsDClient } from '../../src/client/client.js';
import type { StatsDClientOptions } from '../../src/client/options.js';
import { recordingTransport } from '../../src/transports/recording-transport.js';

function aggregatingClient(options: StatsDClientOptions = {}) {
  const recording = recordingTransport();
  const errors: StasisError[] = [];
  const onError = (error: StasisError) => errors.push(error);
  const statsd = createStatsDClient({ transport: recording, aggregate: true, onError, ...options });
  return { recording, errors, statsd };
}

/** What the calls write, within one interval. */
async function linesOf(log: (statsd: StatsDClient) => void, options?: StatsDClientOptions): Promise<string[]> {
  const { recording, errors, statsd } = aggregatingClient(options);
  log(statsd);
  expect(recording.lines).toEqual([]);
  await statsd.close();
  expect(errors).toEqual([]);
  return recording.lines;
}

describe('a StatsD client that aggregates', () => {
  it.each<[string, (statsd: StatsDClient) => void, string[]]>([
    [
      'sums a counter',
      (statsd) => {
        statsd.increment('a');
        statsd.increment('a', 5);
        statsd.decrement('a', 2);
        statsd.log('a', 'c', '10');
        statsd.increment('b', 0.5);
      },
      ['a:14|c', 'b:0.5|c'],
    ],
    [
      'sends a counter that comes to nothing',
      (statsd) => {
        statsd.increment('a');
        statsd.decrement('a');
      },
      ['a:0|c'],
    ],
    [
      'sums a meter',
      (statsd) => {
        statsd.meter('a', 1);
        statsd.meter('a', 2);
        statsd.log('a', 'm', 4);
      },
      ['a:7|m'],
    ],
    [
      'keeps the last value of a gauge',
      (statsd) => {
        statsd.gauge('a', 1);
        statsd.gauge('a', 3);
        statsd.gauge('a', 2);
      },
      ['a:2|g'],
    ],
    [
      'changes the value that a gauge was set to',
      (statsd) => {
        statsd.gaugeDelta('a', 100);
        statsd.gauge('a', 5);
        statsd.gaugeDelta('a', 1);
        statsd.gaugeDelta('a', -3);
        statsd.log('a', 'g', '+1');
      },
      ['a:4|g'],
    ],
    [
      'sums the changes of a gauge that was not set',
      (statsd) => {
        statsd.gaugeDelta('up', 1);
        statsd.gaugeDelta('up', 2);
        statsd.gaugeDelta('down', 1);
        statsd.gaugeDelta('down', -2);
        statsd.gaugeDelta('level', 1);
        statsd.gaugeDelta('level', -1);
      },
      ['up:+3|g', 'down:-1|g', 'level:+0|g'],
    ],
    [
      'sets a gauge to a negative value, instead of lowering it',
      (statsd) => {
        statsd.gauge('a', -5);
        statsd.gauge('b', 2);
        statsd.gaugeDelta('b', -3);
        statsd.gauge('c', -5);
        statsd.gaugeDelta('c', 5);
        statsd.gauge('d', -5);
        statsd.log('d', 'g', '-1');
      },
      ['a:0|g', 'a:-5|g', 'b:0|g', 'b:-1|g', 'c:0|g', 'd:0|g', 'd:-6|g'],
    ],
    [
      'sends each value of a set once',
      (statsd) => {
        for (const agent of ['ann', 'bob', 'ann', 7, '7']) statsd.set('agents', agent);
        statsd.set('a', 'ann');
      },
      ['agents:ann|s', 'agents:bob|s', 'agents:7|s', 'a:ann|s'],
    ],
    [
      'keeps every timing, histogram and other type',
      (statsd) => {
        for (let n = 0; n < 2; n++) {
          statsd.timing('a', 5);
          statsd.histogram('a', 5);
          statsd.log('a', 'd', 5);
        }
      },
      ['a:5|ms', 'a:5|h', 'a:5|d', 'a:5|ms', 'a:5|h', 'a:5|d'],
    ],
    [
      'keeps types of one name apart',
      (statsd) => {
        for (let n = 0; n < 2; n++) {
          statsd.increment('a', 5);
          statsd.meter('a', 5);
          statsd.gauge('a', 5);
          statsd.set('a', 5);
        }
      },
      ['a:10|c', 'a:10|m', 'a:5|g', 'a:5|s'],
    ],
  ])('D4: %s', async (_what, log, lines) => {
    expect(await linesOf(log)).toEqual(lines);
  });

  it('D4: puts together what has the same tags, in whatever order, and writes them as they came first', async () => {
    const log = (statsd: StatsDClient) => {
      statsd.increment('a', 1, { tags: { queue: 'sales', agent: 'ann' } });
      statsd.increment('a', 2, { tags: ['agent:ann', 'queue:sales'] });
      statsd.increment('a', 4, { tags: { site: 'south', queue: 'sales' } });
      statsd.increment('a', 8, { tags: { queue: 'sales', site: 'south' } });
      statsd.increment('a', 16);
      statsd.increment('a', 32, {});
      statsd.increment('a', 64, { tags: { queue: 'sales' } });
      statsd.set('a', 'x', { tags: { queue: 'sales', agent: 'ann' } });
      statsd.set('a', 'x', { tags: { agent: 'ann', queue: 'sales' } });
    };
    expect(await linesOf(log, { tags: { site: 'north', env: 'test' } })).toEqual([
      'a:3|c|#site:north,env:test,queue:sales,agent:ann',
      'a:12|c|#env:test,site:south,queue:sales',
      'a:48|c|#site:north,env:test',
      'a:64|c|#site:north,env:test,queue:sales',
      'a:x|s|#site:north,env:test,queue:sales,agent:ann',
    ]);
  });

  it('D4: draws each call by its sample rate, and sums counters and meters of one rate', async () => {
    const drawn = [0, 0.9, 0, 0, 0.9, 0];
    const log = (statsd: StatsDClient) => {
      for (let n = 0; n < 3; n++) statsd.increment('a', 2, { sampleRate: 0.5 });
      statsd.increment('a', 1);
      statsd.increment('a', 1, { sampleRate: 0.1 });
      statsd.increment('a', 100, { sampleRate: 0 });
      statsd.meter('a', 7, { sampleRate: 0.5 });
      statsd.meter('a', 3, { sampleRate: 0.5 });
    };
    expect(await linesOf(log, { random: () => drawn.shift()! })).toEqual([
      'a:4|c|@0.5',
      'a:1|c',
      'a:1|c|@0.1',
      'a:3|m|@0.5',
    ]);
  });

  it('D4: takes a gauge and a set for the same at every sample rate, as servers do', async () => {
    const drawn = [0, 0.9];
    const log = (statsd: StatsDClient) => {
      statsd.gauge('a', 1);
      statsd.gauge('a', 2, { sampleRate: 0.5 });
      statsd.gauge('a', 3, { sampleRate: 0.5 });
      statsd.gaugeDelta('a', 4);
      statsd.gauge('a', 100, { sampleRate: 0 });
      statsd.set('b', 'x', { sampleRate: 1 });
      statsd.set('b', 'x', { sampleRate: 2 });
    };
    expect(await linesOf(log, { random: () => drawn.shift()! })).toEqual(['a:6|g', 'b:x|s']);
  });

  it('D2: sums a meter with the counter that stands in for it', async () => {
    const log = (statsd: StatsDClient) => {
      statsd.meter('a', 2);
      statsd.increment('a_meter', 3);
      statsd.log('a', 'm', 4);
    };
    expect(await linesOf(log, { meterSupport: false })).toEqual(['a_meter:9|c']);
  });

  it('D4: sends one line a metric and flush interval, and by itself', () => {
    jest.useFakeTimers();
    const { recording, statsd } = aggregatingClient({ flushIntervalMs: 10_000 });
    for (let second = 0; second < 25; second++) {
      statsd.increment('calls');
      statsd.timing('calltime', second);
      jest.advanceTimersByTime(1000);
    }
    expect(recording.lines.filter((line) => line.endsWith('|c'))).toEqual(['calls:10|c', 'calls:10|c']);
    expect(recording.lines.filter((line) => line.endsWith('|ms'))).toHaveLength(20);
    jest.useRealTimers();
  });

  it('D4: sends what waits on flush and on close, and counts lines when they are written', async () => {
    const { recording, statsd } = aggregatingClient();
    statsd.increment('a');
    statsd.increment('a');
    expect(statsd.statistics().lines).toBe(0);
    await statsd.flush();
    expect(recording.packets).toEqual(['a:2|c']);
    statsd.increment('a');
    statsd.gauge('b', -5);
    await statsd.close();
    expect(recording.packets).toEqual(['a:2|c', 'a:1|c\nb:0|g\nb:-5|g']);
    statsd.increment('late');
    statsd.gauge('late', -1);
    expect(statsd.statistics()).toEqual({ lines: 4, packets: 2, bytes: 23, errors: 0, dropped: 3 });
  });

  it('D4: bounds what waits: one line more than maxPendingSeries, and all of them go out', () => {
    jest.useFakeTimers();
    const { recording, statsd } = aggregatingClient({ maxPendingSeries: 3, maxPacketBytes: 20 });
    for (const name of ['a', 'b', 'a', 'c', 'a']) statsd.increment(name);
    expect(recording.lines).toEqual([]);
    statsd.set('d', 'x');
    // The last packet waits for others, but not for longer than the interval.
    expect(recording.lines).toEqual(['a:3|c', 'b:1|c', 'c:1|c']);
    jest.advanceTimersByTime(100);
    expect(recording.lines).toEqual(['a:3|c', 'b:1|c', 'c:1|c', 'd:x|s']);
    jest.useRealTimers();
  });

  it('reports what it is called with wrongly, at once, and keeps the rest', async () => {
    const { recording, errors, statsd } = aggregatingClient({ maxPacketBytes: 20 });
    statsd.increment('a');
    statsd.increment('a', NaN);
    statsd.increment('a', 1, { sampleRate: NaN });
    statsd.set('a', '');
    statsd.increment('x'.repeat(20));
    expect(errors.map(({ code }) => code)).toEqual(Array(4).fill('INVALID_ARGUMENT'));
    expect(errors[3]?.message).toBe(
      '[statsd] increment(): expected a metric of at most 20 bytes, got 25 (number). Shorten its name or tags, or raise maxPacketBytes.',
    );
    await statsd.close();
    expect(recording.lines).toEqual(['a:1|c']);
  });

  it('lets a transport log and flush while it sends', async () => {
    const recording = recordingTransport();
    const statsd: StatsDClient = createStatsDClient({
      aggregate: true,
      maxPacketBytes: 10,
      transport: {
        send(packet) {
          recording.send(packet);
          if (recording.packets.length > 3) return;
          statsd.increment('sent');
          void statsd.flush();
        },
        close: () => undefined,
      },
    });
    for (const name of ['a', 'b', 'c', 'd']) statsd.increment(name);
    await statsd.flush();
    await statsd.close();
    const sent = recording.lines.filter((line) => line.startsWith('sent'));
    expect(recording.lines.filter((line) => !line.startsWith('sent'))).toEqual(['a:1|c', 'b:1|c', 'c:1|c', 'd:1|c']);
    expect(sent.map((line) => Number(/:(\d+)/.exec(line)![1])).reduce((sum, n) => sum + n, 0)).toBe(3);
  });
});
