import { nextTask } from '../harness/next-task.js';

/** Bytes of the heap that are still reachable. Needs `--expose-gc`. */
export async function heapInUse(): Promise<number> {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error('expected node to run with --expose-gc');
  // What is only held weakly takes a collection to be let go, and a task, and another collection to be gone.
  for (let pass = 0; pass < 3; pass++) {
    gc();
    await nextTask();
  }
  return process.memoryUsage().heapUsed;
}
