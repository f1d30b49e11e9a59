import { join } from 'node:path';
import { readAsteriskRecord } from '../../src/cli/asterisk-record.js';

/** A file of the recordings that the package brings along. */
export const recording = (name: string): string => join(__dirname, '..', '..', 'recordings', name);

/** The metric lines that Asterisk itself sent. */
export const asteriskLines = (name: string): Promise<string[]> => readAsteriskRecord(recording(name));
