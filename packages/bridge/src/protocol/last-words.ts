import { markOf } from './batch.js';
import { parseControl, type ControlMessage } from './control-message.js';
import { frameStart, frameText, parseFrame, type Frame } from './frame.js';
import { RecordKind } from './record.js';
import type { TransportReceiver } from './transport.js';

type Beat = Extract<ControlMessage, { readonly kind: 'beat' }>;

/**
 * What a bus would have said before it left, for a transport that has one other end and is told when that is gone without
 * a word: a worker that was terminated, a port that was closed. It is shown what comes from there, and says farewell in
 * every lane, behind all of it.
 */
export class LastWords {
  /** By lane: a farewell has the number after that of the last record. */
  readonly #lastFrames = new Map<string, string>();
  #lastBeat: Beat | undefined;

  /** Something was announced. */
  heard(text: string): void {
    const message = readOrNothing(parseControl, text);
    if (message?.kind === 'beat') this.#lastBeat = message;
  }

  /** A frame has come. */
  received(lane: string, frame: string): void {
    this.#lastFrames.set(lane, frame);
  }

  /** Says farewell. Resolves when all that had come before is in the mailboxes; does nothing if nobody was heard. */
  async say(receiver: Pick<TransportReceiver, 'lanes' | 'receive'>): Promise<void> {
    const beat = this.#lastBeat;
    if (beat === undefined) return;
    const heads = beat.heads.filter(({ lane }) => receiver.lanes.includes(lane));
    await Promise.all(
      heads.map(async ({ lane, base, hasSnapshots }) => {
        const last = this.#lastFrameOf(lane, beat);
        const number = last === undefined ? base : last.first + last.records.length;
        const start = frameStart({ incarnation: beat.epoch, ...last, eid: beat.eid, epoch: beat.epoch });
        await receiver.receive(lane, undefined, frameText(start, number, number, hasSnapshots, FAREWELL));
      }),
    );
  }

  /** What came of a former epoch says nothing about this one. */
  #lastFrameOf(lane: string, { eid, epoch }: Beat): Frame | undefined {
    const frame = readOrNothing(parseFrame, this.#lastFrames.get(lane) ?? '');
    return frame?.eid === eid && frame.epoch === epoch ? frame : undefined;
  }
}

const FAREWELL = markOf(RecordKind.leave);

/** What cannot be read has been reported by the bridge. */
function readOrNothing<Read>(parse: (text: string) => Read, text: string): Read | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
