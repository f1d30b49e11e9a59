import type { Request } from '../protocol/frames.js';

/** No request comes near. */
export const MAX_REQUEST_LENGTH = 65_536;

const MAX_NAME_LENGTH = 10_000;
const MAX_PATH_LENGTH = 64;
const SHORTEST_INTERVAL_MS = 100;
const LONGEST_INTERVAL_MS = 60_000;

type Check = (value: unknown) => boolean;
type Fields = Readonly<Record<string, Check>>;

const isName: Check = (value) => typeof value === 'string' && value.length <= MAX_NAME_LENGTH;
const isIndex: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isPath: Check = (value) =>
  Array.isArray(value) && value.length <= MAX_PATH_LENGTH && value.every((part) => isName(part) || isIndex(part));
const isInterval: Check = (value) =>
  value === null ||
  (Number.isInteger(value) && (value as number) >= SHORTEST_INTERVAL_MS && (value as number) <= LONGEST_INTERVAL_MS);

const OF_SUBSCRIPTION: Fields = { subscription: isName };

/** By what it is, what a request consists of. */
const REQUESTS: ReadonlyMap<unknown, Fields> = new Map<unknown, Fields>([
  ['watch', { records: (value) => typeof value === 'boolean', statisticsMs: isInterval }],
  ['snapshot', {}],
  ['cache', { updates: isName }],
  ['message', { id: isIndex, path: isPath }],
  ['pause', OF_SUBSCRIPTION],
  ['resume', OF_SUBSCRIPTION],
  ['step', OF_SUBSCRIPTION],
  ['hold', {}],
  ['release', {}],
]);

/** A request that cannot be read: what was asked for, as far as that is known, and what is wrong. */
export interface Unreadable {
  readonly is: undefined;
  readonly request: string;
  readonly reason: string;
}

/** Reads what a client has sent, which may be anything. Never throws. */
export function readRequest(text: unknown): Request | Unreadable {
  if (typeof text !== 'string' || text.length > MAX_REQUEST_LENGTH) return unreadable('', 'too long, or no text');
  const request = parse(text);
  const is = typeof request.is === 'string' ? request.is : '';
  const fields = REQUESTS.get(is);
  if (fields === undefined) return unreadable(is.slice(0, 100), 'no such request');
  const broken = Object.keys(fields).find((name) => fields[name]?.(request[name]) !== true);
  if (broken !== undefined) return unreadable(is, `${broken} cannot be that`);
  return request as unknown as Request;
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text)) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

function unreadable(request: string, reason: string): Unreadable {
  return { is: undefined, request, reason };
}
