import { FrameWindow } from '../../src/sending/frame-window.js';

/** How many frames of so many records may be sent before one is confirmed. */
function framesSent(count: number, bytes: number, isFull: boolean): number {
  const window = new FrameWindow();
  let sent = 0;
  for (; window.hasRoom(isFull) && sent < 1000; sent++) window.add(count, bytes);
  return sent;
}

describe('the frames of a lane that are on their way', () => {
  it.each([
    ['lone messages', 1, 100, false, 8],
    ['larger ones that are not full: the next gathers', 250, 25_000, false, 2],
    ['full ones', 512, 65_536, true, 128],
    ['full ones of a large record each: 8 MiB', 1, 1_000_000, true, 9],
  ])('B12: are bounded: %s', (_, count, bytes, isFull, expected) => {
    expect(framesSent(count, bytes, isFull)).toBe(expected);
  });

  it('B12: one that is confirmed makes room, and so does giving up on all', () => {
    const window = new FrameWindow();
    const frames = [window.add(200, 1), window.add(200, 1)];
    expect(window.hasRoom(false)).toBe(false);
    for (const [index, frame] of frames.entries()) frame.position = index;
    expect([window.confirmFirst(), window.hasRoom(false)]).toEqual([200, true]);
    window.add(200, 1);
    expect(window.hasRoom(false)).toBe(false);
    window.clear();
    expect([window.hasRoom(false), window.confirmFirst()]).toEqual([true, undefined]);
  });
});
