import { StasisError } from '@stasis-rx/core';
import {
  DiscardPolicy,
  JetStreamApiError,
  RetentionPolicy,
  StorageType,
  type JetStreamManager,
  type StreamInfo,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/nats-core';
import type { Subjects } from './subjects.js';

/** A stream to be made when there is none of that name; one that is there is used as it is. */
export interface StreamSettings {
  /** Letters, digits, `_` and `-`. */
  readonly name: string;
  /** How long frames are kept, in milliseconds: longer than the longest disconnection to be bridged. Default: one hour. */
  readonly maxAgeMs?: number | undefined;
  /** How many bytes are kept; beyond that the oldest go. Default: 256 MiB. */
  readonly maxBytes?: number | undefined;
  /** `file` outlives the server, `memory` does not. Default: `file`. */
  readonly storage?: 'file' | 'memory' | undefined;
  /** On how many servers of a cluster it is kept: 1, 3 or 5. Default: 1. */
  readonly replicas?: number | undefined;
}

const STREAM_NOT_FOUND = 10059;

/** The stream, made when it is to be. @throws StasisError `STREAM` when it is not there or captures something else */
export async function openStream(
  manager: JetStreamManager,
  stream: string | StreamSettings,
  subjects: Subjects,
): Promise<StreamInfo> {
  const name = typeof stream === 'string' ? stream : stream.name;
  const info = await findStream(manager, name, typeof stream === 'string');
  if (info === undefined) return manager.streams.add(streamConfig(stream as StreamSettings, subjects));
  assertUsable(info, name, subjects.allData);
  return info;
}

/** @throws StasisError `STREAM` */
function assertUsable({ config }: StreamInfo, name: string, data: string): void {
  const subjects = (config.subjects as readonly string[] | undefined) ?? []; // a mirror has none
  const expected = `[nats] bridge(): expected the stream "${name}" to`;
  if (!subjects.some((pattern) => covers(pattern, data))) {
    throw new StasisError('STREAM', `${expected} capture ${data}, got ${subjects.join(', ')}.`);
  }
  if (config.retention === RetentionPolicy.Workqueue) {
    throw new StasisError(
      'STREAM',
      `${expected} keep frames for every reader, got retention "workqueue". Use "limits".`,
    );
  }
}

async function findStream(manager: JetStreamManager, name: string, isNeeded: boolean): Promise<StreamInfo | undefined> {
  try {
    return await manager.streams.info(name);
  } catch (cause) {
    if (!(cause instanceof JetStreamApiError) || cause.code !== STREAM_NOT_FOUND) throw cause;
    if (!isNeeded) return undefined;
    const text = `[nats] bridge(): expected a stream "${name}", got none. Give its settings to have it made.`;
    throw new StasisError('STREAM', text, { cause });
  }
}

function streamConfig(settings: StreamSettings, subjects: Subjects): Parameters<JetStreamManager['streams']['add']>[0] {
  const { name, maxAgeMs = 3_600_000, maxBytes = 268_435_456, storage = 'file', replicas = 1 } = settings;
  return {
    name,
    subjects: [subjects.allData],
    storage: storage === 'file' ? StorageType.File : StorageType.Memory,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    max_age: nanos(maxAgeMs),
    max_bytes: maxBytes,
    num_replicas: replicas,
  };
}

/** Whether everything that the second pattern matches is matched by the first one. */
export function covers(pattern: string, other: string): boolean {
  const ours = pattern.split('.');
  const theirs = other.split('.');
  for (const [index, token] of ours.entries()) {
    const their = theirs[index];
    if (token === '>') return their !== undefined;
    if (their === undefined || their === '>' || (token !== '*' && token !== their)) return false;
  }
  return ours.length === theirs.length;
}
