import { Outbox } from '../../src/transports/outbox.js';

const packet = (number: number) => ({ text: `n:${number}|g`, bytes: 5, lines: 1 });

describe('Outbox', () => {
  it('gives packets back in order, then nothing', () => {
    const outbox = new Outbox();
    outbox.push(packet(1));
    outbox.push(packet(2));
    expect(outbox.shift()).toEqual(packet(1));
    expect(outbox.shift()).toEqual(packet(2));
    expect(outbox.shift()).toBeUndefined();
  });

  it('knows how many packets and bytes wait', () => {
    const outbox = new Outbox();
    outbox.push(packet(1));
    outbox.push(packet(2));
    expect([outbox.size, outbox.bytes]).toEqual([2, 10]);
    outbox.shift();
    expect([outbox.size, outbox.bytes]).toEqual([1, 5]);
    outbox.shift();
    outbox.shift();
    expect([outbox.size, outbox.bytes]).toEqual([0, 0]);
  });

  it('takes packets back before all others, in their order', () => {
    const outbox = new Outbox();
    for (let number = 1; number <= 4; number++) outbox.push(packet(number));
    outbox.unshift([outbox.shift()!, outbox.shift()!]);
    expect([outbox.size, outbox.bytes]).toEqual([4, 20]);
    outbox.unshift([]);
    expect(Array.from({ length: 5 }, () => outbox.shift()?.text)).toEqual([
      'n:1|g',
      'n:2|g',
      'n:3|g',
      'n:4|g',
      undefined,
    ]);
    expect([outbox.size, outbox.bytes]).toEqual([0, 0]);
  });

  it('keeps the order over thousands of packets that come and go', () => {
    const outbox = new Outbox();
    let pushed = 0;
    let shifted = 0;
    for (let round = 0; round < 1000; round++) {
      for (let count = 0; count < 7; count++) outbox.push(packet(pushed++));
      for (let count = 0; count < (round < 500 ? 3 : 11); count++) {
        const next = outbox.shift();
        if (next !== undefined) expect(next).toEqual(packet(shifted++));
      }
    }
    expect(shifted).toBe(pushed);
  });
});
