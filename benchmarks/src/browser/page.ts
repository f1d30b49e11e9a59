// The program of the page: waits to be told which scenario to play.
import { play, type Pace, type Result } from '../harness/play.js';
import { timeRuns } from '../harness/time-runs.js';
import { couriers } from '../latency/couriers.js';
import { measureLatency, type Latency, type LatencyPace } from '../latency/measure-latency.js';
import { queuedAndSynchronous } from '../scenarios/queued-and-synchronous.js';

/** What the page offers to whoever drives it. */
export interface BenchmarkPage {
  playScenario(name: string, pace: Pace): Promise<Result[]>;
  measureCourier(name: string, pace: LatencyPace): Promise<Latency>;
}

const page: BenchmarkPage = {
  async playScenario(name, pace) {
    const scenario = queuedAndSynchronous.find((candidate) => candidate.name === name);
    if (scenario === undefined) throw new Error(`there is no scenario ${name}`);
    return play(await scenario.contenders(), pace, timeRuns);
  },
  async measureCourier(name, pace) {
    const courier = couriers.find((candidate) => candidate.name === name);
    if (courier === undefined) throw new Error(`there is no courier ${name}`);
    return measureLatency(courier, pace);
  },
};

Object.assign(globalThis, page);
