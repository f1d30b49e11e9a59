import fc from 'fast-check';
import { createStatsDClient, type StatsDClient } from '../../src/client/client.js';
import type { MetricOptions } from '../../src/client/metric-writer.js';
import { plainNumber as plain } from '../../src/ground/plain-number.js';
import { recordingTransport } from '../../src/transports/recording-transport.js';
import { parseLine, type ParsedLine } from '../support/parse-line.js';

/** Any UTF-16 at all, half of it made of what means something on a line. */
const hostileText = fc
  .array(
    fc.oneof(fc.constantFrom(...Array.from(':|@#,\n\r\t\0 ._ü📞\u2028\u0085\ud83d')), fc.nat(0xffff).map(charOf)),
    {
      maxLength: 12,
    },
  )
  .map((characters) => characters.join(''));

const name = hostileText.filter((text) => text !== '');
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const tags = fc.dictionary(name, fc.oneof(hostileText, fc.integer(), fc.boolean()), { maxKeys: 3 });
const options = fc.record({ sampleRate: fc.double({ min: 0.01, max: 2, noNaN: true }), tags }, { requiredKeys: [] });
const numberMetrics = ['increment', 'decrement', 'gauge', 'gaugeDelta', 'timing', 'histogram', 'meter'] as const;

const metric = fc.oneof(
  fc.record({ method: fc.constantFrom(...numberMetrics), name, value: number, options }),
  fc.record({ method: fc.constant('set' as const), name, value: name, options }),
);
type Metric = typeof metric extends fc.Arbitrary<infer M> ? M : never;

const settings = fc.record({
  prefix: hostileText,
  tags,
  meterSupport: fc.boolean(),
  addNewline: fc.boolean(),
  maxPacketBytes: fc.integer({ min: 20, max: 300 }),
});

describe('whatever is logged', () => {
  it('D1: arrives as lines that say just that, in order, in packets within the limit', async () => {
    await fc.assert(
      fc.asyncProperty(settings, fc.array(metric, { maxLength: 30 }), async (client, metrics) => {
        const recording = recordingTransport();
        const errors: unknown[] = [];
        const onError = (error: unknown) => errors.push(error);
        const statsd = createStatsDClient({ ...client, transport: recording, onError, random: () => 0 });
        for (const each of metrics) log(statsd, each);
        await statsd.close();

        const expected = metrics.map((each) => expectedLines(each, client)).filter((lines) => fits(lines, client));
        expect(recording.lines.map(parseLine)).toEqual(expected.flat());
        expect(errors).toHaveLength(metrics.length - expected.length);
        for (const packet of recording.packets) {
          expect(Buffer.byteLength(packet)).toBeLessThanOrEqual(client.maxPacketBytes);
          expect(packet.endsWith('\n')).toBe(client.addNewline);
        }
        expect(statsd.statistics()).toEqual({
          lines: recording.lines.length,
          packets: recording.packets.length,
          bytes: recording.packets.reduce((sum, packet) => sum + Buffer.byteLength(packet), 0),
          errors: errors.length,
          dropped: 0,
        });
      }),
      { numRuns: 500 },
    );
  });
});

function charOf(code: number): string {
  return String.fromCharCode(code);
}

function log(statsd: StatsDClient, { method, name, value, options }: Metric): void {
  (statsd[method] as (name: string, value: unknown, options: MetricOptions) => void)(name, value, options);
}

type Tags = Record<string, string | number | boolean>;

/** Those of the metric after those of the client, of which they replace the ones with the same key. */
function mergedTags(client: Tags, metric: Tags): string[] {
  const written = (tags: Tags) =>
    Object.entries(tags).map(([key, tag]) => [clean(key, ','), cleanTagValue(String(tag))] as const);
  const own = written(metric);
  const others = written(client).filter(([key]) => !own.some(([other]) => other === key));
  return [...others, ...own].map((tag) => tag.join(':'));
}

/** What a metric should be read as: the model. */
function expectedLines(
  { method, name, value, options }: Metric,
  client: { prefix: string; tags: Tags; meterSupport: boolean },
): ParsedLine[] {
  const prefix = client.prefix === '' || client.prefix.endsWith('.') ? client.prefix : `${client.prefix}.`;
  const isMeterless = method === 'meter' && !client.meterSupport;
  const line = (value: string): ParsedLine => ({
    name: clean(prefix + name) + (isMeterless ? '_meter' : ''),
    value,
    type: isMeterless ? 'c' : typeOf[method],
    rate: Math.min(1, options.sampleRate ?? 1),
    tags: mergedTags(client.tags, options.tags ?? {}),
  });
  if (typeof value === 'string') return [line(clean(value))];
  if (method === 'decrement') return [line(plain(-value))];
  if (method === 'gaugeDelta') return [line(value < 0 ? plain(value) : `+${plain(value)}`)];
  if (method === 'gauge' && value < 0) return [line('0'), line(plain(value))];
  return [line(plain(value))];
}

const typeOf = {
  increment: 'c',
  decrement: 'c',
  gauge: 'g',
  gaugeDelta: 'g',
  timing: 'ms',
  histogram: 'h',
  meter: 'm',
  set: 's',
};

function fits(lines: readonly ParsedLine[], client: { maxPacketBytes: number; addNewline: boolean }): boolean {
  const texts = lines.map(
    ({ name, value, type, rate, tags }) =>
      `${name}:${value}|${type}${rate < 1 ? `|@${plain(rate)}` : ''}${tags.length > 0 ? `|#${tags.join(',')}` : ''}`,
  );
  return Buffer.byteLength(texts.join('\n')) + (client.addNewline ? 1 : 0) <= client.maxPacketBytes;
}

/** Character by character, where the code uses a regular expression. */
/** @param alsoUnsafe a comma, in tags */
function clean(text: string, alsoUnsafe = ''): string {
  return Array.from(text, (character) => (isUnsafe(character) || character === alsoUnsafe ? '_' : character)).join('');
}

/** The value of a tag keeps its colons. */
function cleanTagValue(text: string): string {
  return text
    .split(':')
    .map((part) => clean(part, ','))
    .join(':');
}

function isUnsafe(character: string): boolean {
  const code = character.codePointAt(0)!;
  const isControl = code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029;
  return isControl || (code >= 0xd800 && code <= 0xdfff) || character === ':' || character === '|';
}
