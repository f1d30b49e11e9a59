import { StasisError, type Bus } from '@stasis-rx/core';
import type { Clock } from '../ground/clock.js';
import type { BridgeEvent } from '../ground/events.js';
import type { BridgeLane } from './bridge-lane.js';

/** How long closing may take before it is said what it waits for. */
const PATIENCE_MS = 1000;

/** Subscriptions that are named at most. */
const MAX_NAMED = 5;

/** What a watch is given. */
export interface ClosingContext {
  readonly bus: Bus;
  readonly transport: { readonly name: string };
  readonly clock: Clock;
  readonly emit: (event: BridgeEvent) => void;
}

/** Says once for each lane what keeps a bridge from closing: whose mailboxes are full, or what is not confirmed. */
export class ClosingWatch {
  readonly #context: ClosingContext;
  readonly #stop: () => void;

  constructor(lanes: Iterable<BridgeLane>, context: ClosingContext) {
    this.#context = context;
    this.#stop = context.clock.after(PATIENCE_MS, () => {
      for (const lane of lanes) this.#look(lane);
    });
  }

  /** It has closed. */
  end(): void {
    this.#stop();
  }

  #look({ name, inbound, sender }: BridgeLane): void {
    const { transport, emit } = this.#context;
    const frames = inbound.depth;
    const reasons = [
      ...(sender.waiting > 0 ? [`${sender.waiting} records that are not confirmed`] : []),
      ...(frames > 0 ? [`room for what has arrived: ${this.#congested()}`] : []),
    ];
    if (reasons.length === 0) return;
    const text = `[${transport.name}] close() waits, on the topic "${name}", for ${reasons.join(', and for ')}.`;
    const hint = 'A signal given to close() ends the waiting.';
    emit({ type: 'error', error: new StasisError('CLOSE_WAITS', `${text} ${hint}`) });
  }

  /** Wherever messages are forwarded to, a mailbox that is full makes the topic wait. */
  #congested(): string {
    const { subscriptions } = this.#context.bus.statistics();
    const full = subscriptions.filter(({ depth, lowWater }) => depth > lowWater);
    const named = full.slice(0, MAX_NAMED).map(({ id, name, depth }) => {
      return `subscription "${id}"${name === '' ? '' : ` (${name})`} has ${depth} messages waiting`;
    });
    const rest = full.length - named.length;
    return [...named, ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
  }
}
