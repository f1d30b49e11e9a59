import { Asks } from '../../src/membership/asks.js';
import { ManualClock } from '../support/manual-clock.js';

function asks(epoch = '8000') {
  const clock = new ManualClock();
  const [asked, given]: [string[], Set<string>] = [[], new Set()];
  const made = new Asks({
    epoch,
    clock,
    heartbeatMs: 1000,
    isWanting: (peer, lane) => !given.has(`${peer} ${lane}`),
    ask: (peer, lanes) => asked.push(`${peer}: ${lanes.join()}`),
  });
  return { asks: made, clock, asked, given };
}

describe('asking for snapshots', () => {
  it('B8: asks each peer once for all lanes that are wanting, and again after one heartbeat, two, four, eight', async () => {
    const { asks: made, clock, asked } = asks();
    for (const lane of ['one', 'two', 'one']) made.want('a', lane);
    made.want('b', 'one');
    await clock.advance(50);
    expect(asked).toEqual(['a: one,two', 'b: one']);
    made.want('a', 'one');
    await clock.advance(500);
    expect(asked).toHaveLength(2);
    const heartbeats: number[] = [];
    for (let heartbeat = 1; heartbeat <= 40; heartbeat++) {
      made.tick();
      const before = asked.length;
      made.want('a', 'one');
      await clock.advance(50);
      if (asked.length > before) heartbeats.push(heartbeat);
    }
    expect(heartbeats).toEqual([1, 3, 7, 15, 23, 31, 39]);
  });

  it('B8: many who ask at the same time are one attempt', async () => {
    const { asks: made, clock, asked } = asks();
    made.want('a', 'one');
    await clock.advance(50);
    for (let other = 0; other < 10; other++) made.heard('a', ['one']);
    made.tick();
    made.want('a', 'one');
    await clock.advance(50);
    expect(asked).toHaveLength(2);
  });

  it('B8: begins anew with a connection that is back, and with what is wanting again after it has come', async () => {
    const { asks: made, clock, asked, given } = asks();
    const want = async (): Promise<number> => {
      made.want('a', 'one');
      await clock.advance(50);
      return asked.length;
    };
    expect(await want()).toBe(1);
    made.tick();
    expect(await want()).toBe(2);
    made.tick();
    expect(await want()).toBe(2);
    made.startAgain();
    expect(await want()).toBe(3);
    given.add('a one');
    made.tick();
    given.clear();
    expect(await want()).toBe(4);
    made.tick();
    expect(await want()).toBe(5);
  });

  it('B8: does not ask for what somebody else has asked for, or what has come meanwhile', async () => {
    const { asks: made, clock, asked, given } = asks();
    for (const lane of ['one', 'two', 'three']) made.want('a', lane);
    made.heard('a', ['one']);
    given.add('a two');
    await clock.advance(50);
    expect(asked).toEqual(['a: three']);
  });

  it('B8: buses ask at different times, within a twentieth of a heartbeat', async () => {
    for (const [epoch, ms] of [
      ['0000', 0],
      ['8000', 25],
      ['ffff', 50],
    ] as const) {
      const { asks: made, clock, asked } = asks(epoch);
      made.want('a', 'one');
      await clock.advance(Math.max(0, ms - 1));
      expect(asked).toHaveLength(ms === 0 ? 1 : 0);
      await clock.advance(1);
      expect(asked).toHaveLength(1);
    }
  });
});
