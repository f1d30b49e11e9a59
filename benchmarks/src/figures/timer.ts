import { createBus, subscribe } from '@stasis-rx/core';
import { spreadOf } from '../harness/statistics.js';
import { Sample } from '../scenarios/samples.js';
import type { Figure } from './figure.js';

const BACKLOG = 1_000_000;
const HANDLER_MICROSECONDS = 1;
const ATTEMPTS = 5;

/** How late a timer is while a long backlog drains. The middle one of five: what else the machine does is not ours. */
export const timer: Figure = {
  name: 'timer',
  nodeOptions: [],
  async measure() {
    const steps = stepsFor(HANDLER_MICROSECONDS);
    const latest: number[] = [];
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) latest.push(await latestWhileDraining(steps));
    return { latestMs: spreadOf(latest).median };
  },
};

async function latestWhileDraining(steps: number): Promise<number> {
  const bus = createBus();
  const topic = bus.topic<Sample>('samples');
  let handled = 0;
  subscribe(topic, ({ data }) => void (handled += spin(steps, data.n) === 0 ? 0 : 1), { accept: [Sample] });
  const message = Sample({ n: 1 });
  for (let published = 0; published < BACKLOG; published++) topic.publish(message);

  let latest = 0;
  let due = performance.now() + 1;
  const interval = setInterval(() => {
    const now = performance.now();
    latest = Math.max(latest, now - due);
    due = now + 1;
  }, 1);
  await bus.settled();
  clearInterval(interval);
  if (handled !== BACKLOG) throw new Error(`of ${BACKLOG} messages, ${handled} have been handled`);
  return latest;
}

/** Keeps the processor busy for a number of steps; never 0. */
function spin(steps: number, seed: number): number {
  let state = seed;
  for (let step = 0; step < steps; step++) state = (Math.imul(state, 48271) & 0x7fffffff) | 1;
  return state;
}

function stepsFor(microseconds: number): number {
  const trial = 2_000_000;
  spin(trial, 1);
  const startedAt = performance.now();
  spin(trial, 1);
  return Math.ceil((trial * microseconds) / 1000 / (performance.now() - startedAt));
}
