import { PROTOCOL } from '../protocol/frames.js';

/** What the page is told by, along with its end of the channel. */
export const GREETING = 'stasis-rx-inspector';

/**
 * Makes a frame with the page. It is of no origin: whatever stands in a message, nothing of it gets at the application.
 * @param greet called each time that the page has been loaded, with the end of a channel whose other end the page has
 */
export function createFrame(document: Document, html: string, greet: (port: MessagePort) => void): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.title = 'Inspector';
  frame.setAttribute('sandbox', 'allow-scripts allow-downloads');
  frame.style.cssText = 'display:block;flex:1;width:100%;min-height:0;border:0';
  frame.srcdoc = html;
  frame.addEventListener('load', () => {
    const { port1, port2 } = new MessageChannel();
    frame.contentWindow?.postMessage({ is: GREETING, protocol: PROTOCOL }, '*', [port2]);
    greet(port1);
  });
  return frame;
}
