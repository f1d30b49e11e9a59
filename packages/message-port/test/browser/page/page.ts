import { bridgeOverMessagePort } from '@stasis-rx/message-port';
import { createBus } from '@stasis-rx/core';
import { join, Note, type Member } from '../../support/member.js';

/** What the test may ask of the page. */
export interface TestPage {
  /** Starts a worker, and joins its bus. */
  startWorker(): void;
  /** Tells the worker how many notes to publish; 0 tells it to leave. */
  tell(count: number): void;
  terminate(): void;
  /** Closes the bridge; the test waits for it. */
  close(): Promise<void>;
  /** Makes a frame with a bus of its own, whose port comes with a message, and joins it. */
  openFrame(): void;
  /** Removes the frame. */
  removeFrame(): void;
  /** What is said of a window that is given in place of a port. */
  giveWindow(): string;
  readonly member: Member;
}

let worker: Worker | undefined;
let frame: HTMLIFrameElement | undefined;

const page: Omit<TestPage, 'member'> & { member?: Member } = {
  startWorker: () => {
    worker = new Worker(new URL('worker.ts', import.meta.url), { type: 'module' });
    page.member = join('page', worker);
  },
  tell: (count) => page.member?.bus.topic('calls').publish(Note({ id: 'x', n: count })),
  terminate: () => worker?.terminate(),
  close: async () => page.member?.link.close(),
  openFrame: () => {
    const { port1, port2 } = new MessageChannel();
    frame = document.createElement('iframe');
    frame.src = `${location.pathname}?frame`;
    frame.addEventListener('load', () => frame?.contentWindow?.postMessage('port', location.origin, [port2]));
    document.body.append(frame);
    page.member = join('page', port1);
  },
  removeFrame: () => frame?.remove(),
  giveWindow: () => {
    try {
      bridgeOverMessagePort(createBus(), window, { topics: ['calls'], types: [Note] });
      return '';
    } catch (error) {
      return String(error);
    }
  },
};

if (location.search === '?frame') {
  addEventListener('message', ({ ports: [port] }) => {
    if (port !== undefined) join('frame', port).publish(500);
  });
}

Object.assign(globalThis, { testPage: page });
