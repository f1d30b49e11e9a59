import { join, type Member } from './join.js';

/** What the test may ask of the page. */
export interface TestPage {
  join(eid: string): Promise<void>;
  /** Starts a worker that joins as `worker`, publishes so many notes, and leaves when it is told to. */
  startWorker(count: number): void;
  stopWorker(): void;
  readonly member: Member;
}

let worker: Worker | undefined;

const page = {
  join: async (eid: string) => {
    Object.assign(page, { member: await join(eid) });
  },
  startWorker: (count: number) => {
    worker = new Worker(new URL('worker.ts', import.meta.url), { type: 'module' });
    worker.postMessage(count);
  },
  stopWorker: () => worker?.postMessage('leave'),
};

Object.assign(globalThis, { testPage: page });
