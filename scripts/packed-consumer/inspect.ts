// The inspector as a user of Node would have it: served, asked for by its address, and as a recording that is played. Compiled
// once as a module and once as CommonJS, against the packed packages.
import { createBus, messageType, subscribe, type Bus } from '@stasis-rx/core';
import { openInspector, play, readRecording, record, serveInspector } from '@stasis-rx/inspector';

const CallAnswered = messageType<{ readonly agent: string }>('call_answered');

async function main(): Promise<void> {
  const bus = createBus({ name: 'office' });
  const inspector = await serveInspector(bus);
  const page = await fetch(inspector.url);
  equal('the page', [page.status, (await page.text()).includes('<title>Stasis inspector</title>')], [200, true]);
  const { status } = await fetch(inspector.url.replace(/token=./, 'token=#'));
  equal('without its token', status, 403);

  const recording = record(bus);
  bus.topic('calls').publish(CallAnswered({ agent: 'ann' }));
  recording.stop();
  equal('what is played', await agentsOf(createBus(), recording.toJSONLines()), ['ann']);
  await inspector.close();

  let error: unknown;
  try {
    openInspector(bus);
  } catch (thrown) {
    error = thrown;
  }
  equal('what needs a page says so', String(error).includes('[inspector] openInspector()'), true);
}

async function agentsOf(bus: Bus, lines: string): Promise<string[]> {
  const agents: string[] = [];
  subscribe(bus.topic('calls'), ({ data }) => agents.push(data.agent), { accept: [CallAnswered] });
  await play(bus, readRecording(lines), { types: [CallAnswered], speed: 0 });
  await bus.settled();
  return agents;
}

function equal(what: string, actual: unknown, expected: unknown): void {
  if (JSON.stringify(actual) === JSON.stringify(expected)) return;
  throw new Error(`${what}: ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`);
}

void main();
