import { check, isCount, isText } from './checks.js';
import { WIRE_VERSION } from './frame.js';
import { parseWhisper, type Whisper } from './whisper.js';

/** How far a lane has come, in a beat. */
export interface LaneHead {
  readonly lane: string;
  /** Everything before this record is stored, or given up. */
  readonly base: number;
  readonly hasSnapshots: boolean;
}

/** What bridges announce to each other. */
export type ControlMessage =
  /** Said again and again, as a sign of life; a greeting asks everyone to answer with a beat. */
  | {
      readonly kind: 'beat';
      readonly eid: string;
      readonly epoch: string;
      readonly isGreeting: boolean;
      readonly heads: readonly LaneHead[];
    }
  /** Asks one bus for the snapshots of some lanes. */
  | {
      readonly kind: 'ask';
      readonly eid: string;
      readonly epoch: string;
      readonly peer: string;
      readonly lanes: readonly string[];
    };

/** Lanes in one announcement, at most. */
export const MAX_LANES = 4096;

/** Writes what is announced. */
export function controlText(message: ControlMessage): string {
  const { eid, epoch } = message;
  const start = { v: WIRE_VERSION, o: eid, e: epoch };
  if (message.kind === 'ask') return JSON.stringify({ ...start, k: 'ask', p: message.peer, l: message.lanes });
  const lanes = message.heads.map(({ lane, base, hasSnapshots }) => [lane, base, hasSnapshots ? 1 : 0]);
  return JSON.stringify({ ...start, k: 'beat', h: message.isGreeting ? 1 : 0, l: lanes });
}

/** Reads what was announced, or whispered. @throws TypeError when it is nothing of ours */
export function parseControl(text: string): ControlMessage | Whisper {
  const fields = (JSON.parse(text) as Record<string, unknown> | null) ?? {};
  const { v, k, o, e, h, p, l } = fields;
  check(v === WIRE_VERSION, 'version');
  check(isText(o, 1024) && isText(e, 64), 'identity');
  if (k === 'pull' || k === 'part') return parseWhisper({ eid: o, epoch: e }, fields);
  check(Array.isArray(l) && l.length <= MAX_LANES, 'list of lanes');
  if (k === 'beat') return { kind: 'beat', eid: o, epoch: e, isGreeting: h === 1, heads: l.map(parseHead) };
  check(k === 'ask' && isText(p, 1024) && l.every((lane) => isText(lane, 4096)), 'kind');
  return { kind: 'ask', eid: o, epoch: e, peer: p, lanes: l };
}

function parseHead(head: unknown): LaneHead {
  check(Array.isArray(head) && head.length === 3, 'lane');
  const [lane, base, flag] = head as unknown[];
  check(isText(lane, 4096) && isCount(base) && (flag === 0 || flag === 1), 'lane');
  return { lane, base, hasSnapshots: flag === 1 };
}
