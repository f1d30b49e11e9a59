import { subscribe, SubscriptionChange } from '@stasis-rx/core';
import { createStatsDClient, recordingTransport, type StatsDClient } from '@stasis-rx/statsd';
import { ChannelSnapshot, publishAriEvent, startChannelStats } from '../../src/index.js';
import { observedAsterisk } from '../support/asterisk.js';
import { created, destroyed, stateChanged, varset } from '../support/events.js';

function startStats(
  topicOf: (asterisk: ReturnType<typeof observedAsterisk>['asterisk']) => Parameters<typeof startChannelStats>[0],
) {
  const observed = observedAsterisk();
  const transport = recordingTransport();
  const errors: Error[] = [];
  const statsd = createStatsDClient({ transport, onError: (error) => errors.push(error) });
  const stats = startChannelStats(topicOf(observed.asterisk), statsd);
  const lines = async (): Promise<string[]> => {
    await observed.bus.settled();
    await statsd.flush();
    return transport.lines;
  };
  return { ...observed, stats, lines, errors };
}

const ofChannels = () => startStats(({ channels }) => channels);
const isSnapshotCount = (line: string) => line === 'stasis.message.ast_channel_snapshot_type:1|m';

describe('startChannelStats', () => {
  test("D3: posts a channel's first snapshot, every message, and its last snapshot with the call time", async () => {
    const { asterisk, lines } = ofChannels();
    const creationtime = '2026-11-22T18:38:47.200+0000'; // 300 ms before the time of the test's events
    for (const event of [created('1.1', { creationtime }), stateChanged(), varset()]) publishAriEvent(asterisk, event);
    publishAriEvent(asterisk, destroyed('1.1', { creationtime }));

    const posted = await lines();
    expect(posted.filter((line) => line.startsWith('channels.'))).toEqual([
      'channels.count:+1|g',
      'channels.calltime:300|ms',
      'channels.count:-1|g',
    ]);
    expect(posted.filter(isSnapshotCount)).toHaveLength(3);
    expect(posted.filter((line) => line === 'stasis.message.ast_channel_varset_type:1|m')).toHaveLength(1);
    expect(posted).toHaveLength(7);
  });

  test('D3: counts neither subscription changes nor messages of bridges', async () => {
    const { asterisk, lines, bus } = ofChannels();
    asterisk.channel('1.1');
    publishAriEvent(asterisk, { type: 'DeviceStateChanged', device_state: { name: 'PJSIP/a', state: 'BUSY' } });
    await bus.settled();
    expect(await lines()).toEqual([]);
  });

  test('D3: keeps the gauge even for a channel of which only the end was seen', async () => {
    const { asterisk, lines } = ofChannels();
    publishAriEvent(asterisk, destroyed());
    expect((await lines()).filter((line) => line.startsWith('channels.'))).toEqual([
      'channels.count:+1|g',
      'channels.calltime:1500|ms',
      'channels.count:-1|g',
    ]);
  });

  test("D3: works on one channel's topic, and ends with it", async () => {
    const { asterisk, lines, stats } = startStats((topics) => topics.channel('1.1'));
    for (const event of [created('1.1'), created('1.2'), destroyed('1.1')]) publishAriEvent(asterisk, event);
    await stats.join();
    expect((await lines()).filter(isSnapshotCount)).toHaveLength(2);
  });

  test('S4: stopped, still counts what is queued, and nothing after it', async () => {
    const { asterisk, lines, stats } = ofChannels();
    publishAriEvent(asterisk, created());
    stats.unsubscribe();
    stats.unsubscribe();
    publishAriEvent(asterisk, stateChanged());
    await stats.join();
    expect(await lines()).toHaveLength(2);
  });

  test('S6: can be joined again, and used with await using', async () => {
    const { asterisk, lines, stats } = ofChannels();
    publishAriEvent(asterisk, created());
    await stats[Symbol.asyncDispose]();
    stats[Symbol.dispose]();
    await stats.join();
    expect(await lines()).toHaveLength(2);
  });

  test.each([undefined, {}, 'statsd'])('refuses what is no StatsD client, and subscribes nothing: %p', (statsd) => {
    const { asterisk } = observedAsterisk();
    const subscribed = jest.fn();
    subscribe(asterisk.channels, subscribed, { accept: [SubscriptionChange], delivery: 'synchronous' });
    expect(() => startChannelStats(asterisk.channels, statsd as unknown as StatsDClient)).toThrow(
      '[asterisk] startChannelStats(): expected statsd to be a StatsD client, got',
    );
    expect(subscribed).toHaveBeenCalledTimes(1);
  });

  test('reports a creation time that cannot be read to the client, and goes on', async () => {
    const { asterisk, lines, errors } = ofChannels();
    const channel = { ...created().channel, creationtime: 'yesterday', dead: true };
    asterisk.channels.publish(ChannelSnapshot({ old: channel, new: channel }));
    expect((await lines()).filter((line) => line.startsWith('channels.'))).toEqual(['channels.count:-1|g']);
    expect(errors).toHaveLength(1);
  });
});
