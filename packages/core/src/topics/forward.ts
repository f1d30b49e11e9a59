import { assert } from '../errors/assert.js';
import { assertTopic } from './assert-topic.js';
import { StasisError } from '../errors/errors.js';
import type { Message } from '../messages/message.js';
import { fedBy } from './tap.js';
import type { Topic } from './topic.js';

/** A forward between two topics. Models `struct stasis_forward`. */
export interface Forward {
  /** Stops forwarding; ends neither topic (F1). Doing it twice does nothing. */
  cancel(): void;
  /** Same as `cancel`. */
  [Symbol.dispose](): void;
}

/** What a message of these types can be published on. */
export interface Takes<M extends Message> {
  /** Publishes a message. */
  readonly next: (message: M) => unknown;
}

/**
 * Delivers all of one topic's messages to another topic's subscribers, also to those that subscribe later (F1), in the
 * order of publishing (F2). Where two paths lead to one subscription, a message reaches it once (F4). Costs as much
 * to make as `to` feeds topics; ends with `cancel`, or with either topic. Models `stasis_forward_all`.
 *
 * @param from the topic whose messages are forwarded; forwarding a topic to itself does nothing (F3)
 * @param to the topic whose subscribers get them, on the same bus; its type has to be for all messages of `from`. Where you
 * know better: `to as Topic`
 * @returns a handle; several for the same two topics are independent, and the last one cancelled ends the forward
 * @throws InvalidArgumentError when they are not two topics of one bus
 * @throws StasisError `FORWARD_CYCLE` when `to` already feeds `from`, by forwards and caching topics, directly or not (F4)
 * @example
 * const forward = forwardAll(channel, allChannels);
 * forward.cancel();
 */
export function forwardAll<
  From extends Message = never, // of a topic that is `any`, nothing is known to be wrong
  To extends Message = Message,
>(from: Topic<From>, to: Topic<To> & Takes<NoInfer<From>>): Forward {
  const call = 'forwardAll';
  assertTopic(call, 'from', from);
  assertTopic(call, 'to', to);
  const [source, target] = [from.audience, to.audience];
  const { context } = source;
  const names = { from: from.name, to: to.name };
  assert(context === target.context, call, 'two topics of one bus', to.name, `"${from.name}" belongs to another one.`);
  let isActive = target !== source && !source.isEnded && !target.isEnded;
  if (isActive) {
    if (fedBy(target).has(source)) {
      const how = target.reach().has(source) ? 'is already forwarded to' : 'already feeds, through a caching topic,';
      const text = `"${to.name}" ${how} "${from.name}"; this forward would close a cycle.`;
      throw new StasisError('FORWARD_CYCLE', `[core] ${call}(): ${text}`);
    }
    source.forwardTo(target);
    context.events.emit({ type: 'forwarded', ...names });
  }
  const cancel = (): void => {
    if (!isActive) return;
    isActive = false;
    source.cancelForwardTo(target);
    if (!source.isEnded && !target.isEnded) context.events.emit({ type: 'forward-cancelled', ...names });
  };
  return { cancel, [Symbol.dispose]: cancel };
}
