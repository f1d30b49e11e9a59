import { createBus } from '@stasis-rx/core';
import { Model } from '../../src/model/model.js';
import { readRecordingText, UnreadableRecording } from '../../src/model/recording/read-recording.js';
import { Recorder } from '../../src/model/recording/recorder.js';
import { Playback } from '../../page/src/client/playback.js';
import { recordingLines } from '../../src/model/recording/write-recording.js';
import { textOfShown } from '../../src/model/values/text-of-shown.js';
import { object, published, told } from '../support/told.js';

const bus = { name: 'shop', eid: 'eid-1' };
const records = [
  published(1, { data: object({ who: 'Ann', list: { is: 'array', items: [1, 'two'], size: 2 } }) }),
  told('queued', 1, 2),
  told('ended', 1, 3, { error: 'no' }),
  published(2, { cause: 1, data: null }),
];

test('a recording that was written is read again', () => {
  const description = createBus({ name: 'shop' }).describe();
  const text = [...recordingLines({ bus, description, records, lost: 4 })].join('');
  const read = readRecordingText(text);
  expect(read).toMatchObject({ bus, lost: 4, passedOver: 0, description: { name: 'shop' } });
  expect(read.records).toMatchObject(records);

  const model = new Model();
  const playback = new Playback(read, 'shop.jsonl');
  for (const report of playback.beginning()) model.apply(report);
  model.apply(playback.next(0)!);
  expect(playback.isAtEnd).toBe(true);
  expect(model.messages.get(1)?.children).toEqual([2]);
  expect(textOfShown(model.messages.get(1)!.data)).toBe('{who: "Ann", list: [1, "two"]}');
  expect(model.lost).toBe(4);
});

test('lines that are broken or unknown are passed over and counted', () => {
  const good = '{"at":5,"event":{"is":"published","id":1,"topic":"t","type":"x","eid":"local","data":{"__proto__":1}}}';
  const bad = ['{', 'null', '7', '{"at":1}', '{"at":"1","event":{}}', '{"at":1,"event":{"is":"published"}}', '[]'];
  const read = readRecordingText([...bad, good, '', '{"at":1,"event":{"is":"new"}}'].join('\n'));
  expect(read.records).toHaveLength(1);
  expect(read.passedOver).toBe(bad.length + 1);
});

test.each([
  ['nothing', ''],
  ['another kind of file', 'name,age\nAnn,3'],
  ['another protocol', '{"at":1,"event":{"is":"recording","protocol":99}}'],
])('says so when it is given %s', (_what, text) => {
  expect(() => readRecordingText(text)).toThrow(UnreadableRecording);
});

test('a recorder keeps what comes between start and stop, and stops by itself when it is full', () => {
  const recorder = new Recorder(3);
  const model = new Model({ recorder });
  model.apply({ is: 'records', records: records.slice(0, 1) });
  recorder.start(undefined);
  model.apply({ is: 'records', records: records.slice(1, 3), lost: 2 });
  expect([recorder.isRunning, recorder.records.length, recorder.lost]).toEqual([true, 2, 2]);
  model.apply({ is: 'records', records: [published(5), published(6)] });
  expect([recorder.isRunning, recorder.isFull, recorder.records.length]).toEqual([false, true, 3]);
  recorder.start(undefined);
  recorder.stop();
  model.apply({ is: 'records', records: [published(7)] });
  expect(recorder.records).toEqual([]);
});

test('a recording is played in its own time, some times as fast, with pauses', () => {
  const text = [0, 100, 400].map((at, id) => {
    const event = { is: 'published', id, topic: 't', type: 'x', eid: 'local', data: null };
    return JSON.stringify({ at: 5000 + at, event });
  });
  const playback = new Playback(readRecordingText(text.join('\n')), 'x.jsonl');
  playback.restart(2, 0);
  const played = (now: number) => {
    const report = playback.next(now);
    return report?.is === 'records' ? report.records.length : 0;
  };
  expect([played(0), played(49), played(50), played(100)]).toEqual([1, 0, 1, 0]);
  playback.pause(100);
  expect(played(10_000)).toBe(0);
  playback.resume(10_000);
  expect([played(10_099), played(10_100), playback.isAtEnd]).toEqual([0, 1, true]);
  playback.restart(Infinity, 0);
  expect([playback.position, played(0), playback.isAtEnd]).toEqual([0, 3, true]);
});
