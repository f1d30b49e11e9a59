import fc from 'fast-check';
import { checkProperty, PROPERTY_TIMEOUT_MS } from '../../../core/test/properties/check-property.js';
import { createStatsDClient, type StatsDClient } from '../../src/client/client.js';
import type { MetricOptions } from '../../src/client/metric-writer.js';
import { recordingTransport } from '../../src/transports/recording-transport.js';
import { ModelServer } from '../support/model-server.js';
import { parseLine } from '../support/parse-line.js';

/** Few of each, so that calls meet. */
const name = fc.constantFrom('a', 'b', 'ab');
const tags = fc.constantFrom(
  undefined,
  { site: 'north' },
  { site: 'south' },
  { queue: 'sales', agent: 'ann' },
  { agent: 'ann', queue: 'sales' },
);
/** One in so many, so that nothing is rounded. */
const sampleRate = fc.constantFrom(undefined, undefined, undefined, 1, 0.5, 0.25, 0);

/** Quarters, of which sums are exact; or integers, of which some are so large that sums are not. */
const quarters = fc.integer({ min: -40, max: 40 }).map((count) => count / 4);
const integers = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -10, max: 10 }) },
  { weight: 1, arbitrary: fc.constantFrom(Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER) },
);
const raw = fc.constantFrom('5', '+3', '-2', '7.0', '-0', '05');
const numberMethods = ['increment', 'decrement', 'gauge', 'gaugeDelta', 'meter', 'timing', 'histogram'] as const;

const callWith = (value: fc.Arbitrary<number>, options: fc.Arbitrary<MetricOptions>) =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ method: fc.constantFrom(...numberMethods), name, value, options }),
    },
    fc.record({ method: fc.constant('set' as const), name, value: fc.constantFrom('x', 'y', 'z'), options }),
    fc.record({
      method: fc.constant('log' as const),
      name,
      type: fc.constantFrom('c', 'g', 'm', 'ms'),
      value: raw,
      options,
    }),
    fc.record({ method: fc.constant('flush' as const) }),
  );
type Call = ReturnType<typeof callWith> extends fc.Arbitrary<infer C> ? C : never;

const callsWith = (options: fc.Arbitrary<MetricOptions>) =>
  fc.oneof(...[quarters, integers].map((number) => fc.array(callWith(number, options), { maxLength: 60 })));
const settingsWith = (maxPacketBytes: fc.Arbitrary<number>) =>
  fc.record({
    maxPendingSeries: fc.integer({ min: 1, max: 12 }),
    maxPacketBytes,
    meterSupport: fc.boolean(),
    tags: fc.constantFrom(undefined, { env: 'test', site: 'west' }),
  });

/** Packets that hold every line; or such that many lines are refused, and many sums do not fit where their parts do. */
const programs = fc.oneof(
  fc.record({
    client: settingsWith(fc.integer({ min: 200, max: 400 })),
    calls: callsWith(fc.record({ tags, sampleRate })),
  }),
  fc.record({
    client: settingsWith(fc.integer({ min: 5, max: 60 })),
    calls: callsWith(fc.record({ tags })),
  }),
);

/** Draws the same for both clients. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31;
}

function clientOf(aggregate: boolean, seed: number, client: object) {
  const recording = recordingTransport();
  const statsd = createStatsDClient({ ...client, aggregate, transport: recording, random: randomOf(seed) });
  return { recording, statsd };
}

function make(statsd: StatsDClient, each: Call): void {
  if (each.method === 'flush') void statsd.flush();
  else if (each.method === 'log') statsd.log(each.name, each.type, each.value, each.options);
  else (statsd[each.method] as (...args: unknown[]) => void)(each.name, each.value, each.options);
}

describe('whatever is logged', () => {
  it(
    'D4: leaves a server with what it would have without aggregation, at every flush',
    async () => {
      const property = fc.property(programs, fc.nat(2 ** 31 - 1), ({ client, calls }, seed) => {
        const plain = clientOf(false, seed, client);
        const aggregated = clientOf(true, seed, client);
        const servers = { plain: new ModelServer(), aggregated: new ModelServer() };
        for (const each of [...calls, { method: 'flush' } as const]) {
          make(plain.statsd, each);
          make(aggregated.statsd, each);
          if (each.method !== 'flush') continue;
          servers.plain.receive(plain.recording.lines.splice(0));
          servers.aggregated.receive(aggregated.recording.lines.splice(0));
          expect(servers.aggregated.state()).toEqual(servers.plain.state());
        }
        const { errors } = plain.statsd.statistics();
        expect(aggregated.statsd.statistics()).toMatchObject({ errors, dropped: 0 });
        void plain.statsd.close();
        void aggregated.statsd.close();
      });
      await checkProperty(property);
    },
    PROPERTY_TIMEOUT_MS,
  );

  it(
    'D4: is one line for each counter, meter and gauge, and for each value of a set, at every flush',
    async () => {
      const tame = callWith(quarters, fc.record({ tags, sampleRate })).filter(({ method }) => method !== 'log');
      const property = fc.property(fc.nat(2 ** 31 - 1), fc.array(tame, { maxLength: 60 }), (seed, calls) => {
        const { recording, statsd } = clientOf(true, seed, {});
        for (const each of [...calls, { method: 'flush' } as const]) {
          make(statsd, each);
          if (each.method !== 'flush') continue;
          const seen = recording.lines
            .splice(0)
            .map(seriesOf)
            .filter((series) => series !== undefined);
          expect(new Set(seen).size).toBe(seen.length);
        }
        void statsd.close();
      });
      await checkProperty(property);
    },
    PROPERTY_TIMEOUT_MS,
  );
});

/** What may come once: a negative gauge is two lines, of which the first says 0. Nothing for what is not aggregated. */
function seriesOf(line: string): string | undefined {
  const { name, value, type, rate, tags } = parseLine(line);
  if (!['c', 'm', 'g', 's'].includes(type)) return undefined;
  const part = type === 's' ? value : type === 'g' && value.startsWith('-');
  return JSON.stringify([name, type, rate, [...tags].sort(), part]);
}
