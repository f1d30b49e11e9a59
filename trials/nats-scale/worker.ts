// One process of the measurement, with one member or some.
import { Member } from './member.js';
import type { Answer, Request, Usage, WorkerSettings } from './protocol.js';

const { url, eids, topics, members, heartbeatMs } = JSON.parse(process.argv[2] ?? '') as WorkerSettings;
let all: Member[] = [];
let before = process.cpuUsage();

async function act(request: Request): Promise<void> {
  if (request === 'connect') all = await Promise.all(eids.map((eid) => Member.connect(url, eid, topics)));
  else if (request === 'join') await Promise.all(all.map((member) => member.join(heartbeatMs)));
  else if (request === 'meet') await Promise.all(all.map((member) => member.meet(members)));
  else if (request === 'cross') await Promise.all(all.map((member) => member.cross(members)));
}

function usage(): Usage {
  const now = process.cpuUsage();
  const cpuMs = (now.user - before.user + now.system - before.system) / 1000;
  before = now;
  return { cpuMs, memoryBytes: process.memoryUsage.rss() };
}

process.on('message', (request: Request) => {
  const answer = (value: Answer): void => void process.send?.(value);
  act(request).then(
    () => answer({ usage: usage() }),
    (error: unknown) => answer({ error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
