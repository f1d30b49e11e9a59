import type { BridgeEvent } from '@stasis-rx/bridge';
import { createBridge } from '@stasis-rx/bridge';
import { createBus, subscribe } from '@stasis-rx/core';
import { MemoryNetwork } from '../support/memory-network.js';
import { eventually, Note, upTo } from '../support/side.js';

it('B6: what fits no more once the network is back is told as unsendable, and keeps nothing else from crossing', async () => {
  const network = new MemoryNetwork();
  const [a, b] = [createBus({ eid: 'a' }), createBus({ eid: 'b' })];
  const options = { topics: ['calls'], types: [Note] };
  const transport = network.transport();
  const [from, to] = [createBridge(a, transport, options), network.bridge(b, options)];
  await Promise.all([from.ready, to.ready]);
  const [seen, events]: [number[], BridgeEvent[]] = [[], []];
  subscribe(b.topic('calls'), ({ data }) => seen.push((data as { n: number }).n), { accept: [Note] });
  from.events$.subscribe((event) => events.push(event));

  transport.receiver?.disconnected();
  for (const n of upTo(6)) a.topic('calls').publish(Note({ id: n % 3 === 0 ? 'x'.repeat(2000) : 'x', n }));
  transport.maxFrameBytes = 1024;
  transport.receiver?.connected();
  await eventually(() => seen.length === 4);
  await from.flushed();

  expect(seen).toEqual([1, 2, 4, 5]);
  expect(events.filter(({ type }) => type === 'unsendable')).toEqual([
    { type: 'unsendable', topic: 'calls', messageType: 'note', error: expect.any(RangeError) as unknown },
    { type: 'unsendable', topic: 'calls', messageType: 'note', error: expect.any(RangeError) as unknown },
  ]);
  expect(from.statistics().outbox.messages).toBe(0);
  await Promise.all([from.close(), to.close()]);
});
