import { TimeRatio, type Trial, type TrialPace } from '../src/harness/time-ratio.js';

const PACE: TrialPace = { rounds: 3, turnMs: 10, warmUpMs: 0, passes: 1 };

describe('a ratio of times', () => {
  it('is that of the least times, whoever had them when', async () => {
    const clock = new Clock();
    const ratio = new TimeRatio(clock.taking(90, 40, 60), clock.taking(20, 10, 30), clock.now);
    await ratio.measure(PACE);
    expect(ratio.value).toBe(4);
  });

  it('has both take turns, the other one first, which warms up too', async () => {
    const turns: string[] = [];
    const clock = new Clock((ms) => turns.push(ms === 40 ? 'one' : 'other'));
    await new TimeRatio(clock.taking(40), clock.taking(10), clock.now).measure({ ...PACE, warmUpMs: 30 });
    expect(turns.join(' ')).toBe('other other other other one other one other one');
  });

  it('tries again within a turn while that lasts', async () => {
    const clock = new Clock();
    await new TimeRatio(clock.taking(5), clock.taking(2), clock.now).measure({ ...PACE, rounds: 1 });
    expect(clock.runs).toEqual([...repeated(2, 6), ...repeated(5, 2)]);
  });

  it('begins no further round once what is slow has shown what it costs', async () => {
    const clock = new Clock();
    await new TimeRatio(clock.taking(1_000), clock.taking(100), clock.now).measure({ ...PACE, rounds: 100 });
    expect(clock.runs.filter((ms) => ms === 1_000)).toHaveLength(2);
  });

  it('keeps what it has measured before', async () => {
    const clock = new Clock();
    const ratio = new TimeRatio(clock.taking(40, 80), clock.taking(10, 10, 20), clock.now);
    await ratio.measure({ ...PACE, rounds: 1 });
    await ratio.measure({ ...PACE, rounds: 1 });
    expect(ratio.value).toBe(4);
  });

  it('times neither the preparation nor the check, and a promise until it resolves', async () => {
    const clock = new Clock();
    const slow = (ms: number) => (): Trial => {
      clock.ms += 1_000;
      return {
        run: () => Promise.resolve().then(() => void (clock.ms += ms)),
        check: () => Promise.resolve().then(() => void (clock.ms += 1_000)),
      };
    };
    const ratio = new TimeRatio(slow(30), slow(10), clock.now);
    await ratio.measure(PACE);
    expect(ratio.value).toBe(3);
  });

  it('fails when a check does', async () => {
    const clock = new Clock();
    const lossy = (): Trial => ({
      run: () => undefined,
      check: () => {
        throw new Error('one is missing');
      },
    });
    await expect(new TimeRatio(clock.taking(1), lossy, clock.now).measure(PACE)).rejects.toThrow('one is missing');
  });
});

/** A clock that goes on only while a trial runs. */
class Clock {
  ms = 0;
  readonly runs: number[] = [];
  readonly now = (): number => this.ms;
  readonly #onRun: (ms: number) => unknown;

  constructor(onRun: (ms: number) => unknown = () => undefined) {
    this.#onRun = onRun;
  }

  /** Makes trials that take so many milliseconds each, the last of these from then on. */
  taking(...times: number[]): () => Trial {
    let made = 0;
    return () => {
      const ms = times[Math.min(made++, times.length - 1)]!;
      return {
        run: () => {
          this.ms += ms;
          this.runs.push(ms);
          this.#onRun(ms);
        },
        check: () => undefined,
      };
    };
  }
}

function repeated(ms: number, times: number): number[] {
  return Array.from({ length: times }, () => ms);
}
