import { InvalidArgumentError, type StasisError } from '@stasis-rx/core';
import { createStatsDClient, type StatsDClient } from '../../src/client/client.js';
import type { StatsDClientOptions } from '../../src/client/options.js';
import { recordingTransport } from '../../src/transports/recording-transport.js';

function recordingClient(options: StatsDClientOptions = {}) {
  const recording = recordingTransport();
  const errors: StasisError[] = [];
  const statsd = createStatsDClient({ transport: recording, onError: (error) => errors.push(error), ...options });
  return { recording, errors, statsd };
}

/** What the calls write. */
async function linesOf(log: (statsd: StatsDClient) => void, options?: StatsDClientOptions): Promise<string[]> {
  const { recording, errors, statsd } = recordingClient(options);
  log(statsd);
  await statsd.close();
  expect(errors).toEqual([]);
  return recording.lines;
}

describe('the lines of a StatsD client', () => {
  it.each<[string, (statsd: StatsDClient) => void, string[]]>([
    ['increment', (statsd) => statsd.increment('a'), ['a:1|c']],
    ['increment by', (statsd) => statsd.increment('a', 5), ['a:5|c']],
    ['decrement', (statsd) => statsd.decrement('a'), ['a:-1|c']],
    ['decrement by', (statsd) => statsd.decrement('a', 5), ['a:-5|c']],
    ['decrement by a negative', (statsd) => statsd.decrement('a', -5), ['a:5|c']],
    ['decrement by zero', (statsd) => statsd.decrement('a', 0), ['a:0|c']],
    ['gauge', (statsd) => statsd.gauge('a', 42.5), ['a:42.5|g']],
    ['gaugeDelta up', (statsd) => statsd.gaugeDelta('a', 3), ['a:+3|g']],
    ['gaugeDelta down', (statsd) => statsd.gaugeDelta('a', -3), ['a:-3|g']],
    ['gaugeDelta by nothing', (statsd) => statsd.gaugeDelta('a', -0), ['a:+0|g']],
    ['timing', (statsd) => statsd.timing('a', 120), ['a:120|ms']],
    ['histogram', (statsd) => statsd.histogram('a', 0.25), ['a:0.25|h']],
    ['meter', (statsd) => statsd.meter('a', 1), ['a:1|m']],
    ['set', (statsd) => statsd.set('a', 'ann'), ['a:ann|s']],
    ['set of a number', (statsd) => statsd.set('a', 7), ['a:7|s']],
    ['log', (statsd) => statsd.log('a', 'g', '+1'), ['a:+1|g']],
    ['log of a number', (statsd) => statsd.log('a', 'ms', 12.5), ['a:12.5|ms']],
    ['log of another type', (statsd) => statsd.log('a', 'd', 12), ['a:12|d']],
  ])('D1: writes %s as name:value|type', async (_what, log, lines) => {
    expect(await linesOf(log)).toEqual(lines);
  });

  it('D1: writes the sample rate when it is below 1, neither rounded nor with an exponent', async () => {
    const log = (statsd: StatsDClient) => {
      for (const sampleRate of [0.5, 0.001, 1e-7, 1, 2]) statsd.increment('a', 1, { sampleRate });
    };
    expect(await linesOf(log, { random: () => 0 })).toEqual([
      'a:1|c|@0.5',
      'a:1|c|@0.001',
      'a:1|c|@0.0000001',
      'a:1|c',
      'a:1|c',
    ]);
  });

  it('D1: sends nothing at a sample rate of 0 and below', async () => {
    const log = (statsd: StatsDClient) => {
      statsd.increment('a', 1, { sampleRate: 0 });
      statsd.gauge('a', -1, { sampleRate: -0.5 });
    };
    expect(await linesOf(log, { random: () => 0 })).toEqual([]);
  });

  it('draws each metric by itself', async () => {
    const drawn = [0.4, 0.6, 0.2];
    const log = (statsd: StatsDClient) => {
      for (const name of ['a', 'b', 'c']) statsd.increment(name, 1, { sampleRate: 0.5 });
    };
    expect(await linesOf(log, { random: () => drawn.shift() ?? 1 })).toEqual(['a:1|c|@0.5', 'c:1|c|@0.5']);
  });

  it('D1: orders a line as name, value, type, rate, tags of the client, tags of the metric', async () => {
    const log = (statsd: StatsDClient) => {
      statsd.timing('a', 5, { sampleRate: 0.5, tags: { node: 3 } });
      statsd.timing('a', 5, { tags: ['urgent'] });
      statsd.timing('a', 5);
    };
    expect(await linesOf(log, { prefix: 'pbx', tags: { site: 'north' }, random: () => 0 })).toEqual([
      'pbx.a:5|ms|@0.5|#site:north,node:3',
      'pbx.a:5|ms|#site:north,urgent',
      'pbx.a:5|ms|#site:north',
    ]);
  });

  it("D1: lets a metric's tag replace the client's of the same key, and keeps the colons of values", async () => {
    const log = (statsd: StatsDClient) => {
      statsd.increment('a', 1, { tags: { site: '[::1]:8080' } });
      statsd.increment('a');
    };
    expect(await linesOf(log, { tags: { site: 'north', env: 'test' } })).toEqual([
      'a:1|c|#env:test,site:[::1]:8080',
      'a:1|c|#site:north,env:test',
    ]);
  });

  it('D2: puts the prefix before every name, with a dot', async () => {
    expect(await linesOf((statsd) => statsd.increment('calls'), { prefix: 'pbx' })).toEqual(['pbx.calls:1|c']);
  });

  it('D2: sends a meter as a counter whose name ends in _meter when meters are not supported', async () => {
    const log = (statsd: StatsDClient) => {
      statsd.meter('a', 2);
      statsd.log('a', 'm', '3', { tags: { b: 'c' } });
    };
    expect(await linesOf(log, { prefix: 'pbx', meterSupport: false })).toEqual([
      'pbx.a_meter:2|c',
      'pbx.a_meter:3|c|#b:c',
    ]);
  });

  it('D2: ends every packet with a newline when asked to', async () => {
    const { recording, statsd } = recordingClient({ addNewline: true });
    statsd.increment('a');
    statsd.increment('b');
    await statsd.close();
    expect(recording.packets).toEqual(['a:1|c\nb:1|c\n']);
  });

  it('sets a gauge to a negative value instead of lowering it', async () => {
    const log = (statsd: StatsDClient) => {
      statsd.gauge('a', -5, { tags: { b: 'c' }, sampleRate: 0.5 });
      statsd.gauge('a', -0);
    };
    expect(await linesOf(log, { random: () => 0 })).toEqual(['a:0|g|@0.5|#b:c', 'a:-5|g|@0.5|#b:c', 'a:0|g']);
  });

  it('never splits the two lines of a negative gauge', async () => {
    const { recording, statsd } = recordingClient({ maxPacketBytes: 14 });
    statsd.gauge('a', 1);
    statsd.gauge('b', -5);
    statsd.gauge('c', -5);
    await statsd.close();
    expect(recording.packets).toEqual(['a:1|g', 'b:0|g\nb:-5|g', 'c:0|g\nc:-5|g']);
  });

  it('writes numbers without exponents', async () => {
    const log = (statsd: StatsDClient) => {
      statsd.increment('a', 1e21);
      statsd.decrement('a', 1e21);
      statsd.gauge('a', 1e-7);
      statsd.gaugeDelta('a', -1e-7);
    };
    expect(await linesOf(log)).toEqual([
      'a:1000000000000000000000|c',
      'a:-1000000000000000000000|c',
      'a:0.0000001|g',
      'a:-0.0000001|g',
    ]);
  });

  it('keeps names, values and tags from adding a line or a metric', async () => {
    const log = (statsd: StatsDClient) => {
      statsd.increment('a:1|c\nb', 1, { tags: { 'c:d\n': 'e|f,g' } });
      statsd.set('a', 'b|s\nc:1|c');
      statsd.log('a', 'g', '1|g\nb:2');
    };
    expect(await linesOf(log)).toEqual(['a_1_c_b:1|c|#c_d_:e_f_g', 'a:b_s_c_1_c|s', 'a:1_g_b_2|g']);
  });
});

