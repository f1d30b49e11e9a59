import { markdownTable } from '../../scripts/markdown-table.mjs';
import type { ScaleFigures } from './measure.js';

const HEAD = [
  'members',
  'processes',
  'topics',
  'heartbeat',
  'all ready after',
  'server: messages/s in, out',
  'kB/s in, out',
  'CPU',
  'memory',
  'a member: CPU',
  'memory',
];

/** What was measured, for a page. */
export function scaleTable(figures: readonly ScaleFigures[]): string {
  return markdownTable([HEAD, ...figures.map(row)]);
}

function row({ members, processes, topics, heartbeatMs, readyMs, server, member }: ScaleFigures): string[] {
  return [
    whole(members),
    whole(processes),
    whole(topics),
    `${whole(heartbeatMs)} ms`,
    `${whole(readyMs)} ms`,
    `${whole(server.inMessages)}, ${whole(server.outMessages)}`,
    `${kilobytes(server.inBytes)}, ${kilobytes(server.outBytes)}`,
    share(server.cpuMs),
    megabytes(server.memoryBytes),
    share(member.cpuMs),
    megabytes(member.memoryBytes),
  ];
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toLocaleString('en', { maximumFractionDigits: bytes < 10_000 ? 1 : 0 });
}

function megabytes(bytes: number): string {
  return `${whole(bytes / 1_000_000)} MB`;
}

/** @param cpuMs a second */
function share(cpuMs: number): string {
  return `${(cpuMs / 10).toFixed(1)} %`;
}
