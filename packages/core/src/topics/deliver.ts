import type { Message } from '../messages/message.js';
import { PendingReceipt, type Receipt } from '../watching/receipt.js';
import type { Audience } from './audience.js';

/** How a message is delivered. */
export interface DeliverOptions {
  /** Gives the waiting for the receipt up when it aborts; nothing is published if it has. Default: none. */
  readonly signal?: AbortSignal | undefined;
}

/** Publishes a message, and resolves when all whom it reaches are through with it (Q1). Rejects as `topic.deliver` does. */
export function deliver(audience: Audience, message: Message, { signal }: DeliverOptions): Promise<Receipt> {
  const { gate, signals } = audience.context;
  return new Promise((resolve, reject) => {
    // First, for it may be refused.
    const stopListening = signal && signals.listen('topic.deliver', signal, giveUp);
    if (signal?.aborted === true) giveUp();
    else if (!gate.isHeld) publish();
    else if (!gate.keep(publish)) fail(gate.overflow('topic.deliver'));

    function publish(): void {
      try {
        if (audience.isEnded) new PendingReceipt(message, 0, succeed).published();
        else audience.plans.planFor(message.type).deliver(message, succeed);
      } catch (error) {
        fail(error as Error);
      }
    }

    function succeed(receipt: Receipt): void {
      stopListening?.();
      resolve(receipt);
    }

    function giveUp(): void {
      fail(signal?.reason as Error);
    }

    function fail(error: Error): void {
      stopListening?.();
      reject(error);
    }
  });
}
