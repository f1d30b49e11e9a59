const MIN_HEIGHT = 120;
const STEP = 24;

/** Where a frame stands. */
export interface Place {
  /** Takes it away, with the frame. Doing it twice does nothing. */
  remove(): void;
}

/** Puts a frame at the bottom of the document: it can be made higher and lower, with mouse, finger and keyboard, and closed. */
export function dock(document: Document, frame: HTMLIFrameElement, close: () => void): Place {
  const host = document.createElement('div');
  host.style.cssText =
    'position:fixed;inset:auto 0 0;z-index:2147483647;height:45vh;display:flex;flex-direction:column;' +
    'color-scheme:light dark;background:Canvas;color:CanvasText;border-top:1px solid GrayText';
  host.setAttribute('role', 'region');
  host.setAttribute('aria-label', 'Inspector');
  const before = document.activeElement;
  host.append(bar(document, host, frame, close), frame);
  document.body.append(host);
  return {
    remove: () => {
      host.remove();
      (before as HTMLElement | null)?.focus();
    },
  };
}

function bar(document: Document, host: HTMLElement, frame: HTMLElement, close: () => void): HTMLElement {
  const bar = document.createElement('div');
  bar.style.cssText = 'display:flex;align-items:stretch;flex:none;height:1.5rem';
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = '✕';
  button.setAttribute('aria-label', 'Close the inspector');
  button.style.cssText = 'all:revert;min-width:2.5rem';
  button.addEventListener('click', close);
  bar.append(handle(document, host, frame), button);
  return bar;
}

/** A separator that is moved, as ARIA has it. */
function handle(document: Document, host: HTMLElement, frame: HTMLElement): HTMLElement {
  const handle = document.createElement('div');
  handle.tabIndex = 0;
  handle.setAttribute('role', 'separator');
  handle.setAttribute('aria-orientation', 'horizontal');
  handle.setAttribute('aria-label', 'Height of the inspector');
  handle.style.cssText = 'flex:1;cursor:ns-resize;touch-action:none';
  const resize = (height: number): void => {
    const most = Math.max(MIN_HEIGHT, window().innerHeight - STEP);
    const now = Math.round(Math.min(most, Math.max(MIN_HEIGHT, height)));
    host.style.height = `${now}px`;
    handle.setAttribute('aria-valuemin', String(MIN_HEIGHT));
    handle.setAttribute('aria-valuemax', String(most));
    handle.setAttribute('aria-valuenow', String(now));
  };
  const window = () => document.defaultView as Window;
  resize(window().innerHeight * 0.45);
  handle.addEventListener('keydown', (event) => {
    const by = { ArrowUp: STEP, ArrowDown: -STEP, Home: -Infinity, End: Infinity }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    resize(host.offsetHeight + by);
  });
  drag(handle, frame, (y) => resize(window().innerHeight - y));
  return handle;
}

/** The frame would swallow what happens over it. */
function drag(handle: HTMLElement, frame: HTMLElement, move: (y: number) => void): void {
  const follow = ({ clientY }: PointerEvent): void => move(clientY);
  handle.addEventListener('pointerdown', ({ pointerId }) => {
    handle.setPointerCapture(pointerId);
    frame.style.pointerEvents = 'none';
    handle.addEventListener('pointermove', follow);
  });
  handle.addEventListener('lostpointercapture', () => {
    frame.style.pointerEvents = '';
    handle.removeEventListener('pointermove', follow);
  });
}
