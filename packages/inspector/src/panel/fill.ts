import type { Place } from './dock.js';

/** Fills a window with a frame. */
export function fill(window: Window, frame: HTMLIFrameElement, close: () => void): Place {
  const { document } = window;
  document.title = 'Inspector';
  document.body.style.cssText = 'margin:0;height:100vh;display:flex';
  document.body.append(frame);
  // Neither is of use without the other.
  const windows = [window, globalThis.window];
  for (const each of windows) each.addEventListener('pagehide', close);
  return {
    remove: () => {
      for (const each of windows) each.removeEventListener('pagehide', close);
      frame.remove();
    },
  };
}
