// `npm run bench:engines`: the scenarios on each version of Node that there is, one after the other, into the document.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { replaceEnginesPart, type EngineReport } from './report/engines.js';
import { thisMachine } from './report/machine.js';
import type { ScenarioReport } from './report/report.js';
import { scenarios } from './scenarios/all.js';

const ROOT = new URL('../../', import.meta.url);
const DOCUMENT = new URL('docs/performance.md', ROOT);

interface Platforms {
  readonly NODES: readonly string[];
}

const { NODES } = (await import(new URL('scripts/platforms.mjs', ROOT).href)) as Platforms;
const folder = mkdtempSync(join(tmpdir(), 'stasis-rx-engines-'));
try {
  const engines = NODES.map((version) => measure(version, join(folder, `${version}.json`)));
  replaceEnginesPart(DOCUMENT, engines, thisMachine().date);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function measure(version: string, file: string): EngineReport {
  process.stdout.write(`\nNode ${version}\n`);
  const wanted = scenarios.flatMap(({ name }) => ['--only', name]);
  const [main, withNode] = [new URL('main.js', import.meta.url), new URL('scripts/with-node.mjs', ROOT)];
  const command = [version, 'node', fileURLToPath(main), '--json', file, ...wanted];
  execFileSync(process.execPath, [fileURLToPath(withNode), ...command], { stdio: 'inherit' });
  const { scenarios: measured } = JSON.parse(readFileSync(file, 'utf8')) as { readonly scenarios: ScenarioReport[] };
  return { node: version, scenarios: measured };
}
