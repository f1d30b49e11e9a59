import { Subject, type Observable } from 'rxjs';
import type { Trampoline } from '../mailbox/trampoline.js';
import type { BusEvent, BusEventSink } from '../watching/bus-event.js';
import type { Probes } from '../watching/probes.js';
import { endAll, tellAll, type Reporter } from '../errors/observers.js';

/** What happens on a bus, for whoever looks. While nobody does, an event costs one comparison. */
export class BusEvents implements BusEventSink {
  readonly #subject = new Subject<BusEvent>();
  readonly #delivery: Trampoline;
  readonly #probes: Probes;
  readonly #reporter: Reporter;

  /** @param reporter takes what observers throw; it emits no event about that, or the same observer would throw again */
  constructor(delivery: Trampoline, probes: Probes, reporter: Reporter) {
    this.#delivery = delivery;
    this.#probes = probes;
    this.#reporter = reporter;
  }

  /** Emits on the stack of what happens, after what is being delivered. Completes when the bus has closed. */
  get events$(): Observable<BusEvent> {
    return this.#subject.asObservable();
  }

  emit(event: BusEvent): void {
    const { areListening } = this.#probes;
    if (!this.#subject.observed && !areListening) return;
    this.#delivery.defer(() => {
      if (areListening) this.#probes.changed(event);
      tellAll(this.#subject, event, 'bus.events$', this.#reporter);
    });
  }

  complete(): void {
    this.#delivery.defer(() => {
      endAll(this.#subject, 'bus.events$', this.#reporter);
    });
  }
}
