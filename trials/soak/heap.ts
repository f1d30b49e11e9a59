import { macrotask } from './patience.js';

/** Often enough to see backlogs, seldom enough to cost nothing. */
const SAMPLE_MS = 100;

/** What a run may leave behind in the heap: compiled code and its feedback come and go. */
const TOLERANCE = 2 * 2 ** 20;

/** Compiled code holds on to some objects until it is old: it took up to seven collections. */
const COLLECTIONS = 20;

/** Figures of the heap, in bytes. */
export interface HeapFigures {
  readonly baseline: number;
  readonly peak: number;
  readonly final: number;
}

/** Bytes in the heap that can be reached. */
export async function heapInUse(gc: () => unknown): Promise<number> {
  for (let round = 0; round < COLLECTIONS; round++) {
    // What was looked at through a weak reference is held until the task ends.
    await macrotask();
    gc();
  }
  return process.memoryUsage().heapUsed;
}

/** Looks at the heap from time to time, until told to stop. */
export function watchHeapPeak(): () => number {
  let peak = 0;
  const look = (): void => {
    peak = Math.max(peak, process.memoryUsage().heapUsed);
  };
  look();
  const timer = setInterval(look, SAMPLE_MS);
  return () => {
    clearInterval(timer);
    return peak;
  };
}

export function isBackAtBaseline({ baseline, final }: HeapFigures): boolean {
  return final <= baseline + TOLERANCE;
}
