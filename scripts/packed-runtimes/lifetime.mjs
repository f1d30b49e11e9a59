// A program that ends by itself: when its work is done, nothing that it leaves open may keep it alive. What it prints is compared.
import { once } from 'node:events';
import { bridge } from '@stasis-rx/broadcast-channel';
import { createBus, messageType, subscribe } from '@stasis-rx/core';
import { bridgeOverMessagePort } from '@stasis-rx/message-port';
import { createStatsDClient } from '@stasis-rx/statsd';

const Numbered = messageType('numbered');
const BURST = 20_000;

await failUnheard();
await bridgeTwoBuses();
await bridgeOverPorts();
await sendMetrics();
publishBurst();

/** What nobody takes reaches the host as an error that nobody catches. */
async function failUnheard() {
  const numbers = createBus().topic('numbers');
  const fail = () => {
    throw new Error('a handler that fails');
  };
  subscribe(numbers, fail, { accept: [Numbered] });
  numbers.publish(Numbered(0));
  const [error] = await once(process, 'uncaughtException');
  console.log(`uncaught: ${error.code}`);
}

/** A channel that is open holds the process, a bridge that is closed does not. */
async function bridgeTwoBuses() {
  const links = [createBus(), createBus()].map((bus) =>
    bridge(bus, 'lifetime', { topics: ['numbers'], types: [Numbered], discoveryMs: 20 }),
  );
  await Promise.all(links.map((link) => link.ready));
  await Promise.all(links.map((link) => link.close()));
  console.log('bridges closed');
}

/** The same with ports, which stay open. */
async function bridgeOverPorts() {
  const { port1, port2 } = new MessageChannel();
  const links = [port1, port2].map((port) =>
    bridgeOverMessagePort(createBus(), port, { topics: ['numbers'], types: [Numbered], discoveryMs: 20 }),
  );
  await Promise.all(links.map((link) => link.ready));
  await Promise.all(links.map((link) => link.close()));
  console.log('bridges over ports closed');
}

/** To a port where nobody listens; the client stays open, and so does its socket. */
async function sendMetrics() {
  const statsd = createStatsDClient({ port: 9 });
  statsd.increment('calls');
  await statsd.flush();
  console.log(`packets sent: ${statsd.statistics().packets}`);
}

/** Nobody waits for it: what is queued is handled before the process ends. */
function publishBurst() {
  const numbers = createBus().topic('numbers');
  const handle = ({ data }) => {
    for (const end = performance.now() + 0.005; performance.now() < end;);
    if (data === BURST) console.log(`handled: ${data}`);
  };
  subscribe(numbers, handle, { accept: [Numbered] });
  for (let n = 1; n <= BURST; n++) numbers.publish(Numbered(n));
}
