import type { Audience } from './audience.js';
import { InvalidArgumentError, StasisError } from './errors.js';
import type { Message } from './message.js';
import type { Topic } from './topic.js';

/** A forward between two topics. Models `struct stasis_forward`. */
export interface Forward {
  /** Stops forwarding; ends neither topic (F1). Doing it twice does nothing. */
  cancel(): void;
  /** Same as `cancel`. */
  [Symbol.dispose](): void;
}

/**
 * Delivers all of one topic's messages to another topic's subscribers, also to those that subscribe later (F1), in the
 * order of publishing (F2). Where two paths lead to one subscription, a message reaches it once (F4). O(1) to make;
 * ends with `cancel`, or with either topic. Models `stasis_forward_all`.
 *
 * @param from the topic whose messages are forwarded; forwarding a topic to itself does nothing (F3)
 * @param to the topic whose subscribers get them, on the same bus
 * @returns a handle; several for the same two topics are independent, and the last one cancelled ends the forward
 * @throws InvalidArgumentError when they are not two topics of one bus
 * @throws StasisError `FORWARD_CYCLE` when `to` is already forwarded to `from`, directly or not (F4)
 * @example
 * const forward = forwardAll(channel, allChannels);
 * forward.cancel();
 */
export function forwardAll<From extends Message, To extends Message>(from: Topic<From>, to: Topic<To>): Forward {
  const source = audienceOf('from', from);
  const target = audienceOf('to', to);
  if (source.context !== target.context) {
    throw new InvalidArgumentError(
      '[core] forwardAll()',
      'two topics of one bus',
      to.name,
      `"${from.name}" belongs to another one.`,
    );
  }
  if (target !== source && target.reach().has(source)) {
    throw new StasisError(
      'FORWARD_CYCLE',
      `[core] forwardAll(): "${to.name}" is already forwarded to "${from.name}"; this forward would close a cycle.`,
    );
  }
  let isActive = target !== source && !source.isEnded && !target.isEnded;
  const { events } = source.context;
  if (isActive) {
    source.forwardTo(target);
    events.emit({ type: 'forwarded', from: from.name, to: to.name });
  }
  const cancel = (): void => {
    if (!isActive) return;
    isActive = false;
    source.cancelForwardTo(target);
    events.emit({ type: 'forward-cancelled', from: from.name, to: to.name });
  };
  return { cancel, [Symbol.dispose]: cancel };
}

function audienceOf(name: string, topic: unknown): Audience {
  const audience = (topic as Partial<Topic> | undefined)?.audience;
  if (audience === undefined) {
    throw new InvalidArgumentError('[core] forwardAll()', `${name} to be a topic of a bus`, topic);
  }
  return audience;
}
