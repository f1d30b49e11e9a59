import { Aggregator } from '../../src/aggregation/aggregator.js';
import { MetricKinds } from '../../src/metrics/metric-kinds.js';
import { PacketBuffer } from '../../src/packets/packet-buffer.js';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

function aggregatorOf({ maxPacketBytes = 1000, maxPendingSeries = 100, onSend = (_packet: string) => {} } = {}) {
  const packets: string[] = [];
  const options = { maxPacketBytes, maxPendingSeries, flushIntervalMs: 100, addNewline: false };
  const buffer = new PacketBuffer(options, ({ text }) => {
    packets.push(text);
    onSend(text);
  });
  const aggregator = new Aggregator(options, buffer);
  const kinds = new MetricKinds({ prefix: '', tags: [], meterSupport: true, aggregate: true });
  /** `a:5|c` */
  const add = (line: string, isReset = false) => {
    const [name = '', text = '', type = ''] = line.split(/[:|]/);
    const kind = kinds.of(type)!;
    return aggregator.add(type, kind.names.head(name)!, text, kind.end, isReset);
  };
  const flush = () => {
    aggregator.drain();
    buffer.flush();
  };
  return { aggregator, buffer, packets, add, flush, lines: () => packets.join('\n').split('\n') };
}

describe('Aggregator', () => {
  it('D4: keeps lines until the flush interval is over, counted from the first, and sends them then', () => {
    const { add, packets } = aggregatorOf();
    add('a:1|c');
    jest.advanceTimersByTime(99);
    add('a:2|c');
    expect(packets).toEqual([]);
    jest.advanceTimersByTime(1);
    expect(packets).toEqual(['a:3|c']);
    expect(jest.getTimerCount()).toBe(1);
    jest.advanceTimersByTime(1000);
    expect(packets).toHaveLength(1);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('D4: lets lines leave in the order in which they came to wait', () => {
    const { add, flush, lines } = aggregatorOf();
    for (const line of ['b:1|c', 'a:5|g', 'x:1|s', 'b:1|c', 'x:2|s', 'a:+1|g', 'x:1|s', 'm:1|m']) add(line);
    flush();
    expect(lines()).toEqual(['b:2|c', 'a:6|g', 'x:1|s', 'x:2|s', 'm:1|m']);
  });

  it('D4: passes every other line at once', () => {
    const { add, buffer, lines } = aggregatorOf();
    for (const line of ['a:1|ms', 'a:1|ms', 'a:1|h', 'a:1|h', 'a:1|d', 'a:1|C']) add(line);
    buffer.flush();
    expect(lines()).toEqual(['a:1|ms', 'a:1|ms', 'a:1|h', 'a:1|h', 'a:1|d', 'a:1|C']);
  });

  it('D4: writes at once what it cannot add up, with what waited of the same metric', () => {
    const { add, buffer, lines } = aggregatorOf();
    for (const line of ['b:1|g', 'a:1|g', 'a:05|g']) add(line);
    buffer.flush();
    expect(lines()).toEqual(['a:1|g', 'a:05|g']);
  });

  it('D4: writes what it cannot add up as it came, behind what came before it', () => {
    const { add, flush, lines } = aggregatorOf();
    for (const line of ['a:5|g', 'a:five|g', 'a:+1|g', 'b:1.0|c', 'b:1|c', 'b:9007199254740991|c', 'b:2|c']) add(line);
    flush();
    expect(lines()).toEqual(['a:5|g', 'a:five|g', 'b:1.0|c', 'b:1|c', 'b:9007199254740991|c', 'a:+1|g', 'b:2|c']);
  });

  it('D4: sends everything as soon as one line too many waits', () => {
    const { add, packets, flush } = aggregatorOf({ maxPendingSeries: 2, maxPacketBytes: 11 });
    for (const line of ['a:1|c', 'b:1|c', 'a:1|c']) add(line);
    jest.advanceTimersByTime(50);
    add('c:1|c');
    add('a:1|c');
    expect(packets).toEqual(['a:2|c\nb:1|c']);
    jest.advanceTimersByTime(50);
    expect(packets).toEqual(['a:2|c\nb:1|c', 'c:1|c\na:1|c']);
    flush();
    expect(packets).toHaveLength(2);
  });

  it('D4: puts 100,000 different metrics together, and as many members of a set', () => {
    const { add, flush, lines } = aggregatorOf({ maxPendingSeries: 1_000_000 });
    for (let round = 0; round < 2; round++) {
      for (let n = 0; n < 100_000; n++) add(`a${n}:1|c`);
      for (let n = 0; n < 100_000; n++) add(`agents:${n}|s`);
    }
    flush();
    expect(lines()).toHaveLength(200_000);
    expect(lines()[99_999]).toBe('a99999:2|c');
    expect(lines()[199_999]).toBe('agents:99999|s');
  });

  it('refuses what no packet can hold, and writes no sum that none can', () => {
    const { add, flush, lines } = aggregatorOf({ maxPacketBytes: 5 });
    expect(add('a:10|c')).toBe(false);
    expect(add('a:-1|g', true)).toBe(false);
    expect(add('ab:x|s')).toBe(false);
    for (let n = 0; n < 4; n++) expect(add('a:6|c')).toBe(true);
    expect(add('g:4|g')).toBe(true);
    expect(add('g:-5|g')).toBe(false);
    flush();
    expect(lines()).toEqual(['a:6|c', 'a:6|c', 'a:6|c', 'a:6|c', 'g:4|g']);
  });

  it('writes what waits when it is closed, and leaves no timer behind', () => {
    const { aggregator, buffer, add, packets } = aggregatorOf();
    add('a:1|c');
    aggregator.close();
    buffer.close();
    expect(packets).toEqual(['a:1|c']);
    expect(jest.getTimerCount()).toBe(0);
  });

  describe('while a packet is sent, which runs code of the user', () => {
    it('D4: keeps the order of what is said of a gauge', () => {
      let onSend: (packet: string) => void = () => undefined;
      const { aggregator, add, flush, lines } = aggregatorOf({
        maxPacketBytes: 5,
        maxPendingSeries: 4,
        onSend: (packet) => onSend(packet),
      });
      for (const line of ['a:1|c', 'b:1|c', 'g:1|g', 'h:1|g']) add(line);
      onSend = () => {
        onSend = () => undefined;
        // The older values of both are still to be written.
        add('g:2|g');
        add('h:x|g');
        add('h:2|g');
        aggregator.drain();
        add('g:3|g');
      };
      flush();
      flush();
      expect(lines()).toEqual(['a:1|c', 'b:1|c', 'g:1|g', 'h:1|g', 'h:x|g', 'g:2|g', 'h:2|g', 'g:3|g']);
    });

    it('loses nothing when it is closed', () => {
      let onSend: (packet: string) => void = () => undefined;
      const { aggregator, buffer, add, lines } = aggregatorOf({
        maxPacketBytes: 5,
        onSend: (packet) => onSend(packet),
      });
      for (const line of ['a:1|c', 'b:1|c', 'c:9|c']) add(line);
      onSend = () => {
        onSend = () => undefined;
        aggregator.close();
        buffer.close();
      };
      // Ten does not fit into a packet: c leaves, and a new line waits.
      add('c:1|c');
      aggregator.drain();
      buffer.flush();
      expect(lines()).toEqual(['c:9|c', 'a:1|c', 'b:1|c', 'c:1|c']);
      expect(jest.getTimerCount()).toBe(0);
    });
  });
});
