import { PendingLines, type Line } from '../../src/aggregation/pending-lines.js';

const line = (text: string): Line => ({
  type: 's',
  head: { text: 'agents:', bytes: 7 },
  end: { text: '|s\n', bytes: 3, series: '|s\n' },
  text,
  change: undefined,
});

describe('PendingLines', () => {
  it('finds a line by its end and its beginning', () => {
    const lines = new PendingLines();
    expect(lines.get('|s\n', 'agents:ann')).toBeUndefined();
    const ann = line('ann');
    lines.add('|s\n', 'agents:ann', ann);
    expect(lines.get('|s\n', 'agents:ann')).toBe(ann);
    expect(lines.get('|s\n', 'agents:bob')).toBeUndefined();
    expect(lines.get('|c\n', 'agents:ann')).toBeUndefined();
  });

  it('D4: keeps lines in the order in which they came, and knows how many they are', () => {
    const lines = new PendingLines();
    lines.add('|s\n', 'a', line('1'));
    lines.add('|s|#b\n', 'a', line('2'));
    lines.add('|s\n', 'b', line('3'));
    expect(lines.inOrder.map(({ text }) => text)).toEqual(['1', '2', '3']);
    expect(lines.size).toBe(3);
  });
});
