import type { AnyMessageType, Message } from '../messages/message.js';
import type { Publication } from '../watching/publication.js';
import { DispatchPlan } from './dispatch-plan.js';
import type { PlanSource } from './plan-source.js';

/** Where the plan stands that was needed last: in the topic itself, where a publish finds it without a detour. */
export interface PlanSlot {
  plan: DispatchPlan | undefined;
}

/** The dispatch plans of one topic, by message type: made when they are needed, remembered while they hold. */
export class TopicPlans {
  readonly #source: PlanSource;
  /** Most topics carry one type at a time. */
  readonly #last: PlanSlot;
  /** The plans of all types, from the second type on. */
  #plans: Map<AnyMessageType, DispatchPlan> | undefined;

  constructor(source: PlanSource, last: PlanSlot) {
    this.#source = source;
    this.#last = last;
  }

  /** The plan of this type, as the audience now is. */
  planFor(type: AnyMessageType): DispatchPlan {
    const last = this.#last.plan;
    const known = last?.type === type ? last : this.#plans?.get(type);
    if (known?.holds() === true) return (this.#last.plan = known);
    known?.fold();
    const plan = new DispatchPlan(this.#source, type);
    if (last !== undefined && last.type !== type) this.#plans ??= new Map([[last.type, last]]);
    this.#plans?.set(type, plan);
    return (this.#last.plan = plan);
  }

  /** Delivers a subscription change, by a plan that is thrown away: a change of the audience comes with every one of them. Returns what was sent with it. */
  dispatchOnce(message: Message): Publication | undefined {
    const plan = new DispatchPlan(this.#source, message.type);
    const publication = plan.dispatchFirst(message);
    plan.fold();
    return publication;
  }

  /** Adds what the plans have counted to the statistics. */
  fold(): void {
    if (this.#plans === undefined) this.#last.plan?.fold();
    else for (const plan of this.#plans.values()) plan.fold();
  }

  /** Forgets all plans: they hold on to whoever got messages. */
  clear(): void {
    this.fold();
    this.#last.plan = this.#plans = undefined;
  }
}
