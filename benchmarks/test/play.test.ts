import { entry, type Contender, type Entry, type Load } from '../src/harness/contender.js';
import { play, playAfresh, type Pace } from '../src/harness/play.js';
import { Tally } from '../src/harness/tally.js';
import type { TimeRuns } from '../src/harness/time-runs.js';

const PACE: Pace = { starts: 1, rounds: 4, turnMs: 10, warmUpRounds: 1 };
const load: Load<number> = { bursts: [[1, 1, 1]], proof: [1, 2, 3], numberOf: (n) => n };

/** Runs twice, a microsecond each. */
const twice: TimeRuns = async (run) => {
  await run();
  await run();
  return 1_000;
};

describe('playing a scenario', () => {
  it('gives every contender one turn a round, each round beginning with another one', async () => {
    const turns: string[] = [];
    const [first, second, third] = ['a', 'b', 'c'].map((name) => entry({ ...honest(name) }, load));
    const time: TimeRuns = async (run) => {
      await run();
      return 1_000;
    };
    const entries = [first, second, third].map((each) => noted(each!, turns));
    await play(entries, { ...PACE, warmUpRounds: 0, rounds: 6 }, time);
    expect(turns.join('')).toBe('abccbabcaacbcabbac');
  });

  it('measures deliveries a second, one rate for each round that counts', async () => {
    const [result] = await play([entry(honest('a', 2), load)], PACE, twice);
    expect(result).toEqual({ name: 'a', rates: [6e6, 6e6, 6e6, 6e6] });
  });

  it('cycles through the bursts of a load', async () => {
    const bursts = [[1], [2], [3]];
    await expect(play([entry(honest('a'), { ...load, bursts })], PACE, twice)).resolves.toHaveLength(1);
  });

  it('reads a tally that is only kept on request', async () => {
    const tally = new Tally();
    let pending: number[] = [];
    const contender: Contender<number> = {
      name: 'late',
      tallies: [tally],
      deliver: (items) => void pending.push(...items),
      collect: () => {
        for (const n of pending) tally.add(n);
        pending = [];
      },
    };
    await expect(play([entry(contender, load)], PACE, twice)).resolves.toHaveLength(1);
  });

  it.each([
    ['loses a message', (items: readonly number[]) => items.slice(1), /of 9 messages, subscription 1 has seen 6/],
    ['delivers one twice', (items: readonly number[]) => [...items, 1], /of 9 messages, subscription 1 has seen 12/],
    ['reorders them', (items: readonly number[]) => [...items].reverse(), /subscription 1 has them out of order/],
  ])('fails when a contender %s', async (_, tamper, message) => {
    await expect(play([entry(tampering(tamper), load)], PACE, twice)).rejects.toThrow(message);
  });

  it('fails when one of several subscriptions misses something', async () => {
    const contender = honest('a', 3);
    const deaf = { ...contender, tallies: [...contender.tallies.slice(0, 2), new Tally()] };
    await expect(play([entry(deaf, load)], PACE, twice)).rejects.toThrow('a: of 9 messages, subscription 3 has seen 0');
  });
});

describe('starting afresh', () => {
  it('puts the rounds of all starts together, in their order', async () => {
    let rate = 0;
    const start = () =>
      Promise.resolve([
        { name: 'a', rates: [++rate, ++rate] },
        { name: 'b', rates: [10 * rate] },
      ]);
    expect(await playAfresh({ ...PACE, starts: 3 }, start)).toEqual([
      { name: 'a', rates: [1, 2, 3, 4, 5, 6] },
      { name: 'b', rates: [20, 40, 60] },
    ]);
  });
});

function honest(name: string, subscriptions = 1): Contender<number> {
  const tallies = Array.from({ length: subscriptions }, () => new Tally());
  return {
    name,
    tallies,
    deliver(items) {
      for (const n of items) for (const tally of tallies) tally.add(n);
      return undefined;
    },
  };
}

function tampering(tamper: (items: readonly number[]) => number[]): Contender<number> {
  const inner = honest('broken');
  return { ...inner, deliver: (items) => inner.deliver(tamper(items)) };
}

/** Notes the timed turns, which deliver the load's burst; a proof is another array. */
function noted({ contender, load: given }: Entry, turns: string[]): Entry {
  const deliver = (items: readonly unknown[]): Promise<void> | undefined => {
    if (items === given.bursts[0]) turns.push(contender.name);
    return contender.deliver(items);
  };
  return { contender: { ...contender, deliver }, load: given };
}
