// Components and services as a user writes them: with the decorators of Angular, whichever kind the compiler is set to.
import { Component, inject, Injectable, input, type Provider, type Signal } from '@angular/core';
import {
  BUS,
  injectBus,
  injectTopic,
  provideBus,
  subscribeUntilDestroyed,
  toCacheEntriesSignal,
  toCacheSignal,
  toLatestSignal,
} from '@stasis-rx/angular';
import { createBus, createCache, messageType, type Bus, type Message, type Topic } from '@stasis-rx/core';

interface Call {
  readonly id: string;
  readonly agent: string;
}

const CallAnswered = messageType<Call>('call_answered');
const QueueFull = messageType<{ readonly queue: string }>('queue_full');

@Injectable({ providedIn: 'root' })
export class Calls {
  readonly topic: Topic<Message<Call>> = injectTopic('calls', { detail: undefined });
  readonly cache = createCache({ id: (message) => (CallAnswered.is(message) ? message.data.id : undefined) });
}

@Component({ selector: 'app-call', template: '{{ call()?.data?.agent }} {{ latest()?.data?.agent }}' })
export class CallComponent {
  readonly id = input.required<string>();
  readonly bus: Bus = injectBus({ injector: undefined });
  readonly #calls = inject(Calls);
  readonly call: Signal<Message<Call> | undefined> = toCacheSignal(this.#calls.cache, CallAnswered, this.id);
  readonly calls: Signal<readonly Message<Call>[]> = toCacheEntriesSignal(this.#calls.cache, CallAnswered);
  readonly latest = toLatestSignal(this.#calls.topic, CallAnswered);

  constructor() {
    subscribeUntilDestroyed(this.#calls.topic, ({ data }) => data.agent, { accept: [CallAnswered], name: undefined });
    // @ts-expect-error an answered call has no queue
    subscribeUntilDestroyed(this.#calls.topic, ({ data }) => data.queue, { accept: [CallAnswered] });
    // @ts-expect-error a topic of calls carries nothing about queues
    toLatestSignal(this.#calls.topic, QueueFull);
    // @ts-expect-error there may be none yet
    void this.latest().data;
    // @ts-expect-error a signal is read only
    this.latest.set(undefined);
    // @ts-expect-error an object is no id
    toCacheSignal(this.#calls.cache, CallAnswered, { id: '1' });
  }
}

const itself: Provider = { provide: BUS, useValue: createBus() };
export const providers = [provideBus(() => ({ name: 'calls', zone: 'outside', onError: undefined })), itself];
// @ts-expect-error there is no such zone
provideBus({ zone: 'angular' });
// @ts-expect-error the token is of a bus
export const name: string = inject(BUS);
