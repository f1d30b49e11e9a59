import type { Fault } from './fault.js';
import { memberFaults } from './member-faults.js';
import { serverFaults } from './server-faults.js';
import { slowReader } from './slow-reader.js';
import { streamFaults } from './stream-faults.js';

/** All kinds of faults, in the order in which they come. */
export function faultsOf({ keepsStream }: { readonly keepsStream: boolean }): readonly Fault[] {
  return [...serverFaults, ...memberFaults, slowReader, ...(keepsStream ? [] : streamFaults)];
}
