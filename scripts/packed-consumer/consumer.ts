// A program as a user would write it: compiled once as a module and once as CommonJS, against the packed packages.
import { createAsteriskTopics, startChannelStats } from '@stasis-rx/asterisk';
import { createBus, messageType, ofType, subscribe } from '@stasis-rx/core';
import type { Message } from '@stasis-rx/core';
import { createMessageRouter } from '@stasis-rx/router';
import { countMessages, createStatsDClient, recordingTransport } from '@stasis-rx/statsd';

interface Call {
  readonly id: string;
  readonly agent: string;
}

const CallAnswered = messageType<Call>('call_answered');

async function main(): Promise<void> {
  const bus = createBus({ name: 'consumer' });
  const calls = bus.topic<Message<Call>>('calls');
  const transport = recordingTransport();
  const statsd = createStatsDClient({ transport });
  const seen: string[] = [];

  calls.pipe(ofType(CallAnswered)).subscribe((message) => seen.push(`observed ${message.data.agent}`));
  subscribe(calls, (message) => seen.push(`handled ${message.data.agent}`), { accept: [CallAnswered] });
  createMessageRouter(calls).add(CallAnswered, (message) => seen.push(`routed ${message.data.agent}`));
  countMessages(calls, statsd, { prefix: 'stasis.message' });
  startChannelStats(createAsteriskTopics(bus).channels, statsd);

  calls.publish(CallAnswered({ id: '1', agent: 'ann' }));
  await bus.close();
  await statsd.close();

  expectEqual(seen.sort(), ['handled ann', 'observed ann', 'routed ann']);
  expectEqual(transport.lines, ['stasis.message.call_answered:1|m']);
}

function expectEqual(actual: readonly string[], expected: readonly string[]): void {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (got !== wanted) throw new Error(`expected ${wanted}, got ${got}`);
}

void main();
