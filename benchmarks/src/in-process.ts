import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Figure } from './figures/figure.js';
import { withYoungGeneration } from './harness/have-memory.js';
import { playAfresh, type Pace, type Result } from './harness/play.js';
import type { TrialPace } from './harness/time-ratio.js';
import type { Courier } from './latency/courier.js';
import type { Latency, LatencyPace } from './latency/measure-latency.js';
import { together } from './latency/together.js';
import { SCALE_NODE_OPTIONS, type ScalePace } from './scale/measure-scale.js';
import type { Scale, ScalePoint } from './scale/scale.js';
import type { Scenario } from './scenarios/scenario.js';

/** Plays a scenario, each start in a process of its own. */
export function playInProcess({ name }: Scenario, pace: Pace): Promise<Result[]> {
  return playAfresh(
    pace,
    async () => (await inProcess(withYoungGeneration(), ['scenario', name, JSON.stringify(pace)])) as Result[],
  );
}

/** Measures a figure in a process of its own. */
export async function measureInProcess(figure: Figure, pace: TrialPace): Promise<Readonly<Record<string, number>>> {
  return (await inProcess(figure.nodeOptions, ['figure', figure.name, JSON.stringify(pace)])) as Readonly<
    Record<string, number>
  >;
}

/** Measures a courier, each start in a process of its own. */
export async function measureLatencyInProcess({ name }: Courier, starts: number, pace: LatencyPace): Promise<Latency> {
  const measured: Latency[] = [];
  for (let start = 0; start < starts; start++) {
    measured.push((await inProcess([], ['latency', name, JSON.stringify(pace)])) as Latency);
  }
  return together(measured);
}

/** Measures a curve, each of its points in a process of its own. */
export async function measureScaleInProcess({ name, counts }: Scale, pace: ScalePace): Promise<ScalePoint[]> {
  const points: ScalePoint[] = [];
  for (const count of counts.filter((each) => each <= pace.most)) {
    points.push(
      (await inProcess(SCALE_NODE_OPTIONS, ['scale', name, JSON.stringify(pace), String(count)])) as ScalePoint,
    );
  }
  return points;
}

/**
 * @returns what `run-part.js` sends
 * @throws Error when it fails, or sends nothing
 */
async function inProcess(nodeOptions: readonly string[], args: readonly string[]): Promise<unknown> {
  const program = fileURLToPath(new URL('run-part.js', import.meta.url));
  const child = fork(program, args, { execArgv: [...nodeOptions] });
  let answer: unknown;
  child.on('message', (message) => {
    answer = message;
  });
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code ?? signal ?? 'nothing'}`);
  if (answer === undefined) throw new Error(`${args.join(' ')} has measured nothing`);
  return answer;
}
