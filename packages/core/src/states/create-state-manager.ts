import type { Bus } from '../bus/bus.js';
import { assert } from '../errors/assert.js';
import type { Message } from '../messages/message.js';
import { LiveStateManager } from './live-state-manager.js';
import type { StateManager } from './state-manager.js';

/**
 * Makes a state manager, or gives the one that the topic of this name has already. Its states' topics are named
 * `name + '/' + id`. Models `stasis_state_manager_create`.
 *
 * @param name name of the topic to which all states are forwarded
 * @throws InvalidArgumentError when the bus or name cannot work
 * @example
 * const devices = createStateManager(bus, 'device:all');
 * devices.publish('101', DeviceState({ id: '101', state: 'busy' }));
 * devices.subscribe('101', (message) => show(message)).data; // the last one, at once
 */
export function createStateManager<M extends Message = Message>(bus: Bus, name: string): StateManager<M> {
  assert(typeof (bus as Partial<Bus> | undefined)?.topic === 'function', 'createStateManager', 'a bus', bus);
  const topic = bus.topic<M>(name);
  topic.audience.isOnDemand = false; // it is more than the child of another one
  return (topic.audience.stateManager ??= new LiveStateManager<M>(topic)) as unknown as StateManager<M>;
}
