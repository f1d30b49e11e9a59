import { createAsteriskTopics, publishAriEvent } from '@stasis-rx/asterisk';
import { createBus } from '@stasis-rx/core';
import { channelJson } from '../../../../packages/asterisk/test/support/events.js';
import { createCallDesk } from '../../model/call-desk.js';
import { CallSnapshot } from '../../model/call.js';
import { createTally, type Counts } from '../../model/tally.js';

/** A moment of the test, in seconds. */
const at = (second: number) => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();

const channelEvent = (type: string, id: string, second: number, state = 'Down') => ({
  type,
  timestamp: at(second),
  channel: channelJson(id, { state }),
});
const created = (id: string, second = 0) => channelEvent('ChannelCreated', id, second);
const destroyed = (id: string, second: number) => channelEvent('ChannelDestroyed', id, second);
const dial = (dialstatus: string, peer: string, second: number, caller?: string) => ({
  type: 'Dial',
  timestamp: at(second),
  dialstatus,
  peer: channelJson(peer),
  ...(caller === undefined ? {} : { caller: channelJson(caller) }),
});

/** What is counted of these events, and how many calls are not over. */
async function counted(...events: readonly object[]): Promise<Counts & { readonly open: number }> {
  const bus = createBus();
  const asterisk = createAsteriskTopics(bus);
  const desk = createCallDesk(bus, asterisk);
  const tally = createTally(asterisk, desk, () => undefined);
  for (const event of events) publishAriEvent(asterisk, event);
  await bus.settled();
  return { ...tally.counts, open: desk.cache.dump(CallSnapshot).length };
}

describe('a call', () => {
  test('is answered when a dial of it is, and has waited until then', async () => {
    const events = [created('a'), dial('', 'a', 1), dial('RINGING', 'a', 2), dial('ANSWER', 'a', 6)];
    expect(await counted(...events)).toMatchObject({ calls: 1, answered: 1, lost: 0, longestWaitMs: 5000, open: 1 });
  });

  test('is lost when its channel goes before an answer, and has waited until then', async () => {
    const events = [created('a'), dial('', 'a', 1), dial('NOANSWER', 'a', 8), destroyed('a', 9)];
    expect(await counted(...events)).toMatchObject({ calls: 1, answered: 0, lost: 1, longestWaitMs: 8000, open: 0 });
  });

  test('that was answered is not lost when its channel goes', async () => {
    const events = [created('a'), dial('', 'a', 1), dial('ANSWER', 'a', 2), destroyed('a', 60)];
    expect(await counted(...events)).toMatchObject({ calls: 1, answered: 1, lost: 0, longestWaitMs: 1000, open: 0 });
  });

  test('is one, however many a caller dials until somebody answers', async () => {
    const attempts = ['b', 'c', 'd'].flatMap((peer, n) => [
      created(peer),
      dial('', peer, n, 'a'),
      dial(peer === 'd' ? 'ANSWER' : 'NOANSWER', peer, n + 1, 'a'),
      destroyed(peer, n + 1),
    ]);
    expect(await counted(created('a'), ...attempts)).toMatchObject({ calls: 1, answered: 1, lost: 0, open: 1 });
  });

  test('is answered once, however often its caller is put through', async () => {
    const events = [created('a'), dial('ANSWER', 'b', 1, 'a'), dial('', 'c', 2, 'a'), dial('ANSWER', 'c', 3, 'a')];
    expect(await counted(...events)).toMatchObject({ calls: 1, answered: 1, lost: 0 });
  });

  test('is not made of the late end of a dial that nobody knows', async () => {
    expect(await counted(dial('CANCEL', 'a', 1), dial('BUSY', 'b', 1, 'c'))).toMatchObject({ calls: 0, open: 0 });
  });

  test('is no channel: one that nobody dials is counted as a channel alone', async () => {
    const events = [created('a'), destroyed('a', 1)];
    expect(await counted(...events)).toMatchObject({ channels: 1, calls: 0, lost: 0, open: 0 });
  });
});
