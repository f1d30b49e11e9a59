import { LinkKeeper } from '../../src/transports/link-keeper.js';
import { fakeLinks } from '../support/fake-links.js';

beforeEach(() => {
  jest.useFakeTimers();
  jest.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

function keeperOf({ wantsLink = true } = {}) {
  const { links, openLink } = fakeLinks();
  const owner = { wantsLink, onUp: jest.fn(), onDrain: jest.fn(), onDown: jest.fn() };
  return { links, owner, keeper: new LinkKeeper({ openLink, timeoutMs: 1000 }, owner) };
}

describe('LinkKeeper', () => {
  it('opens nothing before a link is wanted, and then one', () => {
    const { keeper, links, owner } = keeperOf();
    expect(links).toHaveLength(0);
    keeper.want();
    keeper.want();
    expect(links).toHaveLength(1);
    expect(keeper.link).toBeUndefined();
    links[0]!.events.onOpen();
    keeper.want();
    expect(keeper.link).toBe(links[0]);
    expect(owner.onUp).toHaveBeenCalledTimes(1);
    expect(links).toHaveLength(1);
  });

  it('passes on that there is room again', () => {
    const { keeper, links, owner } = keeperOf();
    keeper.want();
    links[0]!.events.onOpen();
    links[0]!.events.onDrain();
    expect(owner.onDrain).toHaveBeenCalledTimes(1);
  });

  it('passes on whether what was under way can be sent again', () => {
    const { keeper, links, owner } = keeperOf();
    keeper.want();
    links[0]!.events.onOpen();
    links[0]!.events.onLost(new Error('gone'), true);
    expect(owner.onDown).toHaveBeenCalledWith(new Error('gone'), true, true);
  });

  it('waits longer after each attempt that failed', () => {
    const { keeper, links, owner } = keeperOf();
    keeper.want();
    for (const waitMs of [100, 200, 400, 800, 1600, 3200, 5000, 5000]) {
      const attempts = links.length;
      links.at(-1)!.events.onLost(new Error('refused'));
      expect(keeper.isWaiting).toBe(true);
      keeper.want();
      jest.advanceTimersByTime(waitMs - 1);
      expect(links).toHaveLength(attempts);
      jest.advanceTimersByTime(1);
      expect(links).toHaveLength(attempts + 1);
    }
    expect(owner.onDown).toHaveBeenLastCalledWith(new Error('refused'), false, false);
  });

  it('starts with a short wait again after a link that lived for a while', () => {
    const { keeper, links, owner } = keeperOf();
    keeper.want();
    for (const waitMs of [100, 200, 400]) {
      links.at(-1)!.events.onLost();
      jest.advanceTimersByTime(waitMs);
    }
    links.at(-1)!.events.onOpen();
    jest.advanceTimersByTime(1000);
    links.at(-1)!.events.onLost();
    expect(owner.onDown).toHaveBeenLastCalledWith(undefined, true, false);
    jest.advanceTimersByTime(100);
    expect(links).toHaveLength(5);
  });

  it('takes a link that ends as soon as it is open for a failure', () => {
    const { keeper, links } = keeperOf();
    keeper.want();
    for (const waitMs of [100, 200, 400]) {
      links.at(-1)!.events.onOpen();
      links.at(-1)!.events.onLost();
      jest.advanceTimersByTime(waitMs - 1);
      const attempts = links.length;
      jest.advanceTimersByTime(1);
      expect(links).toHaveLength(attempts + 1);
    }
  });

  it('does not open again what nobody wants, until somebody does', () => {
    const { keeper, links } = keeperOf({ wantsLink: false });
    keeper.want();
    links[0]!.events.onLost();
    jest.advanceTimersByTime(60_000);
    expect(links).toHaveLength(1);
    keeper.want();
    expect(links).toHaveLength(2);
  });

  it('gives up an attempt that takes too long', () => {
    const { keeper, links, owner } = keeperOf();
    keeper.want();
    jest.advanceTimersByTime(1000);
    expect(links[0]!.end).toBe('destroyed');
    expect(owner.onDown).toHaveBeenCalledWith(new Error('no answer within 1000 ms'), false, false);
    expect(keeper.isWaiting).toBe(true);
  });

  it('takes a link that cannot even be begun for a failure', () => {
    const owner = { wantsLink: true, onUp: jest.fn(), onDrain: jest.fn(), onDown: jest.fn() };
    const openLink = () => {
      throw new Error('no such path');
    };
    new LinkKeeper({ openLink, timeoutMs: 1000 }, owner).want();
    expect(owner.onDown).toHaveBeenCalledWith(new Error('no such path'), false, false);
    jest.advanceTimersByTime(100);
    expect(owner.onDown).toHaveBeenCalledTimes(2);
  });

  it('retries at once when asked to, only while it waits', () => {
    const { keeper, links } = keeperOf();
    keeper.retry();
    expect(links).toHaveLength(0);
    keeper.want();
    keeper.retry();
    expect(links).toHaveLength(1);
    links[0]!.events.onLost();
    keeper.retry();
    expect(links).toHaveLength(2);
    jest.advanceTimersByTime(100);
    expect(links).toHaveLength(2);
  });

  it('closes its link, and opens none any more', async () => {
    const { keeper, links } = keeperOf();
    keeper.want();
    links[0]!.events.onOpen();
    await keeper.close();
    expect(links[0]!.end).toBe('closed');
    expect(keeper.link).toBeUndefined();
    keeper.want();
    expect(links).toHaveLength(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('destroys a link that does not close in time', async () => {
    const { keeper, links } = keeperOf();
    keeper.want();
    const link = links[0]!;
    let onClosed: () => void = () => undefined;
    link.close = (callback) => (onClosed = callback);
    link.destroy = () => onClosed();
    link.events.onOpen();
    const closed = keeper.close();
    jest.advanceTimersByTime(1000);
    await closed;
  });

  it('leaves no timer behind when closed while it waits', async () => {
    const { keeper, links } = keeperOf();
    keeper.want();
    links[0]!.events.onLost();
    await keeper.close();
    expect(jest.getTimerCount()).toBe(0);
  });
});
