// Runs one scenario, figure, courier or point of a curve, and sends what it measured. Always in a process of its own, started by `inProcess`: what
// one of them makes the compiler assume would slow the next one down.
import { figures } from './figures/all.js';
import { haveMemory } from './harness/have-memory.js';
import { play, type Pace } from './harness/play.js';
import type { TrialPace } from './harness/time-ratio.js';
import { timeRuns } from './harness/time-runs.js';
import { couriers } from './latency/couriers.js';
import { measureLatency, type LatencyPace } from './latency/measure-latency.js';
import { measurePoint, type ScalePace } from './scale/measure-scale.js';
import { scales } from './scale/scales.js';
import { scenarios } from './scenarios/all.js';

const [kind = '', name, pace = '', count] = process.argv.slice(2);
const parts: Readonly<Record<string, () => Promise<unknown>>> = {
  scenario: runScenario,
  figure: runFigure,
  latency: runCourier,
  scale: runPoint,
};
process.send?.(await parts[kind]?.());
process.disconnect();

async function runScenario(): Promise<unknown> {
  const scenario = scenarios.find((candidate) => candidate.name === name);
  haveMemory();
  return scenario && play(await scenario.contenders(), JSON.parse(pace) as Pace, timeRuns);
}

async function runCourier(): Promise<unknown> {
  const courier = couriers.find((candidate) => candidate.name === name);
  return courier && measureLatency(courier, JSON.parse(pace) as LatencyPace);
}

async function runPoint(): Promise<unknown> {
  const scale = scales.find((candidate) => candidate.name === name);
  return scale && measurePoint(scale, Number(count), JSON.parse(pace) as ScalePace);
}

async function runFigure(): Promise<unknown> {
  return figures.find((figure) => figure.name === name)?.measure(JSON.parse(pace) as TrialPace);
}
