import { examplesOf, run } from '../../core/test/support/markdown-examples.js';
import { startNatsServer, type NatsServer } from './support/nats-server.js';

describe('the examples of README.md and docs/nats.md', () => {
  const examples = ['packages/nats/README.md', 'docs/nats.md'].flatMap(examplesOf);
  let server: NatsServer;

  beforeEach(async () => {
    server = await startNatsServer();
  });

  afterEach(() => server.stop());

  it.each(examples)('$title prints what it says', async (example) => {
    const code = example.code.replaceAll('nats://127.0.0.1:4222', server.url);
    expect(await run({ ...example, code })).toEqual(example.stated);
  });
});
