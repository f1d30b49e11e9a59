import type { LinePart } from './metric-names.js';
import type { PacketBuffer } from '../packets/packet-buffer.js';
import { utf8Length } from '../ground/utf8-length.js';

/**
 * How many bytes a metric takes, with its newline.
 *
 * @param isReset whether a line that sets the metric to 0 goes before it
 */
export function lineBytes(head: LinePart, text: string, end: LinePart, isReset: boolean): number {
  const around = head.bytes + end.bytes;
  return around + utf8Length(text) + (isReset ? around + 1 : 0);
}

/** Writes a metric into a packet. @returns false when it is longer than a packet can be */
export function addLine(buffer: PacketBuffer, head: LinePart, text: string, end: LinePart, isReset: boolean): boolean {
  const line = head.text + text + end.text;
  const bytes = lineBytes(head, text, end, isReset);
  return isReset ? buffer.add(`${head.text}0${end.text}${line}`, bytes, 2) : buffer.add(line, bytes, 1);
}
