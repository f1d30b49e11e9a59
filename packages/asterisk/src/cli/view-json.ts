import type { JobResult, JobStatus, View } from './view.js';

/** One JSON object a line: `start`, a `progress` each second, `end`. */
export function createJsonView(write: (text: string) => void): View {
  const line = (type: string, fields: object) => write(`${JSON.stringify({ type, ...fields })}\n`);
  return {
    refreshMs: 1000,
    start: (job) => line('start', job),
    update: (status: JobStatus) => line('progress', status),
    end: (result: JobResult) => line('end', result),
    abandon: () => undefined,
  };
}
