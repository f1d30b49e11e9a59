// `npm run soak`: a long random run of the packages against a model. Prints what it did; ends with 1 when something broke.
import { heapInUse, isBackAtBaseline, watchHeapPeak } from './heap.js';
import { readOptions, USAGE } from './options.js';
import { megabytes, progress, report } from './report.js';
import { soak, type SoakOptions } from './soak.js';

/** By then everything has run that runs often, and is compiled: what the heap holds is the baseline. */
const WARM_UP = 100_000;
const PROGRESS_MS = 10_000;

const options = readOptions(process.argv.slice(2));
if (options === undefined) process.stdout.write(USAGE);
else if (!(await run(options))) process.exitCode = 1;

/** Returns whether every invariant held. */
async function run(options: SoakOptions): Promise<boolean> {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error('expected node to run with --expose-gc, as `npm run soak` does');
  process.stdout.write(`Soaking with the seed ${options.seed}, after a short run to warm up ...\n`);
  const warmUp = await violationsOf({ ...options, messages: WARM_UP, seconds: 0 });
  if (warmUp.length > 0) return fail(warmUp, options.seed, WARM_UP);

  const baseline = await heapInUse(gc);
  const stopWatching = watchHeapPeak();
  const { figures, violations, leftovers, kept } = await soak({ ...options, onLull: occasionally(PROGRESS_MS) });
  const heap = { baseline, peak: stopWatching(), final: await heapInUse(gc) };
  process.stdout.write(report(figures, heap, leftovers));
  const left = [
    isBackAtBaseline(heap) ? [] : `the heap holds ${megabytes(heap.final - heap.baseline)} more than before`,
    leftovers.reachable === 0 ? [] : `${leftovers.reachable} topics and subscriptions that have ended are still held`,
  ].flat();
  const broken = violations.length > 0 ? violations : left;
  if (broken.length > 0) return fail(broken, options.seed, figures.messages);
  process.stdout.write(`Every invariant held; the bus "${kept.bus.name}" is closed and empty.\n`);
  return true;
}

/** Runs a soak of which nothing else is kept. */
async function violationsOf(options: SoakOptions): Promise<readonly string[]> {
  return (await soak(options)).violations;
}

function fail(broken: readonly string[], seed: number, messages: number): false {
  process.stderr.write(
    `\nThe soak failed after ${messages} messages:\n${broken.map((text) => `  ${text}\n`).join('')}`,
  );
  process.stderr.write(`To see it again: npm run soak -- --seed ${seed} --messages ${messages}\n`);
  return false;
}

/** Prints how far it is, but not too often. */
function occasionally(intervalMs: number): NonNullable<SoakOptions['onLull']> {
  let next = intervalMs;
  return (figures) => {
    if (figures.elapsedMs < next) return;
    next = figures.elapsedMs + intervalMs;
    process.stdout.write(`  ${progress(figures)}\n`);
  };
}
