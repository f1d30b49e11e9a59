// Runs one scenario or one figure, and sends what it measured. Always in a process of its own, started by `inProcess`: what
// one of them makes the compiler assume would slow the next one down.
import { figures } from './figures/all.js';
import { play, type Pace } from './harness/play.js';
import type { TrialPace } from './harness/time-ratio.js';
import { timeRuns } from './harness/time-runs.js';
import { scenarios } from './scenarios/all.js';

const [kind, name, pace = ''] = process.argv.slice(2);
process.send?.(await (kind === 'scenario' ? runScenario() : runFigure()));
process.disconnect();

async function runScenario(): Promise<unknown> {
  const scenario = scenarios.find((candidate) => candidate.name === name);
  return scenario && play(await scenario.contenders(), JSON.parse(pace) as Pace, timeRuns);
}

async function runFigure(): Promise<unknown> {
  return figures.find((figure) => figure.name === name)?.measure(JSON.parse(pace) as TrialPace);
}
