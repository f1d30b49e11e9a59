import { assert, assertFunction, isRecord } from '../errors/assert.js';
import type { Probe } from './probe.js';

const PARTS: Readonly<Record<keyof Probe, true>> = {
  published: true,
  queued: true,
  began: true,
  ended: true,
  dropped: true,
  wrote: true,
  changed: true,
};

/** Throws unless it is an object whose parts, where it has them, are functions. */
export function assertProbe(probe: Probe): void {
  assert(isRecord(probe), 'bus.attach', 'a probe: an object with functions', probe);
  for (const name in PARTS) {
    const part = (probe as Readonly<Record<string, unknown>>)[name];
    if (part !== undefined) assertFunction('bus.attach', `probe.${name}`, part);
  }
}
