import { connect } from '@nats-io/transport-node';
import { createBus, messageType, subscribe } from '@stasis-rx/core';
import { bridge, type NatsBridgeOptions } from '@stasis-rx/nats';
import type { Item, MakeContender } from './contender.js';

const Note = messageType<Item>('note');

/** Two buses and a bridge: a message published on one is handled on the other. */
export const bridged: MakeContender = makeBridged('bridge', { stream: { name: 'BRIDGED' } });

/** The same without a stream: what is published while somebody is away is lost to that one. */
export const bridgedWithoutStream: MakeContender = makeBridged('bridge in core mode', { mode: 'core' });

function makeBridged(name: string, how: Pick<NatsBridgeOptions, 'mode' | 'stream'>): MakeContender {
  return async (servers, take) => {
    const [from, to] = [createBus({ eid: 'from' }), createBus({ eid: 'to' })];
    const [sender, receiver] = await Promise.all([connect({ servers }), connect({ servers })]);
    const options = { topics: ['notes'], types: [Note], ...how };
    const links = [bridge(from, sender, options), bridge(to, receiver, options)];
    const topic = from.topic('notes');
    subscribe(to.topic('notes'), ({ data }) => take(data), { accept: [Note] });
    await Promise.all(links.map(({ ready }) => ready));
    return {
      name,
      publish: (item) => void topic.publish(Note(item)),
      room: () => links[0]?.drained() ?? Promise.resolve(),
      close: async () => {
        await Promise.all(links.map((link) => link.close()));
        await Promise.all([from.close(), to.close(), sender.close(), receiver.close()]);
      },
    };
  };
}
