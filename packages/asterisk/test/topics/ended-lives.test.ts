import { EndedLives } from '../../src/topics/ended-lives.js';

describe('A1: what has ended', () => {
  test('is remembered by id, with the last life of it', () => {
    const ended = new EndedLives();
    ended.add('1', 100);
    expect([ended.last('1'), ended.last('2')]).toEqual([100, undefined]);
    ended.add('1', 200);
    expect(ended.last('1')).toBe(200);
    ended.forget('1');
    expect(ended.last('1')).toBeUndefined();
  });

  test('is remembered through at least 32,767 further ends, and forgotten within 65,536', () => {
    const ended = new EndedLives();
    for (let first = 0; first < 70_000; first += 10_007) {
      for (let n = 0; n < first; n++) ended.add(`before ${first} ${n}`, 0);
      ended.add(`it ${first}`, 1);
      for (let n = 1; n < 32_768; n++) ended.add(`behind ${first} ${n}`, 0);
      expect(ended.last(`it ${first}`)).toBe(1);
      for (let n = 0; n < 32_769; n++) ended.add(`far behind ${first} ${n}`, 0);
      expect(ended.last(`it ${first}`)).toBeUndefined();
    }
  });

  test('takes a bounded amount of memory, whatever ends', () => {
    const ended = new EndedLives();
    const remembered = () => ids.filter((id) => ended.last(id) !== undefined).length;
    const ids = Array.from({ length: 300_000 }, (_, n) => `id ${n}`);
    for (const id of ids) ended.add(id, 0);
    expect(remembered()).toBeLessThanOrEqual(65_536);
    expect(remembered()).toBeGreaterThanOrEqual(32_768);
  });

  test('also under names that objects have', () => {
    const ended = new EndedLives();
    expect(['__proto__', 'constructor'].map((id) => ended.last(id))).toEqual([undefined, undefined]);
    ended.add('__proto__', 3);
    expect(ended.last('__proto__')).toBe(3);
  });
});
