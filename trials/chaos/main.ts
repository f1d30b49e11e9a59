// `npm run chaos`: twelve processes publish to each other over a real server, while everything breaks that can. Fails when a
// message is lost and nobody was told, comes twice or out of order, when caches and aggregates do not agree after a fault, or
// when a member is taken for lost because of one that it survives. `--members` and `--messages` (of each) say how many.
import { settle } from './agreement.js';
import { Cluster } from './cluster.js';
import { faultsOf } from './faults.js';
import { judge } from './judge.js';
import { readOptions } from './options.js';
import { runPhase } from './phase.js';
import { Violations } from './violations.js';

const options = readOptions(process.argv.slice(2));
const { members, messages } = options;
/** A fault needs a few thousand messages around it, wherever they come from. */
const rounds = Math.max(1, Math.round((messages * members) / 190_000));

const violations = new Violations((text) => print(`VIOLATION ${text}`));
const startedAt = performance.now();
let cluster: Cluster | undefined;
try {
  cluster = await Cluster.start(members, violations.add);
  const phases = Array.from({ length: rounds }, () => faultsOf(options)).flat();
  print(`${members} processes, ${messages} messages each, ${phases.length} faults; all there after ${seconds()} s`);
  for (const [index, fault] of phases.entries()) {
    const from = Math.floor((messages * index) / phases.length);
    const to = Math.floor((messages * (index + 1)) / phases.length);
    print(await runPhase(cluster, fault, to - from));
  }
  await settle(cluster, 'the end');
  await judge(cluster, print);
  await Promise.all(cluster.nodes.map((node) => node.ask('closed', { type: 'close' })));
} catch (error) {
  violations.add(String(error));
} finally {
  await cluster?.stop();
}
print(`${violations.count} violations in ${seconds()} s`);
process.exit(violations.count > 0 ? 1 : 0);

function seconds(): number {
  return Math.round((performance.now() - startedAt) / 1000);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
