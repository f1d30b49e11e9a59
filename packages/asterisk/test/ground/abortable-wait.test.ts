import { AbortableWait } from '../../src/ground/abortable-wait.js';
import { nextTurn } from '../support/virtual-time.js';

const never = new Promise<never>(() => undefined);

describe('a wait that a signal ends', () => {
  test('gives what the promise gives, or fails with what it fails with', async () => {
    for (const signal of [undefined, new AbortController().signal]) {
      const wait = new AbortableWait(signal);
      await expect(wait.for(Promise.resolve(1))).resolves.toBe(1);
      await expect(wait.for(Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    }
  });

  test('fails with the reason of the signal, while it waits and from then on', async () => {
    const stop = new AbortController();
    const wait = new AbortableWait(stop.signal);
    const waiting = wait.for(never);
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
    await expect(wait.for(Promise.resolve(1))).rejects.toThrow('stopped');
  });

  test('leaves no rejection to nobody that comes after the abort', async () => {
    const onUnhandled = jest.fn();
    process.on('unhandledRejection', onUnhandled);
    try {
      const wait = new AbortableWait(AbortSignal.abort(new Error('stopped')));
      let fail = (_reason: Error): void => undefined;
      const waiting = wait.for(new Promise((_, reject) => (fail = reject)));
      await expect(waiting).rejects.toThrow('stopped');
      fail(new Error('late'));
      await nextTurn();
      await nextTurn();
      expect(onUnhandled).not.toHaveBeenCalled();
    } finally {
      process.off('unhandledRejection', onUnhandled);
    }
  });

  test('listens to the signal once, and no more when it is stopped', async () => {
    const { signal } = new AbortController();
    const [add, remove] = [jest.spyOn(signal, 'addEventListener'), jest.spyOn(signal, 'removeEventListener')];
    const wait = new AbortableWait(signal);
    for (let n = 0; n < 100; n++) await wait.for(Promise.resolve(n));
    expect(add).toHaveBeenCalledTimes(1);
    wait.stop();
    expect(remove.mock.calls).toEqual(add.mock.calls);
  });
});
