import { contain } from '../errors/contain.js';
import type { StasisError } from '../errors/errors.js';
import { reportObserver, type Reporter } from '../errors/observers.js';
import type { ErrorHook } from '../errors/report-error.js';
import type { Message } from '../messages/message.js';
import type { SubscriptionChangeData } from '../messages/subscription-change.js';
import type { Failure } from '../topics/audience.js';
import { DispatchError } from '../watching/dispatch-error.js';
import type { Subscription } from './subscription.js';
import type { SubscriptionsContext } from './subscriptions-context.js';

/** Whom a subscription calls beside its handler. */
export interface SubscriptionHooks {
  readonly onError?: ErrorHook<StasisError> | undefined;
  readonly onFinal?: ((message: Message<SubscriptionChangeData>) => unknown) | undefined;
  /** Called after all else, with what the topic has failed by, if it has. */
  readonly onEnd?: ((failure: Failure | undefined) => void) | undefined;
}

const NO_HOOKS: SubscriptionHooks = {};

/** Calls the hooks of one subscription, until it is done. */
export class HookCalls implements Reporter {
  readonly #bus: SubscriptionsContext;
  #hooks: SubscriptionHooks;

  constructor({ onError, onFinal, onEnd }: SubscriptionHooks, bus: SubscriptionsContext) {
    this.#hooks = { onError, onFinal, onEnd };
    this.#bus = bus;
  }

  /** Whether somebody learns of the error that the topic may end by. */
  get takesFailure(): boolean {
    return this.#hooks.onEnd !== undefined;
  }

  report(error: StasisError): void {
    this.#bus.report(error, this.#hooks.onError);
  }

  /** The final message has been handled. */
  finish(final: Message<SubscriptionChangeData>, { id, name, topic }: Subscription): void {
    const { onFinal, onEnd, onError } = this.#hooks;
    contain(
      () => onFinal?.(final),
      (cause) => {
        this.#bus.report(new DispatchError(topic.name, id, final, cause), onError);
      },
    );
    contain(
      () => onEnd?.(topic.audience.failure),
      (cause) => {
        reportObserver(name, ' as that ended', cause, this);
      },
    );
  }

  /** Lets go of them, once what is still to be told has been told. */
  release(): void {
    this.#bus.delivery.defer(() => {
      this.#hooks = NO_HOOKS;
    });
  }
}
