import type { Program } from '../processes/program.js';
import type { Usage } from './protocol.js';
import { WatchedServer, type ServerFigures } from './server-watch.js';
import { WorkerProcess } from './worker-process.js';

/** More topics than this, of all members together, and some members share a process. */
const MOST_TOPICS_APART = 20_000;
const SHARED_PROCESSES = 10;
const HEARTBEAT_MS = 1000;
/** Of those who share processes: one machine does not do otherwise what all of them do in a beat. */
const HEARTBEAT_LONG_MS = 5000;
/** What has happened is said in the next three beats: until then a group is not idle. */
const BEATS_UNTIL_REST = 4;
const IDLE_MS = 10_000;
const IDLE_BEATS = 4;

/** How large a group is. */
export interface Scale {
  readonly members: number;
  readonly topics: number;
}

/** What was measured of a group; rates are those of a second in which nothing happens. */
export interface ScaleFigures extends Scale {
  readonly processes: number;
  readonly heartbeatMs: number;
  readonly readyMs: number;
  readonly server: ServerFigures;
  /** Of one member. */
  readonly member: Usage;
}

/** Starts a group over a server of its own, sees that it works, and measures what it costs while nothing happens. */
export async function measure(program: Program, { members, topics }: Scale): Promise<ScaleFigures> {
  const isLarge = isTooLarge({ members, topics });
  const heartbeatMs = isLarge ? HEARTBEAT_LONG_MS : HEARTBEAT_MS;
  const server = await WatchedServer.start();
  const workers: WorkerProcess[] = [];
  try {
    for (const eids of sharedOut({ members, topics })) {
      workers.push(new WorkerProcess(program.path, { url: server.server.url, eids, topics, members, heartbeatMs }));
    }
    const all = (request: Parameters<WorkerProcess['ask']>[0]): Promise<Usage[]> =>
      Promise.all(workers.map((worker) => worker.ask(request)));
    await all('connect');
    const begun = performance.now();
    if (isLarge) await oneAfterTheOther(workers);
    else await all('join');
    const readyMs = performance.now() - begun;
    await all('meet');
    await all('cross');
    await rest(BEATS_UNTIL_REST * heartbeatMs);
    const idle = await measureIdle(server, all, Math.max(IDLE_MS, IDLE_BEATS * heartbeatMs));
    await all('meet');
    const member = { cpuMs: idle.used.cpuMs / members, memoryBytes: idle.used.memoryBytes / members };
    return { members, topics, processes: workers.length, heartbeatMs, readyMs, server: idle.server, member };
  } finally {
    for (const worker of workers) worker.end();
    await server.stop();
  }
}

/** All at once, they would be busy with each other for so long that the server cut them off. */
async function oneAfterTheOther(workers: readonly WorkerProcess[]): Promise<void> {
  for (const worker of workers) await worker.ask('join');
}

async function measureIdle(
  server: WatchedServer,
  all: (request: 'usage') => Promise<Usage[]>,
  idleMs: number,
): Promise<{ server: ServerFigures; used: Usage }> {
  await all('usage');
  const [before, begun] = [await server.figures(), performance.now()];
  await rest(idleMs);
  const [after, seconds] = [await server.figures(), (performance.now() - begun) / 1000];
  const usages = await all('usage');
  const rate = (of: keyof ServerFigures): number => (after[of] - before[of]) / seconds;
  return {
    server: {
      inMessages: rate('inMessages'),
      outMessages: rate('outMessages'),
      inBytes: rate('inBytes'),
      outBytes: rate('outBytes'),
      cpuMs: rate('cpuMs'),
      memoryBytes: after.memoryBytes,
    },
    used: {
      cpuMs: usages.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / seconds,
      memoryBytes: usages.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
    },
  };
}

/** Whether it is more than one machine can hold, if each member has a process of its own. */
function isTooLarge({ members, topics }: Scale): boolean {
  return members * topics > MOST_TOPICS_APART;
}

/** Which members live in which process: each in one of its own, unless that is too much for one machine. */
function sharedOut({ members, topics }: Scale): string[][] {
  const processes = isTooLarge({ members, topics }) ? Math.min(members, SHARED_PROCESSES) : members;
  return Array.from({ length: processes }, (_, process) =>
    Array.from({ length: members }, (_member, index) => `bus-${index + 1}`).filter(
      (_eid, index) => index % processes === process,
    ),
  );
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
