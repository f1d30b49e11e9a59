// `npm run nats:scale`: what bridges cost while nothing happens, in small and large groups with few and many topics, over a
// real server; writes it into docs/nats.md. With `--print` it only says it. What does not work ends it with 1.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { withWrittenPart } from '../../scripts/written-part.mjs';
import { makeProgram } from '../processes/program.js';
import { measure, type ScaleFigures } from './measure.js';
import { WatchedServer } from './server-watch.js';
import { scaleTable } from './table.js';

const PAGE = new URL('../../docs/nats.md', import.meta.url);
const MARKERS = {
  begin: '<!-- at rest: written by `npm run nats:scale` -->',
  end: '<!-- end of what a group costs at rest -->',
};
const MEMBERS = [2, 12, 50];
const TOPICS = [10, 1000];

const { values } = parseArgs({ options: { print: { type: 'boolean' } } });
const begun = performance.now();
const program = makeProgram(new URL('worker.ts', import.meta.url));
const figures: ScaleFigures[] = [];
try {
  for (const topics of TOPICS) {
    for (const members of MEMBERS) {
      figures.push(await measure(program, { members, topics }));
      print(`${members} members, ${topics} topics: measured after ${Math.round((performance.now() - begun) / 1000)} s`);
    }
  }
} finally {
  program.remove();
}
const text = `${scaleTable(figures)}\n${await machine()}\n`;
print(`\n${text}`);
if (values.print !== true) writeFileSync(PAGE, withWrittenPart(readFileSync(PAGE, 'utf8'), MARKERS, text));
process.exit(0);

async function machine(): Promise<string> {
  const server = await WatchedServer.start();
  const version = await server.version();
  await server.stop();
  const cores = cpus();
  return `On ${cores.length} cores (${cores[0]?.model.trim()}, Node ${process.versions.node}, nats-server ${version}).`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
