import { LastWords } from '@stasis-rx/bridge';
import { columnsOf } from '../support/wire.js';

const identity = { v: 2, o: 'a', e: 'e1' };
const beat = (heads: readonly unknown[], over: object = {}): string =>
  JSON.stringify({ ...identity, k: 'beat', h: 0, l: heads, ...over });
const frame = (first: number, count: number, over: object = {}): string => {
  const records = Array.from({ length: count }, () => [0, 'note', 1, 1, null, 1]);
  return JSON.stringify({ ...identity, i: 'i1', s: first, b: 1, c: 1, ...columnsOf(records), ...over });
};
const farewell = (number: number, incarnation: string, hasSnapshots: 0 | 1): string =>
  JSON.stringify({
    ...{ ...identity, i: incarnation, s: number, b: number, c: hasSnapshots },
    ...{ y: [''], h: [1, 4], t: [1, 0], n: [1, 0, 1], m: [1, 0], q: [1, null], u: [0], r: [null] },
  });

/** What is said in the lanes `calls` and `other`. */
async function said(words: LastWords): Promise<(readonly [lane: string, frame: unknown])[]> {
  const all: (readonly [string, unknown])[] = [];
  await words.say({
    lanes: ['calls', 'other'],
    receive: (lane, _, text) => {
      all.push([lane, text]);
      return undefined;
    },
  });
  return all;
}

describe('LastWords', () => {
  it('B9: say nothing when nobody was heard, or nobody that can be read', async () => {
    const words = new LastWords();
    words.received('calls', frame(1, 1));
    words.heard('{');
    words.heard(JSON.stringify({ ...identity, k: 'ask', p: 'b', l: ['calls'] }));
    expect(await said(words)).toEqual([]);
  });

  it('B4, B9: say farewell in every lane of this bus, behind what has come', async () => {
    const words = new LastWords();
    words.heard(beat([['calls', 1, 1], ['other', 7, 0], ['elsewhere', 1, 0]])); // prettier-ignore
    words.received('calls', frame(1, 3));
    words.received('calls', frame(4, 2));
    expect(await said(words)).toEqual([
      ['calls', farewell(6, 'i1', 1)],
      ['other', farewell(7, 'e1', 0)],
    ]);
  });

  it('B9: speak for the one who was heard last, not for one that was there before', async () => {
    const words = new LastWords();
    words.received('calls', frame(40, 2, { e: 'e0' }));
    words.received('other', 'x');
    words.heard(beat([['calls', 9, 1]], { e: 'e0' }));
    words.heard(beat([['calls', 2, 1], ['other', 1, 1]])); // prettier-ignore
    expect(await said(words)).toEqual([
      ['calls', farewell(2, 'e1', 1)],
      ['other', farewell(1, 'e1', 1)],
    ]);
  });

  it('B12: have been said when all that had come is in the mailboxes', async () => {
    const words = new LastWords();
    words.heard(beat([['calls', 1, 1]]));
    let release: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    let isSaid = false;
    const saying = words.say({ lanes: ['calls'], receive: () => gate }).then(() => (isSaid = true));
    await Promise.resolve();
    expect(isSaid).toBe(false);
    release?.();
    await saying;
  });
});
