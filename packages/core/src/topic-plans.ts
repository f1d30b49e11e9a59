import type { Audience } from './audience.js';
import { DispatchPlan } from './dispatch-plan.js';
import type { Message } from './message.js';
import type { AnyMessageType } from './message-type.js';

/** The dispatch plans of one topic, by message type: made when they are needed, remembered while they hold. */
export class TopicPlans {
  /** The plan that was needed last: most topics carry one type at a time. */
  last: DispatchPlan | undefined;
  readonly #audience: Audience;
  /** The plans of all types, from the second type on. */
  #plans: Map<AnyMessageType, DispatchPlan> | undefined;

  constructor(audience: Audience) {
    this.#audience = audience;
  }

  /** The plan of this type, as the audience now is. */
  planFor(type: AnyMessageType): DispatchPlan {
    const known = this.last?.type === type ? this.last : this.#plans?.get(type);
    if (known?.isFor(type) === true) return (this.last = known);
    known?.fold();
    const plan = new DispatchPlan(this.#audience, type);
    if (this.last !== undefined && this.last.type !== type) this.#plans ??= new Map([[this.last.type, this.last]]);
    this.#plans?.set(type, plan);
    return (this.last = plan);
  }

  /** Delivers a message by a plan that is thrown away afterwards. */
  dispatchOnce(message: Message): boolean {
    const plan = new DispatchPlan(this.#audience, message.type);
    const isWithinHighWater = plan.dispatch(message);
    plan.fold();
    return isWithinHighWater;
  }

  /** Adds what the plans have counted to the statistics. */
  fold(): void {
    if (this.#plans === undefined) this.last?.fold();
    else for (const plan of this.#plans.values()) plan.fold();
  }

  clear(): void {
    this.fold();
    this.last = this.#plans = undefined;
  }
}
