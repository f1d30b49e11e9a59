import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

// Each starts npm and Node anew, which takes a while on a busy machine.
jest.setTimeout(60_000);

/** What an example prints when it is run as its README says. */
async function run(example: string): Promise<string[]> {
  const args = ['start', '--silent', '-w', `examples/${example}`];
  const { stdout } = await promisify(execFile)('npm', args, { cwd: resolve(__dirname, '..') });
  return stdout.trimEnd().split('\n');
}

describe('examples', () => {
  test('hello-bus: the handler runs after publish has returned, and ends with its final message', async () => {
    expect(await run('hello-bus')).toEqual([
      'Published. The handler runs after this.',
      'calls: ann answered call 1',
      'calls: bob answered call 2',
      'That was the last message.',
    ]);
  });

  test('router: nothing overtakes a slow route, and what has no route goes to the default', async () => {
    expect(await run('router')).toEqual([
      'no route for stasis_subscription_change',
      'ann answered call 1',
      'call 1 took 90 seconds',
      'no route for queue_full',
      'no route for call_ended',
      'the router has ended',
    ]);
  });

  test('stream: results keep the order of the messages, and the loop misses none', async () => {
    expect(await run('stream')).toEqual([
      'call_answered 1',
      'call_answered 2',
      'call_ended 1',
      'Ann Archer speaks with call 1',
      'Bob Baker speaks with call 2',
    ]);
  });
});
