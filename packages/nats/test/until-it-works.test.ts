import { StasisError } from '@stasis-rx/core';
import { untilItWorks } from '../src/until-it-works.js';

/** Attempts that fail with these errors, one after the other, and work then. */
function attempts(...errors: Error[]) {
  const told: unknown[] = [];
  let isOver = false;
  const connection = { isClosed: () => false };
  const attempt = jest.fn(() => {
    const error = errors.shift();
    return error === undefined ? Promise.resolve() : Promise.reject(error);
  });
  const receiver = { failed: (error: unknown) => void told.push(error) };
  const promise = (): Promise<void> => untilItWorks(attempt, connection, receiver, () => isOver);
  return { told, attempt, connection, promise, end: () => (isOver = true) };
}

describe('what needs the server', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('B13: is tried again after half a second, and each failure is told of, also that of the last round trip', async () => {
    const [first, second] = [new Error('disconnected'), new Error('timed out')];
    const { told, attempt, promise } = attempts(first, second);
    const done = promise();
    await jest.advanceTimersByTimeAsync(999);
    expect(attempt).toHaveBeenCalledTimes(2);
    await jest.advanceTimersByTimeAsync(1);
    await done;
    expect(attempt).toHaveBeenCalledTimes(3);
    expect(told).toEqual([first, second]);
  });

  it('B13: is not tried again when it cannot work, or the connection is closed, or nobody wants it any more', async () => {
    await expect(attempts(new StasisError('STREAM', 'cannot do')).promise()).rejects.toThrow('cannot do');
    const closed = attempts(new Error('closed'));
    closed.connection.isClosed = () => true;
    await expect(closed.promise()).rejects.toThrow('closed');
    const over = attempts(new Error('away'));
    const done = over.promise();
    over.end();
    await jest.advanceTimersByTimeAsync(500);
    await done;
    expect(over.attempt).toHaveBeenCalledTimes(1);
  });
});
