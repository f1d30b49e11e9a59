import { createBus, messageType, subscribe } from '@stasis-rx/core';
import { createManualDispatcher, createRecorder } from '@stasis-rx/core/testing';

const Tick = messageType<number>('tick');

function setUp() {
  const dispatcher = createManualDispatcher();
  const ticks = createBus({ dispatcher }).topic('ticks');
  return { dispatcher, ticks };
}

it('S9: drains nothing until it is told to', async () => {
  const { dispatcher, ticks } = setUp();
  const recorder = createRecorder();
  subscribe(ticks, recorder.handler);
  ticks.publish(Tick(1));
  await Promise.resolve();

  expect(recorder.messages).toEqual([]);
  expect(dispatcher.pending).toBe(1);
});

it('drains one mailbox at a step, in the order in which they became ready', () => {
  const { dispatcher, ticks } = setUp();
  const [first, second] = [createRecorder(), createRecorder()];
  subscribe(ticks, first.handler, { accept: [Tick] });
  subscribe(ticks, second.handler, { accept: [Tick] });
  ticks.publish(Tick(1));

  expect(dispatcher.pending).toBe(2);
  expect(dispatcher.step()).toBe(true);
  expect([first.data, second.data]).toEqual([[1], []]);
  expect(dispatcher.step()).toBe(true);
  expect([first.data, second.data]).toEqual([[1], [1]]);
  expect(dispatcher.step()).toBe(false);
});

it('flushes what comes while it flushes, and tells how many drains ran', () => {
  const { dispatcher, ticks } = setUp();
  const recorder = createRecorder();
  subscribe(ticks, ({ data }) => data < 3 && ticks.publish(Tick(data + 1)), { accept: [Tick] });
  subscribe(ticks, recorder.handler, { accept: [Tick] });
  ticks.publish(Tick(1));

  expect(dispatcher.flush()).toBe(2);
  expect(recorder.data).toEqual([1, 2, 3]);
  expect(dispatcher.pending).toBe(0);
  expect(dispatcher.flush()).toBe(0);
});

it('serves a single subscription as well', async () => {
  const dispatcher = createManualDispatcher();
  const bus = createBus();
  const ticks = bus.topic('ticks');
  const [byHand, byItself] = [createRecorder(), createRecorder()];
  subscribe(ticks, byHand.handler, { dispatcher });
  subscribe(ticks, byItself.handler);
  ticks.publish(Tick(1));

  await byItself.received(1);
  expect(byHand.data).toEqual([]);
  dispatcher.flush();
  expect(byHand.data).toEqual([1]);
});
