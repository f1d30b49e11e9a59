import { Cluster } from '../chaos/cluster.js';
import { faultsOf } from '../chaos/faults.js';
import { runPhase } from '../chaos/phase.js';
import type { Fault } from '../chaos/fault.js';

// Processes start, and a server: which takes a while on a busy machine.
jest.setTimeout(120_000);

const named = (part: string): Fault => faultsOf({ keepsStream: false }).find(({ name }) => name.includes(part))!;

describe('a phase of the chaos trial', () => {
  const violations: string[] = [];
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await Cluster.start(2, (text) => violations.push(text));
  });
  afterAll(() => cluster.stop());
  beforeEach(() => void violations.splice(0));

  it('finds nothing wrong when a clock leaps, and with what is told to be gone', async () => {
    await runPhase(cluster, named('wall clock'), 50);
    await runPhase(cluster, named('purged'), 50);

    expect(violations).toEqual([]);
  });

  it('finds messages that are gone, although told of, after a fault which may take none', async () => {
    const purge = async (): Promise<undefined> => {
      cluster.nodes[1]!.freeze();
      cluster.proxies[1]!.cut();
      await new Promise((resolve) => setTimeout(resolve, 300));
      await named('purged').strike(cluster, Promise.resolve());
      cluster.nodes[1]!.thaw();
    };
    await runPhase(cluster, { ...named('wall clock'), mayLose: true, strike: purge }, 200);

    expect(violations.join()).toMatch(/messages were told to be gone/);
  });
});
