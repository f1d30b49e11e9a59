import { pause } from './chance.js';
import type { Cluster } from './cluster.js';
import type { NodeProcess } from './node-process.js';
import type { LaneProgress, NodeReport, Received } from './protocol.js';

/** Who receives or sends: one life of a node. */
export type Party = Pick<NodeProcess, 'eid' | 'life' | 'isAlive' | 'progress'>;

/** Waits until these receivers have everything, or were told that it is gone. Returns what is missing, if that never comes. */
export async function waitUntilCovered(
  cluster: Cluster,
  receivers: readonly NodeProcess[],
  withinMs: number,
): Promise<string[]> {
  const begun = performance.now();
  for (;;) {
    const reports = await Promise.all(receivers.map((node) => node.report()));
    const missing = receivers.flatMap((receiver, index) =>
      cluster.allLives.flatMap((sender) => uncovered(receiver, reports[index] as NodeReport, sender)),
    );
    if (missing.length === 0 || performance.now() - begun > withinMs) return missing;
    await pause(cluster.lookEveryMs);
  }
}

/** What a receiver lacks of what one life of a sender has published: delivered and told to be gone must be all of it. */
export function uncovered(receiver: Party, { received }: Pick<NodeReport, 'received'>, sender: Party): string[] {
  const wasThereBefore = receiver.life === 1;
  if (sender.eid === receiver.eid) return [];
  if (!wasThereBefore && !sender.isAlive) return []; // it may have been killed before the receiver began
  return sender.progress.flatMap((progress) => {
    const got = of(received, sender, sender.life, progress.lane) ?? of(received, sender, 0, progress.lane);
    if (got === undefined && !wasThereBefore) return []; // nothing may have been published since it began
    const what = `${receiver.eid} life ${receiver.life} of ${sender.eid} life ${sender.life}, lane ${progress.lane}`;
    return faultsOf(got, progress, sender.isAlive, wasThereBefore).map((fault) => `${what}: ${fault}`);
  });
}

function faultsOf(
  got: Received | undefined,
  { published, confirmed, place }: LaneProgress,
  isAlive: boolean,
  wasThereBefore: boolean,
): string[] {
  const needed = isAlive ? published : confirmed;
  const { first = 1, toldBefore = 0, last = 0, told = 0, place: reached = 0 } = got ?? {};
  const faults: string[] = [];
  if (needed > last + told) faults.push(`lost: ${last} of ${needed}, told of ${told}`);
  if (isAlive && told > place - reached) faults.push(`told of ${told} where there were ${place - reached}`);
  if (wasThereBefore && first - 1 > toldBefore) faults.push(`lost: begins with ${first}, told of ${toldBefore}`);
  return faults;
}

function of(received: readonly Received[], { eid }: Party, life: number, lane: string): Received | undefined {
  return received.find((each) => each.eid === eid && each.life === life && each.lane === lane);
}
