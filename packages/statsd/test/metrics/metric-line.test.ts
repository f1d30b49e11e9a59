import { addLine, lineBytes } from '../../src/metrics/metric-line.js';
import { linePart } from '../../src/metrics/metric-names.js';
import { PacketBuffer } from '../../src/packets/packet-buffer.js';

const head = linePart('größe:');
const end = linePart('|g\n');

function bufferOf(maxPacketBytes: number) {
  const packets: string[] = [];
  const buffer = new PacketBuffer({ maxPacketBytes, flushIntervalMs: 60_000, addNewline: false }, ({ text }) => {
    packets.push(text);
  });
  return { buffer, packets };
}

describe('addLine', () => {
  it('D1: writes a metric as a line, or as two in one packet when it is set to 0 first', () => {
    const { buffer, packets } = bufferOf(100);
    expect(addLine(buffer, head, '5', end, false)).toBe(true);
    expect(addLine(buffer, head, '-5', end, true)).toBe(true);
    buffer.close();
    expect(packets).toEqual(['größe:5|g\ngröße:0|g\ngröße:-5|g']);
    expect(buffer.lineTotal).toBe(3);
  });

  it('writes nothing that is longer than a packet, both lines counted', () => {
    const { buffer, packets } = bufferOf(24);
    expect(addLine(buffer, head, '-5', end, true)).toBe(true);
    expect(addLine(buffer, head, '-50', end, true)).toBe(false);
    buffer.close();
    expect(packets).toEqual(['größe:0|g\ngröße:-5|g']);
  });
});

describe('lineBytes', () => {
  it.each([
    ['5', false],
    ['ü', false],
    ['-5', true],
  ])('is what %s takes as UTF-8, set to 0 first: %s', (text, isReset) => {
    const line = `größe:${text}|g\n`;
    const expected = isReset ? `größe:0|g\n${line}` : line;
    expect(lineBytes(head, text, end, isReset)).toBe(Buffer.byteLength(expected));
  });
});
