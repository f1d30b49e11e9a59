import { PacketBuffer, type Packet } from '../../src/packets/packet-buffer.js';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

function bufferOf(options: { maxPacketBytes?: number; addNewline?: boolean } = {}) {
  const sent: Packet[] = [];
  const settings = { maxPacketBytes: 10, flushIntervalMs: 100, addNewline: false, ...options };
  const buffer = new PacketBuffer(settings, (packet) => sent.push(packet));
  const add = (line: string) => buffer.add(`${line}\n`, Buffer.byteLength(line) + 1, 1);
  return { buffer, sent, add, texts: () => sent.map(({ text }) => text) };
}

describe('PacketBuffer', () => {
  it('puts newlines between lines, and none at the end', () => {
    const { buffer, sent, add } = bufferOf();
    add('a');
    add('b');
    buffer.flush();
    expect(sent).toEqual([{ text: 'a\nb', bytes: 3, lines: 2 }]);
  });

  it('D2: puts a newline after every line when asked to', () => {
    const { buffer, sent, add } = bufferOf({ addNewline: true });
    add('a');
    add('b');
    buffer.flush();
    expect(sent).toEqual([{ text: 'a\nb\n', bytes: 4, lines: 2 }]);
  });

  it('fills a packet to its last byte, and no further', () => {
    const { buffer, add, texts } = bufferOf();
    add('1234');
    add('67890');
    add('x');
    buffer.flush();
    expect(texts()).toEqual(['1234\n67890', 'x']);
  });

  it('counts the last newline too where there is one', () => {
    const { buffer, add, texts } = bufferOf({ addNewline: true });
    add('1234');
    add('67890');
    buffer.flush();
    expect(texts()).toEqual(['1234\n', '67890\n']);
  });

  it('refuses lines that no packet can hold, and keeps what it has', () => {
    const { buffer, add, texts } = bufferOf();
    add('a');
    expect(add('12345678901')).toBe(false);
    expect(add('1234567890')).toBe(true);
    buffer.flush();
    expect(texts()).toEqual(['a', '1234567890']);
    expect(buffer.lineTotal).toBe(2);
  });

  it('keeps lines that were added together in one packet', () => {
    const { buffer, texts, add } = bufferOf();
    add('1234');
    buffer.add('g:0\ng:-5\n', 9, 2);
    buffer.flush();
    expect(texts()).toEqual(['1234', 'g:0\ng:-5']);
    expect(buffer.lineTotal).toBe(3);
  });

  it('sends after the flush interval, counted from the first line', () => {
    const { add, texts } = bufferOf();
    add('a');
    jest.advanceTimersByTime(60);
    add('b');
    jest.advanceTimersByTime(39);
    expect(texts()).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(texts()).toEqual(['a\nb']);
  });

  it('never lets a line wait for longer than the interval, however packets fill meanwhile', () => {
    const { add, texts } = bufferOf();
    add('12345678');
    jest.advanceTimersByTime(60);
    add('next');
    jest.advanceTimersByTime(100);
    expect(texts()).toEqual(['12345678', 'next']);
  });

  it('starts no timer while there is nothing to send', () => {
    const { buffer, add } = bufferOf();
    expect(jest.getTimerCount()).toBe(0);
    buffer.flush();
    add('a');
    expect(jest.getTimerCount()).toBe(1);
    jest.advanceTimersByTime(100);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('sends on closing, and stops its timer', () => {
    const { buffer, add, texts } = bufferOf();
    add('a');
    buffer.close();
    expect(texts()).toEqual(['a']);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('sends nothing when there is nothing', () => {
    const { buffer, sent } = bufferOf();
    buffer.flush();
    buffer.close();
    expect(sent).toEqual([]);
  });

  it('keeps the order and the limit when sending adds lines', () => {
    const texts: string[] = [];
    const buffer = new PacketBuffer({ maxPacketBytes: 5, flushIntervalMs: 100, addNewline: false }, ({ text }) => {
      texts.push(text);
      if (texts.length <= 2) buffer.add(`n${texts.length}\n`, 3, 1);
    });
    buffer.add('aaaa\n', 5, 1);
    buffer.add('bbbb\n', 5, 1);
    buffer.flush();
    expect(texts).toEqual(['aaaa', 'bbbb', 'n1\nn2']);
  });

  it('works where a timer is a number', () => {
    const setTimer = jest.spyOn(globalThis, 'setTimeout').mockReturnValue(7 as never);
    const { add } = bufferOf();
    expect(add('a')).toBe(true);
    setTimer.mockRestore();
  });

  it('has a timer that lets the process exit', () => {
    jest.useRealTimers();
    const before = process.getActiveResourcesInfo().filter((type) => type === 'Timeout').length;
    const { buffer, add } = bufferOf();
    add('a');
    expect(process.getActiveResourcesInfo().filter((type) => type === 'Timeout')).toHaveLength(before);
    buffer.close();
  });
});
