// A worker with a bus of its own. It is told by notes of `main` what to do: how many notes to publish, or 0 to leave.
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { subscribe } from '@stasis-rx/core';
import { join, Note } from './member.js';

const { eid, state } = workerData as { readonly eid: string; readonly state?: number };
const { bus, link, publish } = join(eid, parentPort as MessagePort, { state });

subscribe(
  bus.topic('calls'),
  ({ eid: from, data }) => {
    if (from !== 'main' || data.id !== eid) return;
    if (data.n === 0) void link.close();
    else publish(data.n);
  },
  { accept: [Note] },
);
