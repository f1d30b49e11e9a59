import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createBus, messageType } from '@stasis-rx/core';
import { countMessages, createStatsDClient } from '@stasis-rx/statsd';

const CallAnswered = messageType('call_answered');

/** Says everything that a client can say, and counts two messages. */
async function report(statsd) {
  const calls = createBus().topic('calls');
  const counter = countMessages(calls, statsd, { prefix: 'stasis.message' });
  statsd.increment('calls');
  statsd.timing('calltime', 5250, { tags: { queue: 'säles' } });
  statsd.gauge('balance', -5);
  statsd.gaugeDelta('open', 1);
  calls.publish(CallAnswered(1));
  calls.publish(CallAnswered(2));
  counter.unsubscribe();
  await counter.join();
  statsd.set('agents', 'ann');
}

const lines = [
  'pbx.calls:1|c|#site:north',
  'pbx.calltime:5250|ms|#site:north,queue:säles',
  'pbx.balance:0|g|#site:north',
  'pbx.balance:-5|g|#site:north',
  'pbx.open:+1|g|#site:north',
  'pbx.stasis.message.call_answered:1|m|#site:north',
  'pbx.stasis.message.call_answered:1|m|#site:north',
  'pbx.agents:ann|s|#site:north',
];

/** A client of that server, with packets so short that there are several. */
function clientOf(server, protocol, onError) {
  const { port } = server.address();
  return createStatsDClient({ port, protocol, prefix: 'pbx', tags: { site: 'north' }, maxPacketBytes: 100, onError });
}

export const statsd = {
  'D1: each line arrives over UDP as it should, in the order of the calls': async () => {
    const server = createSocket('udp4');
    server.bind(0, '127.0.0.1');
    await once(server, 'listening');
    const seen = [];
    const allSeen = new Promise((resolve) => {
      server.on('message', (packet) => {
        if (seen.push(...packet.toString().split('\n')) >= lines.length) resolve();
      });
    });

    const errors = [];
    const client = clientOf(server, 'udp', (error) => errors.push(error));
    await report(client);
    await client.close();
    await allSeen;
    await new Promise((resolve) => server.close(resolve));

    assert.deepEqual(errors, []);
    assert.deepEqual(seen, lines);
    assert.equal(client.statistics().lines, lines.length);
  },

  'D1: each line arrives over TCP as it should, in the order of the calls': async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const received = once(server, 'connection').then(async ([socket]) => {
      const chunks = [];
      for await (const chunk of socket) chunks.push(chunk);
      return Buffer.concat(chunks).toString();
    });

    const errors = [];
    const client = clientOf(server, 'tcp', (error) => errors.push(error));
    await report(client);
    await client.close();
    const text = await received;
    await new Promise((resolve) => server.close(resolve));

    assert.deepEqual(errors, []);
    assert.equal(text, lines.map((line) => `${line}\n`).join(''));
  },

  'D1: a connection that is lost is told of, and what comes next goes through the next one': async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    let tell;
    const lost = new Promise((resolve) => (tell = resolve));
    const client = clientOf(server, 'tcp', tell);

    client.increment('calls');
    const [first] = await once(server, 'connection');
    const [before] = await once(first, 'data');
    first.destroy();
    const { code } = await lost;
    client.increment('answered');
    const [second] = await once(server, 'connection');
    const [after] = await once(second, 'data');
    await client.close();
    await new Promise((resolve) => server.close(resolve));

    assert.equal(code, 'TRANSPORT');
    assert.deepEqual(
      [String(before), String(after)],
      ['pbx.calls:1|c|#site:north\n', 'pbx.answered:1|c|#site:north\n'],
    );
  },
};
