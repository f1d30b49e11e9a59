import { createBridge, type Bridge, type BridgeOptions } from '@stasis-rx/bridge';
import { InvalidArgumentError, type Bus } from '@stasis-rx/core';
import { BroadcastChannelTransport, type BroadcastChannelClass } from './broadcast-channel-transport.js';

/** How a bus is bridged over BroadcastChannel. Read once. */
export interface BroadcastChannelBridgeOptions extends BridgeOptions {
  /** The class to use in place of the platform's. */
  readonly BroadcastChannel?: BroadcastChannelClass | undefined;
}

/**
 * Makes chosen topics of this bus appear on the buses of other tabs and workers of one origin, and theirs on this one.
 * Every bus that is bridged with the same group name belongs to the group; give each a bus with an `eid` of its own, as
 * `createBus` does when it is given none.
 *
 * What is published here as local arrives elsewhere under this bus's `eid`, in order for each bus and topic. Nothing is
 * stored: a tab that is suspended or falls behind by more than 8 MiB of a topic's messages misses what is posted meanwhile, is told
 * (`gap`), and gets its caches put right.
 *
 * @param bus which bus; when it closes, so does the bridge
 * @param group the group's name: anything but empty
 * @throws InvalidArgumentError when an argument or option cannot work
 * @example
 * const link = bridge(bus, 'wallboard', { topics: ['calls'], types: [CallAnswered] });
 * addEventListener('pagehide', () => void link.close());
 */
export function bridge(bus: Bus, group: string, options: BroadcastChannelBridgeOptions): Bridge {
  const call = '[broadcast-channel] bridge()';
  if (typeof group !== 'string' || group === '') {
    throw new InvalidArgumentError(call, 'group to be a string that is not empty', group);
  }
  const platform: unknown = (globalThis as { BroadcastChannel?: unknown }).BroadcastChannel;
  const Channel: unknown = (options as BroadcastChannelBridgeOptions | undefined)?.BroadcastChannel ?? platform;
  if (typeof Channel !== 'function') {
    throw new InvalidArgumentError(
      call,
      'a platform with BroadcastChannel',
      Channel,
      'Give a class as BroadcastChannel.',
    );
  }
  return createBridge(bus, new BroadcastChannelTransport(group, Channel as BroadcastChannelClass), options);
}
