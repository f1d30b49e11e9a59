import { Handover } from '../../src/transports/handover.js';

async function isSettled(promise: Promise<void>): Promise<boolean> {
  const pending = Symbol('pending');
  return (await Promise.race([promise, Promise.resolve(pending)])) !== pending;
}

describe('Handover', () => {
  it('waits for nothing when nothing is under way', async () => {
    expect(await isSettled(new Handover().whenSettled())).toBe(true);
  });

  it('waits for what was accepted before, not for what comes later', async () => {
    const handover = new Handover();
    handover.accept();
    handover.accept();
    const two = handover.whenSettled();
    handover.accept();
    const three = handover.whenSettled();
    handover.settle();
    expect(await isSettled(two)).toBe(false);
    handover.settle();
    expect(await isSettled(two)).toBe(true);
    expect(await isSettled(three)).toBe(false);
    handover.settle();
    expect(await isSettled(three)).toBe(true);
  });

  it('settles several at once', async () => {
    const handover = new Handover();
    handover.accept();
    handover.accept();
    const both = handover.whenSettled();
    handover.settle(2);
    expect(await isSettled(both)).toBe(true);
  });

  it('lets those who wait go when asked to, and no others', async () => {
    const handover = new Handover();
    handover.accept();
    const before = handover.whenSettled();
    handover.release();
    expect(await isSettled(before)).toBe(true);
    expect(await isSettled(handover.whenSettled())).toBe(false);
  });
});
