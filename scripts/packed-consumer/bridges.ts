// Bridges as a user would make them: over BroadcastChannel and MessagePorts, which Node has too; and over NATS, as far as one
// comes without a server. Compiled once as a module and once as CommonJS, against the packed packages.
import { bridge as bridgeTabs } from '@stasis-rx/broadcast-channel';
import { createBus, messageType, ofType, type Bus } from '@stasis-rx/core';
import { bridgeOverMessagePort, type Bridge } from '@stasis-rx/message-port';
import { bridge as bridgeNats, withCodec, type NatsBridgeOptions } from '@stasis-rx/nats';
import type { NatsConnection } from '@nats-io/nats-core';
import { firstValueFrom } from 'rxjs';

const CallAnswered = messageType<{ readonly at: Date }>('call_answered');
const coded = withCodec(CallAnswered, {
  encode: ({ at }) => at.getTime(),
  decode: (value) => ({ at: new Date(Number(value)) }),
});

async function main(): Promise<void> {
  const options = { topics: ['calls'], types: [coded] };
  await cross((bus) => bridgeTabs(bus, 'consumer', options));
  const { port1, port2 } = new MessageChannel();
  const ports = [port1, port2];
  await cross((bus) => bridgeOverMessagePort(bus, ports.pop() ?? port1, options));
}

async function cross(bridge: (bus: Bus) => Bridge): Promise<void> {
  const [ann, bob] = [createBus({ eid: 'ann' }), createBus({ eid: 'bob' })];
  const links = [ann, bob].map(bridge);
  await Promise.all(links.map((link) => link.ready));
  const answered = firstValueFrom(bob.topic('calls').pipe(ofType(CallAnswered)));
  ann.topic('calls').publish(CallAnswered({ at: new Date(7) }));
  const { eid, data } = await answered;
  if (eid !== 'ann' || data.at.getTime() !== 7) {
    throw new Error(`expected ann at 7, got ${eid} at ${data.at.getTime()}`);
  }
  await Promise.all([ann.close(), bob.close()]);
  await Promise.all(links.map((link) => link.close()));
}

function refusesWhatIsNoConnection(): void {
  const options: NatsBridgeOptions = { topics: ['calls'], types: [coded], stream: { name: 'CALLS' } };
  try {
    bridgeNats(createBus(), {} as NatsConnection, options);
  } catch (error) {
    if (String(error).includes('a connection of NATS')) return;
  }
  throw new Error('expected bridge() to refuse what is no connection');
}

refusesWhatIsNoConnection();
void main();
