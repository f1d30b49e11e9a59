import { createBus, forwardAll, messageType, subscribe } from '@stasis-rx/core';
import type { Message } from '@stasis-rx/core';
import { createRecorder } from '@stasis-rx/core/testing';

const Tick = messageType<number>('tick');

function setUp() {
  const bus = createBus();
  return { bus, ticks: bus.topic<Message<number>>('ticks') };
}

it('records messages, their data, subscription changes and the final message', async () => {
  const { bus, ticks } = setUp();
  const recorder = createRecorder<Message<number>>();
  const subscription = subscribe(ticks, recorder.handler);
  const other = subscribe(ticks, () => undefined);
  const message = Tick(1);
  ticks.publish(message);
  other.unsubscribe();
  subscription.unsubscribe();
  await bus.settled();

  expect(recorder.messages).toHaveLength(5);
  expect(recorder.messages[2]).toBe(message);
  expect(recorder.data).toEqual([1]);
  expect(recorder.changes.map(({ description, uniqueId }) => [description, uniqueId])).toEqual([
    ['Subscribe', subscription.id],
    ['Subscribe', other.id],
    ['Unsubscribe', other.id],
    ['Unsubscribe', subscription.id],
  ]);
  expect(recorder.finals).toEqual([recorder.messages.at(-1)]);
});

it('S2: records the topic to which each message was first published', async () => {
  const { bus, ticks } = setUp();
  const all = bus.topic('all');
  forwardAll(ticks, all);
  const recorder = createRecorder();
  subscribe(all, recorder.handler, { accept: [Tick] });
  ticks.publish(Tick(1));
  all.publish(Tick(2));
  await bus.settled();

  expect(recorder.topics).toEqual([ticks, all]);
});

it('waits until so many published messages have come, whoever else comes and goes', async () => {
  const { ticks } = setUp();
  const recorder = createRecorder<Message<number>>();
  subscribe(ticks, recorder.handler);
  const two = recorder.received(2);
  const three = recorder.received(3);
  for (const number of [1, 2, 3, 4]) ticks.publish(Tick(number));

  await expect(two).resolves.toEqual([1, 2]);
  await expect(three).resolves.toEqual([1, 2, 3]);
  await expect(recorder.received(1)).resolves.toEqual([1]);
  await expect(recorder.received(0)).resolves.toEqual([]);
});

it('does not claim more than there was', async () => {
  const { bus, ticks } = setUp();
  const recorder = createRecorder();
  subscribe(ticks, recorder.handler);
  const reached = jest.fn();
  void recorder.received(2).then(reached);
  ticks.publish(Tick(1));
  await bus.settled();

  expect(reached).not.toHaveBeenCalled();
});

it('serves as a plain RxJS observer, which sees no topics', () => {
  const { ticks } = setUp();
  const recorder = createRecorder<Message<number>>();
  ticks.subscribe((message) => {
    recorder.handler(message);
  });
  ticks.publish(Tick(1));

  expect(recorder.data).toEqual([1]);
  expect(recorder.topics).toEqual([]);
});
