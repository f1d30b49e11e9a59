import type { Bus } from '@stasis-rx/core';
import type { BridgeTransport } from '../protocol/transport.js';
import type { Bridge } from './bridge.js';
import { LiveBridge } from './live-bridge.js';
import { assertBridgeOptions, type BridgeOptions } from './options.js';

/**
 * Makes a bridge over a transport: for those who write one. Users call the `bridge` of the transport's package.
 *
 * @param bus which bus
 * @param transport belongs to this bridge from now on
 * @throws InvalidArgumentError when an option cannot work
 */
export function createBridge(bus: Bus, transport: BridgeTransport, options: BridgeOptions): Bridge {
  assertBridgeOptions(`[${transport.name}] ${transport.call ?? 'bridge'}()`, bus, options);
  return new LiveBridge(bus, transport, options);
}
