import { pairedRatio, spreadOf } from './harness/statistics.js';
import type { Pace, Result } from './harness/play.js';
import { inProcess } from './in-process.js';
import { scenarios } from './scenarios/all.js';
import { targets } from './targets.js';

const only = process.argv[2];
const pace: Pace = { rounds: 11, turnMs: 60, warmUpRounds: 4 };
let failed = false;
for (const { name, title } of scenarios) {
  if (only !== undefined && !name.startsWith(only)) continue;
  const results = (await inProcess('run-scenario.js', [name, JSON.stringify(pace)])) as Result[];
  process.stdout.write(`\n${name}: ${title}\n`);
  for (const result of results) {
    const { median, lower, upper } = spreadOf(result.rates);
    const millions = [median, lower, upper].map((rate) => (rate / 1e6).toFixed(2));
    process.stdout.write(
      `  ${result.name.padEnd(36)} ${String(millions[0]).padStart(8)} M/s  (${millions[1]} to ${millions[2]})\n`,
    );
  }
  for (const { scenario, of, against, floor, aim } of targets) {
    if (scenario !== name) continue;
    const rates = (wanted: string): readonly number[] => results.find((result) => result.name === wanted)?.rates ?? [];
    const { median, lower, upper } = pairedRatio(rates(of), rates(against));
    const missed = floor !== undefined && median < floor;
    failed ||= missed;
    process.stdout.write(
      `    against ${against.padEnd(36)} ${median.toFixed(2)} x (${lower.toFixed(2)} to ${upper.toFixed(2)})  floor ${floor ?? '-'}  aim ${aim ?? '-'}${missed ? '  MISSED' : ''}\n`,
    );
  }
}
if (failed && process.argv.includes('--check')) process.exitCode = 1;
