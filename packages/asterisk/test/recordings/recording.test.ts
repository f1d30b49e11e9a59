import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readRecording, type RecordedEvent } from '../../src/recordings/recording.js';
import { recording } from '../support/recordings.js';

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'recording-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function read(path: string): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for await (const event of readRecording(path)) events.push(event);
  return events;
}

describe('readRecording', () => {
  const events = [
    { at: 1, event: { type: 'A', text: 'Zoë → 日本' } },
    { at: 2, event: null },
  ];
  const lines = events.map((event) => JSON.stringify(event));

  test.each([
    ['plain', file.bind(null, 'a.jsonl'), `${lines.join('\n')}\n`],
    ['without a last newline', file.bind(null, 'b.jsonl'), lines.join('\n')],
    ['with empty lines, and those of Windows', file.bind(null, 'c.jsonl'), `\r\n${lines.join('\r\n\n')}\r\n`],
    ['compressed', file.bind(null, 'd.jsonl.gz'), gzipSync(lines.join('\n'))],
    ['compressed in parts', file.bind(null, 'e.jsonl.gz'), Buffer.concat(lines.map((line) => gzipSync(`${line}\n`)))],
  ])('reads a file that is %s', async (_, write, content) => {
    expect(await read(write(content))).toEqual(events);
  });

  test('reads nothing from an empty file', async () => {
    expect(await read(file('empty.jsonl', ''))).toEqual([]);
  });

  test('reads lines longer than a chunk of the file, and characters across chunks', async () => {
    const long = { at: 1, event: { text: '→'.repeat(200_000) } };
    expect(await read(file('long.jsonl', JSON.stringify(long)))).toEqual([long]);
  });

  test('reads the recordings of this package', async () => {
    expect(await read(recording('calls-40.ari.jsonl.gz'))).toHaveLength(1274);
    expect(await read(recording('calls-300.ari.jsonl.gz'))).toHaveLength(9408);
  });

  test('can be left early', async () => {
    for await (const { at } of readRecording(recording('calls-300.ari.jsonl.gz'))) {
      expect(at).toBe(1795373341402);
      break;
    }
  });

  test('yields what comes before a broken line, then names the line', async () => {
    const path = file('broken.jsonl', `${lines[0]}\n\n{"at":\n`);
    const seen: RecordedEvent[] = [];
    const reading = (async () => {
      for await (const event of readRecording(path)) seen.push(event);
    })();
    await expect(reading).rejects.toMatchObject({
      code: 'BROKEN_RECORDING',
      message: `[asterisk] line 3 of ${path} is not JSON: "{\\"at\\":" (string).`,
    });
    expect(seen).toEqual([events[0]]);
  });

  test.each(['{"event":{}}', '{"at":"now","event":{}}', '{"at":1}', '[]', '7', 'null'])(
    'refuses a line that is %s',
    async (line) => {
      await expect(read(file('other.jsonl', line))).rejects.toMatchObject({
        code: 'BROKEN_RECORDING',
        message: expect.stringContaining('line 1 of') as unknown,
      });
    },
  );

  test.each([
    ['is not there', () => join(folder, 'missing.jsonl'), 'missing.jsonl: there is no such file.'],
    ['is not there, compressed', () => join(folder, 'missing.jsonl.gz'), 'there is no such file.'],
    ['is a directory', () => folder, 'it is a directory.'],
    ['is not compressed, though named so', () => file('plain.jsonl.gz', lines.join('\n')), 'incorrect header check.'],
    [
      'ends in the middle',
      () => file('cut.jsonl.gz', gzipSync(lines.join('\n')).subarray(0, -9)),
      'unexpected end of file.',
    ],
  ])('refuses a file that %s', async (_, path, message) => {
    await expect(read(path())).rejects.toMatchObject({
      name: 'RecordingError',
      code: 'RECORDING_UNREADABLE',
      message: expect.stringContaining(message) as unknown,
    });
  });

  test('refuses a line without end rather than gathering it in memory', async () => {
    const path = file('endless.jsonl.gz', gzipSync(Buffer.alloc(40 * 1024 * 1024, 'x')));
    await expect(read(path)).rejects.toMatchObject({
      code: 'BROKEN_RECORDING',
      message: expect.stringContaining('16777216') as unknown,
    });
  });
});
