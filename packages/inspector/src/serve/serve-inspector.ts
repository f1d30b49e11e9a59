import type { Bus } from '@stasis-rx/core';
import { systemClock } from '../ground/clock.js';
import { limitsOf } from '../ground/limits.js';
import { Inspected } from '../session/inspected.js';
import { openSession } from '../session/session.js';
import { listen } from './listen.js';
import { loadPage } from './load-page.js';
import { assertServeOptions, type ServeInspectorOptions } from './serve-options.js';
import { served, type ServedInspector } from './served-inspector.js';

export type { ServeInspectorOptions } from './serve-options.js';
export type { ServedInspector } from './served-inspector.js';

/**
 * Serves a page on which one sees what goes on in a bus, and the WebSocket behind it. For Node. Whoever has the URL sees
 * every message, as far as `redact` leaves it, and may pause and step; nobody else gets anything, pages of other origins
 * neither. It records from now on, and costs what a probe costs.
 *
 * It keeps no process alive, and goes on when the bus has been closed: what was recorded can still be looked at.
 *
 * @returns resolves when it listens
 * @throws InvalidArgumentError (rejects) when an argument or option cannot work
 * @throws StasisError (rejects) with code `CANNOT_LISTEN`, for instance when the port is taken
 * @example
 * const inspector = await serveInspector(bus);
 * console.log(inspector.url);
 */
export async function serveInspector(bus: Bus, options: ServeInspectorOptions = {}): Promise<ServedInspector> {
  assertServeOptions(bus, options);
  return serve(bus, options, await loadPage());
}

/** The same with a page of one's own. */
export async function serve(bus: Bus, options: ServeInspectorOptions, html: string): Promise<ServedInspector> {
  const { redact, control = true, recordAlways = true, clock = systemClock } = options;
  const limits = limitsOf('[inspector] serveInspector()', options.limits);
  const { server, url } = await listen('serveInspector', options, html);
  const settings = { limits, clock, redact, isControllable: control, isAlwaysRecorded: recordAlways };
  const inspected = new Inspected(bus, settings);
  server.open((carrier, whenClosed) => openSession(inspected, carrier, whenClosed));
  return served(server, url, () => inspected.close());
}
