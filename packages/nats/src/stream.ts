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

/** A stream to be made when there is none of that name, or it is gone; one that is there is used as it is. */
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
const NO_PEERS_YET = 10005;
const SUBJECTS_OVERLAP = 10065;

/**
 * The stream, made when it is to be.
 * @param maxPayload the largest message that the server takes, in bytes
 * @throws StasisError `STREAM` when it is not there, cannot be made, captures something else, or would lose frames
 */
export async function openStream(
  manager: JetStreamManager,
  stream: string | StreamSettings,
  subjects: Subjects,
  maxPayload: number,
): Promise<StreamInfo> {
  const name = typeof stream === 'string' ? stream : stream.name;
  const found = await findStream(manager, name, typeof stream === 'string');
  const info = found ?? (await makeStream(manager, stream as StreamSettings, subjects));
  const fault = faultOf(info, subjects.allData, maxPayload);
  if (fault !== undefined) {
    throw new StasisError('STREAM', `[nats] bridge(): expected the stream "${name}" to ${fault}`);
  }
  return info;
}

/** What a stream would have to do, and does not; nothing when it will do. */
function faultOf({ config }: StreamInfo, data: string, maxPayload: number): string | undefined {
  const subjects = (config.subjects as readonly string[] | undefined) ?? []; // a mirror has none
  const { retention, discard, no_ack: isSilent, max_msg_size: maxSize } = config;
  if (!subjects.some((pattern) => covers(pattern, data))) return `capture ${data}, got ${subjects.join(', ')}.`;
  if (retention !== RetentionPolicy.Limits) {
    return `keep frames for every reader, got retention "${retention}". Use "limits".`;
  }
  if (discard !== DiscardPolicy.Old) return `make room by discarding the old, got discard "${discard}". Use "old".`;
  if (isSilent) return 'confirm what it stores, got no_ack.';
  if (maxSize > 0 && maxSize < maxPayload) {
    return `take messages of ${maxPayload} bytes, the server's max_payload, got max_msg_size ${maxSize}.`;
  }
  return undefined;
}

/** How long somebody else may take to make the stream at the same time: until then there is no room for another one. */
const MAKING_MS = 250;

/** A server that cannot be reached, or is not there with all it has, is tried again; one that says no is not. */
async function makeStream(
  manager: JetStreamManager,
  settings: StreamSettings,
  subjects: Subjects,
): Promise<StreamInfo> {
  try {
    return await manager.streams.add(streamConfig(settings, subjects));
  } catch (cause) {
    if (!(cause instanceof JetStreamApiError) || cause.status === 503 || cause.code === NO_PEERS_YET) throw cause;
    await new Promise((resolve) => setTimeout(resolve, MAKING_MS));
    const made = await findStream(manager, settings.name, false);
    if (made !== undefined) return made;
    const hint = cause.code === SUBJECTS_OVERLAP ? ' Name that one, or give this group a subject of its own.' : '';
    const text = `[nats] bridge(): the server does not make the stream "${settings.name}" for ${subjects.allData}`;
    throw new StasisError('STREAM', `${text}: ${cause.message}.${hint}`, { cause });
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