describe('a StatsD client', () => {
  it('takes anything for an error of the metric, never of its caller', () => {
    const { errors, recording, statsd } = recordingClient();
    const calls: [() => void, string][] = [
      [() => statsd.gauge('a', NaN), 'gauge(): expected a finite number, got NaN (number).'],
      [() => statsd.increment('a', Infinity), 'increment(): expected a finite number, got Infinity (number).'],
      [() => statsd.decrement('a', -Infinity), 'decrement(): expected a finite number, got -Infinity (number).'],
      [() => statsd.gaugeDelta('a', '5' as never), 'gaugeDelta(): expected a finite number, got "5" (string).'],
      [() => statsd.timing('a', 5n as never), 'timing(): expected a finite number, got 5 (bigint).'],
      [() => statsd.histogram('a', null as never), 'histogram(): expected a finite number, got null.'],
      [() => statsd.meter('a', Symbol('5') as never), 'meter(): expected a finite number, got Symbol(5) (symbol).'],
      [() => statsd.set('a', NaN), 'set(): expected a finite number, got NaN (number).'],
      [() => statsd.set('a', ''), 'set(): expected value to be a string that is not empty or a finite number, got ""'],
      [() => statsd.set('a', {} as never), 'set(): expected value to be a string that is not empty or a finite number'],
      [() => statsd.increment(''), 'increment(): expected name to be a string that is not empty, got "" (string).'],
      [() => statsd.increment(null as never), 'increment(): expected name to be a string that is not empty, got null.'],
      [
        () => statsd.increment(Symbol('a') as never),
        'increment(): expected name to be a string that is not empty, got',
      ],
      [() => statsd.log('a', 'c|g', '1'), 'log(): expected type to be a string of letters, got "c|g" (string).'],
      [() => statsd.increment('a', 1, { sampleRate: NaN }), 'increment(): expected sampleRate to be a number, got NaN'],
      [
        () => statsd.increment('a', 1, { tags: { b: NaN } }),
        'increment(): expected the tag "b" to be a string, a finite',
      ],
      [() => statsd.increment('a', 1, null as never), 'increment(): expected options that can be read, got TypeError'],
      [
        () => statsd.increment('x'.repeat(1432)),
        'increment(): expected a metric of at most 1432 bytes, got 1437 (number).',
      ],
    ];
    for (const [call, message] of calls) {
      expect(call).not.toThrow();
      expect(errors.at(-1)).toBeInstanceOf(InvalidArgumentError);
      expect(errors.at(-1)?.message).toContain(`[statsd] ${message}`);
    }
    expect(errors).toHaveLength(calls.length);
    expect(statsd.statistics()).toEqual({ lines: 0, packets: 0, bytes: 0, errors: calls.length, dropped: 0 });
    expect(recording.lines).toEqual([]);
  });

  it('survives a random source and tags that throw', () => {
    const { errors, statsd } = recordingClient({
      random: () => {
        throw new Error('no more luck');
      },
    });
    const tags = {
      get a(): string {
        throw new Error('no such tag');
      },
    };
    expect(() => statsd.increment('a', 1, { sampleRate: 0.5 })).not.toThrow();
    expect(() => statsd.increment('a', 1, { tags })).not.toThrow();
    expect(errors.map(({ code }) => code)).toEqual(['INVALID_ARGUMENT', 'INVALID_ARGUMENT']);
  });

  it('only counts errors when nobody wants them', () => {
    const statsd = createStatsDClient({ transport: recordingTransport() });
    expect(() => statsd.gauge('a', NaN)).not.toThrow();
    expect(statsd.statistics().errors).toBe(1);
  });

  it('keeps lines in the order of the calls, in packets of at most the given bytes', async () => {
    const { recording, statsd } = recordingClient({ maxPacketBytes: 11 });
    statsd.increment('a');
    statsd.gauge('b', 2);
    statsd.set('ü', 'x');
    statsd.increment('d');
    await statsd.flush();
    expect(recording.packets).toEqual(['a:1|c\nb:2|g', 'ü:x|s', 'd:1|c']);
    await statsd.close();
  });

  it('flushes and closes within timeoutMs, when what it sends through takes nothing', async () => {
    jest.useFakeTimers();
    const close = jest.fn();
    const transport = { send: () => new Promise(() => undefined), close };
    const statsd = createStatsDClient({ transport, timeoutMs: 700 });
    statsd.increment('a');
    let flushed = false;
    const flushing = statsd.flush().then(() => (flushed = true));
    await jest.advanceTimersByTimeAsync(699);
    expect(flushed).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    await flushing;
    const closing = statsd.close();
    await jest.advanceTimersByTimeAsync(700);
    await closing;
    expect(close).toHaveBeenCalledTimes(1);
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  it('sends by itself after the flush interval', () => {
    jest.useFakeTimers();
    const { recording, statsd } = recordingClient({ flushIntervalMs: 250 });
    statsd.increment('a');
    jest.advanceTimersByTime(249);
    expect(recording.lines).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(recording.lines).toEqual(['a:1|c']);
    jest.useRealTimers();
  });

  it('tells what it has done', async () => {
    const { statsd } = recordingClient({ maxPacketBytes: 14 });
    statsd.increment('a');
    statsd.gauge('b', -5);
    statsd.gauge('c', NaN);
    expect(statsd.statistics()).toEqual({ lines: 3, packets: 1, bytes: 5, errors: 1, dropped: 0 });
    await statsd.close();
    statsd.increment('late');
    statsd.gauge('late', -1);
    expect(statsd.statistics()).toEqual({ lines: 3, packets: 2, bytes: 17, errors: 1, dropped: 3 });
    expect(JSON.parse(JSON.stringify(statsd.statistics()))).toEqual(statsd.statistics());
  });

  it('closes once: sends what there is, closes the transport, and drops what comes later', async () => {
    const recording = recordingTransport();
    const close = jest.spyOn(recording, 'close');
    const statsd = createStatsDClient({ transport: recording });
    statsd.increment('a');
    const closing = statsd.close();
    statsd.increment('b');
    expect(statsd.close()).toBe(closing);
    await closing;
    await statsd.close();
    await statsd.flush();
    expect(close).toHaveBeenCalledTimes(1);
    expect(recording.lines).toEqual(['a:1|c']);
    expect(statsd.statistics().dropped).toBe(1);
  });

  it('closes by `await using`', async () => {
    const { recording, statsd } = recordingClient();
    statsd.increment('a');
    await statsd[Symbol.asyncDispose]();
    statsd.increment('b');
    expect(recording.lines).toEqual(['a:1|c']);
  });

  it('lets the error hook log metrics', async () => {
    const recording = recordingTransport();
    const statsd: StatsDClient = createStatsDClient({
      transport: recording,
      onError: () => {
        statsd.increment('statsd.errors');
        statsd.gauge('also.bad', NaN);
      },
    });
    statsd.gauge('a', NaN);
    statsd.gauge('a', 1);
    await statsd.close();
    expect(recording.lines).toEqual(['statsd.errors:1|c', 'a:1|g']);
    expect(statsd.statistics().errors).toBe(2);
  });
});
