import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

/** Where and with what was measured. */
export interface Machine {
  /** As year, month and day. */
  readonly date: string;
  readonly processor: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly system: string;
  readonly node: string;
  readonly v8: string;
  /** Processes that wanted to run in the minute before, on average. */
  readonly load: number;
  /** How long the first touch of a page of memory takes: until the system has given it, and its host, where it has one. */
  readonly pageMicroseconds: number;
  /** Versions of the packages that were measured, by name. */
  readonly packages: Readonly<Record<string, string>>;
}

/** Looks at this machine. */
export function thisMachine(): Machine {
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.versions.node,
    v8: process.versions.v8,
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    pageMicroseconds: Number(pageMicroseconds().toPrecision(2)),
    packages: packages(),
  };
}

const PAGE_BYTES = 4096;
const PAGES = 4096;

function pageMicroseconds(): number {
  const memory = Buffer.allocUnsafeSlow(PAGES * PAGE_BYTES);
  const startedAt = performance.now();
  for (let at = 0; at < memory.length; at += PAGE_BYTES) memory[at] = 1;
  return ((performance.now() - startedAt) * 1000) / PAGES;
}

/** The benchmarks' dependencies, whose versions are pinned. */
function packages(): Record<string, string> {
  const path = new URL('../../package.json', import.meta.url);
  const { dependencies } = JSON.parse(readFileSync(path, 'utf8')) as { dependencies: Record<string, string> };
  return dependencies;
}
