import type { Bus } from '@stasis-rx/core';
import type { Tape } from '../recording/tape.js';
import { Inspected, type InspectedOptions } from '../session/inspected.js';
import { openSession, type Session } from '../session/session.js';
import { dock } from './dock.js';
import { fill } from './fill.js';
import { createFrame } from './frame.js';
import { PortCarrier } from './port-carrier.js';

/** A panel that is there. */
export interface ShownPanel {
  /** Takes it away. */
  remove(): void;
}

/** What is shown in it. */
export interface PanelContent {
  readonly bus: Bus;
  readonly tape: Tape;
  readonly settings: InspectedOptions;
  /** Called when who looks has closed it. */
  readonly close: () => void;
}

/** Shows the page in a window or, where there is none, at the bottom of the document. */
export function showPanel(html: string, opened: Window | undefined, content: PanelContent): ShownPanel {
  const { bus, tape, settings, close } = content;
  const inspected = new Inspected(bus, settings, tape);
  let session: Session | undefined;
  const frame = createFrame((opened ?? window).document, html, (port) => {
    session?.close('loaded anew'); // it begins anew
    session = openSession(inspected, new PortCarrier(port), () => undefined);
  });
  const place = opened === undefined ? dock(document, frame, close) : fill(opened, frame, close);
  return {
    remove: () => {
      place.remove();
      session?.close('closed');
    },
  };
}
