import { buildSync } from 'esbuild';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

let program: string | undefined;

/** Starts a worker, whose program is put together from the sources as they stand. @param state what it has in its cache */
export function startWorker(eid: string, state?: number): Worker {
  program ??= buildProgram();
  return new Worker(program, { eval: true, workerData: { eid, state } });
}

function buildProgram(): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(__dirname, 'worker.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    conditions: ['@stasis-rx/source'],
    write: false,
  });
  return outputFiles[0]!.text;
}
