import { readRecording } from '@stasis-rx/asterisk/recording';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

const FOLDER = resolve(__dirname, '../../../../packages/asterisk/recordings');

/** Stands in for the page's own `fetch`. */
export const fetchRecordings = async (url: unknown): Promise<Response> => {
  const bytes = await readFile(resolve(FOLDER, url as string)).catch(() => null);
  return new Response(bytes, { status: bytes === null ? 404 : 200 });
};

/** An event of a recording, as far as the totals go. */
interface RawEvent {
  readonly type: string;
  readonly dialstatus?: string;
  readonly caller?: { readonly id: string };
  readonly peer?: { readonly id: string };
}

/** What a recording amounts to, counted in its raw events, without the bus. */
export interface Totals {
  readonly channels: number;
  readonly bridges: number;
  readonly calls: number;
  readonly answered: number;
  readonly lost: number;
}

/** Counts a recording's events by hand: a call is a channel that dials, or that is dialled where none does. */
export async function totalsOf(name: string): Promise<Totals> {
  const events: RawEvent[] = [];
  for await (const { event } of readRecording(resolve(FOLDER, `${name}.ari.jsonl.gz`))) events.push(event as RawEvent);
  const count = (type: string) => events.filter((event) => event.type === type).length;
  const dials = events.filter(({ type }) => type === 'Dial');
  const idsOf = (some: readonly RawEvent[]) => new Set(some.map(({ caller, peer }) => (caller ?? peer)?.id)).size;
  const calls = idsOf(dials);
  const answered = idsOf(dials.filter(({ dialstatus }) => dialstatus === 'ANSWER'));
  return {
    channels: count('ChannelCreated'),
    bridges: count('BridgeCreated'),
    calls,
    answered,
    lost: calls - answered,
  };
}
