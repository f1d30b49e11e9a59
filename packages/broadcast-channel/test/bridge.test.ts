import { createBus, InvalidArgumentError, messageType, subscribe } from '@stasis-rx/core';
import { bridge, type BridgeEvent, type Channel } from '@stasis-rx/broadcast-channel';

const Note = messageType<{ n: number }>('note');
const plain = { topics: ['calls'], types: [Note], heartbeatMs: 50, discoveryMs: 20 };

async function eventually(holds: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 3000; !holds();) {
    if (Date.now() > deadline) throw new Error(`not within three seconds: ${String(holds)}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

describe('bridge', () => {
  it.each([
    ['group to be a string that is not empty, got ""', '', plain],
    ['group to be a string that is not empty, got undefined', undefined, plain],
    ['a platform with BroadcastChannel, got "none" (string)', 'group', { ...plain, BroadcastChannel: 'none' }],
    ['topics to be an array', 'group', { ...plain, topics: 'calls' }],
    ['options with topics and types, got undefined', 'group', undefined],
  ])('B2: says that it expected %s', (text, group, options) => {
    const make = () => bridge(createBus(), group as never, options as never);
    expect(make).toThrow(InvalidArgumentError);
    expect(make).toThrow(`[broadcast-channel] bridge(): expected ${text}`);
  });

  it('B10: whatever anybody of the origin posts stops nothing, and is reported', async () => {
    const [a, b] = [createBus({ eid: 'a' }), createBus({ eid: 'b' })];
    const links = [bridge(a, 'hostile', plain), bridge(b, 'hostile', plain)];
    const events: BridgeEvent[] = [];
    links[1]?.events$.subscribe((event) => events.push(event));
    await Promise.all(links.map(({ ready }) => ready));
    const got: number[] = [];
    subscribe(b.topic('calls'), ({ data }) => got.push((data as { n: number }).n), { accept: [Note] });
    const channels = ['data:calls', 'control'].map((name) => new BroadcastChannel(`stasis-rx:hostile:${name}`));
    const junk = [
      undefined,
      null,
      1,
      {},
      [],
      new Uint8Array(10),
      '',
      '{',
      '[]',
      '"x"',
      '{"v":1}',
      'x'.repeat(2_000_000),
    ];
    for (const channel of channels) for (const data of junk) channel.postMessage(data);
    await eventually(() => events.filter(({ type }) => type === 'rejected').length === 2 * junk.length);
    a.topic('calls').publish(Note({ n: 1 }));
    await eventually(() => got.length === 1);
    expect(links[1]?.statistics().topics[0]?.rejected).toBe(junk.length);
    for (const channel of channels) channel.close();
    await Promise.all(links.map((link) => link.close()));
  });

  it('B6: what cannot be posted, or read, is told of and tried again', async () => {
    const channels: FakeChannel[] = [];
    class FakeChannel implements Channel {
      onmessage: ((event: never) => void) | null = null;
      onmessageerror: ((event: never) => void) | null = null;
      readonly posted: string[] = [];
      isBroken = false;

      constructor() {
        channels.push(this);
      }

      postMessage(message: string): void {
        if (this.isBroken) throw new Error('it cannot be posted');
        this.posted.push(message);
      }

      close(): void {}
    }
    const bus = createBus({ eid: 'a' });
    const link = bridge(bus, 'fake', { ...plain, BroadcastChannel: FakeChannel });
    const events: BridgeEvent[] = [];
    link.events$.subscribe((event) => events.push(event));
    await link.ready;
    const [, data] = channels as [FakeChannel, FakeChannel];
    data.isBroken = true;
    bus.topic('calls').publish(Note({ n: 1 }));
    await eventually(() => events.some(({ type }) => type === 'retry'));
    data.isBroken = false;
    await link.flushed();
    expect(data.posted).toHaveLength(1);
    data.onmessageerror?.({} as never);
    expect(events.at(-1)).toMatchObject({
      type: 'error',
      error: { message: expect.stringContaining('cannot be read') },
    });
    await link.close();
  });
});
