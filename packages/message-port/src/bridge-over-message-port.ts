import { createBridge, type Bridge, type BridgeOptions } from '@stasis-rx/bridge';
import { InvalidArgumentError, type Bus } from '@stasis-rx/core';
import { withClonedData } from './clone-codec.js';
import { MessagePortTransport } from './message-port-transport.js';
import { isPort, isWindow, type Port } from './port.js';

/**
 * Makes chosen topics of this bus appear on the bus at the other end of a port, and those of that bus on this one. Both
 * ends make a bridge; give each a bus with an `eid` of its own, as `createBus` does when it is given none.
 *
 * What is published here as local arrives there under this bus's `eid`, in order for each topic, and goes no further: a bus
 * with bridges to several workers has what all of them publish, and none of them has what another does. Data arrives as a
 * structured clone of it: with `Date`, `Map`, `Set`, `BigInt`, `undefined` and all numbers, unless its type has a codec.
 * Data with anything else that is no plain object or array, as a function, is told of (`unsendable`).
 *
 * When the port is closed or the worker has ended, the peer has left, its entries leave the caches, and the bridge ends
 * with an `error`, code `CONNECTION_CLOSED`. Browsers do not tell when a worker has ended: it is lost after `peerTimeoutMs`.
 *
 * An open bridge keeps a process of Node alive, as every listener on a port does, and a closed one does not; `unref()` the
 * port after this call where that is not wanted.
 *
 * @param bus which bus; when it closes, so does the bridge
 * @param port a MessagePort, a worker, or what a worker has instead; it is started and listened to, and never closed. Other
 * messages on it are left alone. One bridge for each end
 * @throws InvalidArgumentError when an argument or option cannot work
 * @example
 * const worker = new Worker(new URL('./worker.js', import.meta.url));
 * const link = bridgeOverMessagePort(bus, worker, { topics: ['calls'], types: [CallAnswered] });
 */
export function bridgeOverMessagePort(bus: Bus, port: Port, options: BridgeOptions): Bridge {
  if (!isPort(port)) {
    const hint = isWindow(port)
      ? 'Make a MessageChannel, post one of its ports to the window, and give the other one.'
      : undefined;
    const expected = 'port to have postMessage, and listeners for messages';
    throw new InvalidArgumentError('[message-port] bridgeOverMessagePort()', expected, port, hint);
  }
  return createBridge(bus, new MessagePortTransport(port), withClonedData(options));
}
