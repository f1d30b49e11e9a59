// The program of the page: waits to be told which scenario to play.
import { play, type Pace, type Result } from '../harness/play.js';
import { timeRuns } from '../harness/time-runs.js';
import { queuedAndSynchronous } from '../scenarios/queued-and-synchronous.js';

/** What the page offers to whoever drives it. */
export interface BenchmarkPage {
  playScenario(name: string, pace: Pace): Promise<Result[]>;
}

const page: BenchmarkPage = {
  async playScenario(name, pace) {
    const scenario = queuedAndSynchronous.find((candidate) => candidate.name === name);
    if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
    return play(await scenario.contenders(), pace, timeRuns);
  },
};

Object.assign(globalThis, page);
