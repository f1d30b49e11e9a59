import { firstValueFrom, Subject } from 'rxjs';
import type { StasisError } from '@stasis-rx/core';
import { createStatsDClient, type StatsDClient } from '../src/client/client.js';
import type { StatsDClientOptions } from '../src/client/options.js';
import { startStatsDServer, type StatsDServer } from './support/statsd-server.js';

jest.setTimeout(60_000);

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function startServer(port?: number): Promise<StatsDServer> {
  const server = await startStatsDServer(port);
  cleanUps.push(() => server.kill());
  return server;
}

function clientOf(options: StatsDClientOptions) {
  const errors$ = new Subject<StasisError>();
  const statsd = createStatsDClient({ onError: (error) => errors$.next(error), ...options });
  cleanUps.push(() => statsd.close());
  return { statsd, errors$ };
}

describe.each(['udp', 'tcp'] as const)('a StatsD server over %s', (protocol) => {
  let server: StatsDServer;
  let statsd: StatsDClient;

  beforeEach(async () => {
    server = await startServer();
    ({ statsd } = clientOf({ protocol, port: server.port, prefix: 'pbx', random: () => 0 }));
  });

  it('D1: reads back what was logged', async () => {
    statsd.increment('calls');
    statsd.increment('calls', 5);
    statsd.decrement('calls', 2);
    statsd.increment('sampled', 2, { sampleRate: 0.1 });
    statsd.increment('rare', 1, { sampleRate: 0.001 });
    statsd.gauge('up', 42);
    statsd.gaugeDelta('up', 8);
    statsd.gauge('down', 42);
    statsd.gaugeDelta('down', -8);
    statsd.gauge('negative', 7);
    statsd.gauge('negative', -5);
    statsd.gauge('negative', -5);
    statsd.gauge('tiny', 1e-7);
    statsd.timing('calltime', 120);
    statsd.timing('calltime', 80.5);
    for (const agent of ['ann', 'bob', 'ann']) statsd.set('agents', agent);
    statsd.log('raw', 'g', '5');
    statsd.log('raw', 'g', '+1');
    statsd.meter('meter', 3);
    statsd.increment('tagged', 1, { tags: { site: 'north', node: 3 } });
    statsd.increment('last');
    await statsd.flush();

    const { counters, gauges, timers, sets } = await server.until((totals) => totals.counters['pbx.last'] === 1);
    expect(counters).toMatchObject({
      'pbx.calls': 4,
      'pbx.sampled': 20,
      'pbx.rare': 1000,
      'pbx.meter': 3,
      'pbx.tagged;site=north;node=3': 1,
      'statsd.bad_lines_seen': 0,
    });
    expect(gauges).toMatchObject({ 'pbx.up': 50, 'pbx.down': 34, 'pbx.negative': -5, 'pbx.tiny': 1e-7, 'pbx.raw': 6 });
    expect(timers['pbx.calltime']?.sort((a, b) => a - b)).toEqual([80.5, 120]);
    expect(sets['pbx.agents']?.sort()).toEqual(['ann', 'bob']);
  });

  it('D4: has the same figures when the client aggregates', async () => {
    const { statsd: aggregating } = clientOf({
      protocol,
      port: server.port,
      prefix: 'pbx',
      aggregate: true,
    });
    for (let n = 1; n <= 10_000; n++) {
      aggregating.increment('calls', n % 7);
      aggregating.gaugeDelta('up', n % 3 === 0 ? -1 : 1);
      aggregating.gauge('level', -n);
      aggregating.set('agents', n % 5);
      aggregating.meter('meter', 2);
      if (n % 1000 !== 0) continue;
      aggregating.timing('calltime', n);
      await aggregating.flush();
    }
    aggregating.increment('last');
    await aggregating.flush();

    const { counters, gauges, timers, sets } = await server.until((totals) => totals.counters['pbx.last'] === 1);
    expect(counters).toMatchObject({ 'pbx.calls': 29_998, 'pbx.meter': 20_000, 'statsd.bad_lines_seen': 0 });
    expect(gauges).toMatchObject({ 'pbx.up': 3334, 'pbx.level': -10_000 });
    expect(timers['pbx.calltime']).toHaveLength(10);
    expect(new Set(sets['pbx.agents'])).toEqual(new Set(['0', '1', '2', '3', '4']));
    expect(aggregating.statistics().lines).toBeLessThan(400);
  });

  it('sees hostile names, values and tags as one good line each', async () => {
    const hostile = 'a:1|c\nb:1|c|#x';
    statsd.increment(hostile);
    statsd.set(hostile, hostile);
    statsd.increment('tagged', 1, { tags: { [hostile]: hostile } });
    statsd.increment('last');
    await statsd.flush();
    const { counters } = await server.until((totals) => totals.counters['pbx.last'] === 1);
    expect(counters).toMatchObject({ 'statsd.bad_lines_seen': 0, 'statsd.metrics_received': 4 });
  });
});

describe('a StatsD server', () => {
  it('TCP: counts every one of 100,000 metrics logged at once', async () => {
    const server = await startServer();
    const { statsd } = clientOf({ protocol: 'tcp', port: server.port });
    for (let count = 0; count < 100_000; count++) statsd.increment('calls');
    await server.until(({ counters }) => counters.calls! >= 100_000);
    expect(statsd.statistics()).toMatchObject({ lines: 100_000, dropped: 0, errors: 0 });
  });
});

describe('a StatsD server that is killed and comes back', () => {
  it('TCP: gets what was logged meanwhile: nothing is lost that was not being sent at that moment', async () => {
    const server = await startServer();
    const { statsd, errors$ } = clientOf({ protocol: 'tcp', port: server.port });
    statsd.increment('before');
    await server.until(({ counters }) => counters.before === 1);

    const lost = firstValueFrom(errors$);
    await server.kill();
    expect((await lost).message).toContain('lost the connection to tcp');
    const refused = firstValueFrom(errors$);
    statsd.increment('meanwhile', 3);
    statsd.gauge('level', -5);
    await statsd.flush();
    expect((await refused).message).toContain('ECONNREFUSED');

    const restarted = await startServer(server.port);
    statsd.increment('after');
    const { counters, gauges } = await restarted.until(({ counters }) => counters.after === 1);
    expect(counters).toMatchObject({ meanwhile: 3 });
    expect(gauges).toMatchObject({ level: -5 });
    expect(statsd.statistics()).toMatchObject({ lines: 5, dropped: 0 });
  });

  it('UDP: misses what was logged meanwhile, which no client can know, and gets what comes later', async () => {
    const server = await startServer();
    const onError = jest.fn();
    const { statsd } = clientOf({ port: server.port, onError });
    statsd.increment('before');
    await server.until(({ counters }) => counters.before === 1);

    await server.kill();
    statsd.increment('meanwhile');
    await statsd.flush();

    const restarted = await startServer(server.port);
    statsd.increment('after');
    const { counters } = await restarted.until((totals) => totals.counters.after === 1);
    expect(counters).not.toHaveProperty('meanwhile');
    expect(onError).not.toHaveBeenCalled();
    expect(statsd.statistics()).toMatchObject({ lines: 3, packets: 3, dropped: 0 });
  });
});
