import type { Audience } from './audience.js';
import { DispatchPlan } from './dispatch-plan.js';
import type { Message } from '../messages/message.js';
import type { AnyMessageType } from '../messages/message-type.js';

/**
 * The dispatch plans of one topic, by message type: made when they are needed, remembered while they hold. The one that was
 * needed last stands in the topic itself, where a publish finds it without a detour: most topics carry one type at a time.
 */
export class TopicPlans {
  readonly #audience: Audience;
  /** The plans of all types, from the second type on. */
  #plans: Map<AnyMessageType, DispatchPlan> | undefined;

  constructor(audience: Audience) {
    this.#audience = audience;
  }

  /** The plan of this type, as the audience now is. */
  planFor(type: AnyMessageType): DispatchPlan {
    const { topic } = this.#audience;
    const last = topic.plan;
    const known = last?.type === type ? last : this.#plans?.get(type);
    if (known?.isFor(type) === true) return (topic.plan = known);
    known?.fold();
    const plan = new DispatchPlan(this.#audience, type);
    if (last !== undefined && last.type !== type) this.#plans ??= new Map([[last.type, last]]);
    this.#plans?.set(type, plan);
    return (topic.plan = plan);
  }

  /** Delivers a message by a plan that is thrown away afterwards. */
  dispatchOnce(message: Message): void {
    const plan = new DispatchPlan(this.#audience, message.type);
    plan.dispatch(message);
    plan.fold();
  }

  /** Adds what the plans have counted to the statistics. */
  fold(): void {
    if (this.#plans === undefined) this.#audience.topic.plan?.fold();
    else for (const plan of this.#plans.values()) plan.fold();
  }

  /** Forgets all plans: they hold on to whoever got messages. */
  clear(): void {
    this.fold();
    this.#audience.topic.plan = this.#plans = undefined;
  }
}
