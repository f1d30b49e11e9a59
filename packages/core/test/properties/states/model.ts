import { end, forward, modelTopic, publish, unsubscribe } from '../model.js';
import type { ModelObserver, ModelSubscription, ModelTopic } from '../model.js';

/** What a state manager promises: a topic, a last message and holders for each id, and observers who are told. */

export interface ModelState {
  readonly topic: ModelTopic;
  /** Who keeps it alive. */
  readonly holders: Set<unknown>;
  /** The last message. */
  data: string | undefined;
  readonly stopForwarding: () => void;
}

export class ModelStates {
  readonly states = new Map<string, ModelState>();
  readonly #all: ModelTopic;
  readonly #addTopic: (topic: ModelTopic) => void;
  #observers: readonly ModelObserver[] = [];

  /**
   * @param all to which every state's topic is forwarded
   * @param addTopic is told of every state's topic
   */
  constructor(all: ModelTopic, addTopic: (topic: ModelTopic) => void) {
    this.#all = all;
    this.#addTopic = addTopic;
  }

  /** X1: the state of this id, made where there is none. */
  hold(id: string, holder: unknown): ModelState {
    const state = this.states.get(id) ?? this.#made(id);
    state.holders.add(holder);
    return state;
  }

  /** X1: the last one to let go ends it. */
  release(id: string, holder: unknown): boolean {
    const state = this.states.get(id);
    if (state?.holders.delete(holder) !== true) return false;
    if (state.holders.size > 0) return true;
    this.states.delete(id);
    state.stopForwarding();
    end(state.topic, 'completed');
    return true;
  }

  /** X2: whoever holds it publishes. */
  publish(id: string, holder: unknown, type: string, text: string): void {
    const state = this.states.get(id);
    if (state?.holders.has(holder) !== true) return;
    state.data = text;
    publish(state.topic, type, text);
    this.tell(`publish ${id}: ${text}`);
  }

  unsubscribe(id: string, holder: unknown, subscription: ModelSubscription): void {
    unsubscribe(subscription);
    if (this.release(id, holder)) this.tell(`unsubscribe ${id}`);
  }

  observe(): ModelObserver {
    const observer: ModelObserver = {
      due: [],
      leave: () => void (this.#observers = this.#observers.filter((other) => other !== observer)),
    };
    this.#observers = [...this.#observers, observer];
    return observer;
  }

  tell(text: string): void {
    for (const { due } of this.#observers) due.push(text);
  }

  #made(id: string): ModelState {
    const topic = modelTopic(`${this.#all.name}/${id}`);
    const state = { topic, holders: new Set(), data: undefined, stopForwarding: forward(topic, this.#all) };
    this.states.set(id, state);
    this.#addTopic(topic);
    return state;
  }
}
