import { createBus, format, messageType, toJSON } from '../../src/index.js';

interface Channel {
  id: string;
  state: string;
}

const ChannelSnapshot = messageType<Channel>('channel_snapshot', {
  formatters: {
    json: ({ data }) => ({ id: data.id }),
    ami: ({ data }) => `ChannelState: ${data.state}`,
  },
});
const Plain = messageType<Channel>('plain');
const channel = { id: '1', state: 'Up' };

describe('format', () => {
  it('M5: gives a message in the form that a formatter makes of it', () => {
    expect(format(ChannelSnapshot(channel), 'json')).toEqual({ id: '1' });
    expect(format(ChannelSnapshot(channel), 'ami')).toBe('ChannelState: Up');
  });

  it('M5: knows no such form without the formatter, which is no error', () => {
    expect(format(ChannelSnapshot(channel), 'event')).toBeUndefined();
    expect(format(Plain(channel), 'json')).toBeUndefined();
  });

  it.each(['constructor', '__proto__', 'toString'])('M5: finds no formatter %s where none was given', (name) => {
    expect(format(Plain(channel), name)).toBeUndefined();
  });

  it('M5: finds a formatter of whatever name', () => {
    const Odd = messageType('odd', { formatters: { constructor: () => 'built', ['__proto__']: () => 'descended' } });

    expect(format(Odd(), 'constructor')).toBe('built');
    expect(format(Odd(), '__proto__')).toBe('descended');
  });

  it('lets through what a formatter throws', () => {
    const Broken = messageType('broken', {
      formatters: {
        json: () => {
          throw new RangeError('no');
        },
      },
    });

    expect(() => format(Broken(), 'json')).toThrow(RangeError);
  });
});

describe('toJSON', () => {
  it('M5: has what the json formatter returns as its data', () => {
    const message = ChannelSnapshot(channel, { timestamp: 1000, eid: 'node-b' });

    expect(toJSON(message)).toEqual({ type: 'channel_snapshot', timestamp: 1000, eid: 'node-b', data: { id: '1' } });
  });

  it('M5: has the data itself without a json formatter', () => {
    expect(toJSON(Plain(channel)).data).toBe(channel);
  });

  it("M7: puts the given entity in the local one's place, and leaves the others", () => {
    const { eid } = createBus({ eid: 'node-a' });

    expect(toJSON(Plain(channel), { eid }).eid).toBe('node-a');
    expect(toJSON(Plain(channel)).eid).toBe('local');
    expect(toJSON(Plain(channel, { eid: 'node-b' }), { eid }).eid).toBe('node-b');
    expect(toJSON(Plain(channel, { eid: null }), { eid }).eid).toBeNull();
  });

  it('is plain: it survives JSON', () => {
    const json = toJSON(Plain(channel, { timestamp: 1000 }));

    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });
});

describe.each([
  ['format', () => format('call' as never, 'json')],
  ['toJSON', () => toJSON('call' as never)],
])('%s', (name, call) => {
  it('refuses what is no message', () => {
    expect(call).toThrow(`[core] ${name}(): expected a message, got "call" (string).`);
  });
});
