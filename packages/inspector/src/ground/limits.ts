import { assert } from './assert.js';

/** What bounds an inspector. Each is an integer of at least 1, and optional. */
export interface InspectorLimits {
  /** Records that are kept; a message that one subscription handles makes four. Default: 100,000. */
  readonly records?: number | undefined;
  /** Bytes of data that are kept, by an estimate. Default: 67,108,864. */
  readonly bytes?: number | undefined;
  /** How deep data are shown. Default: 6. */
  readonly depth?: number | undefined;
  /** How many entries of one object or array are shown. Default: 100. */
  readonly entries?: number | undefined;
  /** How many characters of one text are shown. Default: 2,000. */
  readonly text?: number | undefined;
  /** How many characters the data of one message take, about. Default: 20,000. */
  readonly size?: number | undefined;
  /** Records in one batch. Default: 2,000. */
  readonly batchRecords?: number | undefined;
  /** Characters in one batch, about. Default: 524,288. */
  readonly batchSize?: number | undefined;
  /** Milliseconds between batches. Default: 50. */
  readonly batchMs?: number | undefined;
  /** Bytes that may wait to be sent to a client before it counts as stalled. Default: 4,194,304. */
  readonly bufferedBytes?: number | undefined;
  /** Milliseconds after which a stalled client is cut off. Default: 10,000. */
  readonly stalledMs?: number | undefined;
}

/** All of them. */
export type Limits = { readonly [Name in keyof InspectorLimits]-?: number };

const DEFAULTS: Limits = {
  records: 100_000,
  bytes: 67_108_864,
  depth: 6,
  entries: 100,
  text: 2_000,
  size: 20_000,
  batchRecords: 2_000,
  batchSize: 524_288,
  batchMs: 50,
  bufferedBytes: 4_194_304,
  stalledMs: 10_000,
};

/**
 * The limits, with the defaults for those that are left out.
 * @throws InvalidArgumentError when one is no integer of at least 1
 */
export function limitsOf(call: string, limits: InspectorLimits = {}): Limits {
  const all = { ...DEFAULTS } as Record<keyof Limits, number>;
  for (const name of Object.keys(all) as (keyof Limits)[]) {
    const { [name]: value = all[name] } = limits;
    const isBound = Number.isSafeInteger(value) && value >= 1;
    assert(isBound, call, `limits.${name} to be an integer of at least 1`, value);
    all[name] = value;
  }
  return all;
}
