import { Subject } from 'rxjs';
import { assert, assertFunction, assertName, assertOptions, isRecord } from '../errors/assert.js';
import { contain } from '../errors/contain.js';
import { StasisError } from '../errors/errors.js';
import { isMessage, LOCAL_EID, type Message } from '../messages/message.js';
import type { Received, SubscribeOptions } from '../subscriptions/subscribe.js';
import type { Handler } from '../subscriptions/subscription.js';
import { takeChild } from '../topics/child-topic.js';
import type { Topic, TopicBus } from '../topics/topic.js';
import type { StateManager } from './state-manager.js';
import type { StateObserver } from './state-observer.js';
import type { StatePublisher } from './state-publisher.js';
import { subscribeToState, type StateSubscriber } from './state-subscriber.js';
import { State, type StateHolder } from './state.js';

/** The class behind {@link StateManager}. */
export class LiveStateManager<M extends Message> implements StateManager<M> {
  readonly topic: Topic<M>;
  readonly #bus: TopicBus;
  readonly #states = new Map<string, State<M>>();
  /** What the observers are told, each as a call of whichever observer. */
  readonly #told = new Subject<(observer: StateObserver<M>) => unknown>();

  constructor(topic: Topic<M>) {
    this.topic = topic;
    this.#bus = topic.bus;
  }

  ids(): string[] {
    return [...this.#states.keys()];
  }

  /** How many states live. */
  get size(): number {
    return this.#states.size;
  }

  get(id: string): M | undefined {
    return this.#states.get(id)?.data;
  }

  entries(): [id: string, data: M | undefined][] {
    return Array.from(this.#states, ([id, { data }]) => [id, data]);
  }

  publisher(id: string): StatePublisher<M> {
    const state = this.#state('publisher', id);
    const publisher: StatePublisher<M> = {
      id,
      get data() {
        return state.data;
      },
      publish: (message) => {
        assertMessage('publisher.publish', message);
        if (state.holders.has(publisher)) this.#publish(state, message);
      },
      unsubscribe: () => {
        state.release(publisher);
      },
    };
    state.holders.add(publisher);
    return publisher;
  }

  subscribe(id: string, handler: Handler<never>, options: SubscribeOptions = {}): StateSubscriber<M> {
    const state = this.#state('subscribe', id);
    const subscriber = subscribeToState(state, handler as Handler<Received<M>>, options, () => {
      this.#tell((observer) => observer.unsubscribe?.(id, subscriber));
    });
    this.#tell((observer) => observer.subscribe?.(id, subscriber));
    return subscriber;
  }

  publish(id: string, message: M, eid?: string | null): void {
    assertMessage('publish', message);
    const state = this.#state('publish', id);
    state.holders.add(implicitPublisher(eid, message));
    this.#publish(state, message);
  }

  remove(id: string, eid?: string | null, lastMessage?: M): boolean {
    if (lastMessage !== undefined) assertMessage('remove', lastMessage);
    const state = this.#states.get(id);
    const publisher = implicitPublisher(eid, lastMessage);
    if (state?.holders.has(publisher) !== true) return false;
    if (lastMessage !== undefined) this.#publish(state, lastMessage);
    return state.release(publisher);
  }

  observe(observer: StateObserver<M>): { unsubscribe(): void } {
    assert(isRecord(observer), 'states.observe', 'an observer', observer);
    assertOptions('states.observe', observer, {
      subscribe: assertFunction,
      unsubscribe: assertFunction,
      publish: assertFunction,
    });
    const fail = (cause: unknown): void => {
      this.#bus.report(new StasisError('STATE_OBSERVER', '[core] an observer of a state manager failed.', { cause }));
    };
    const subscription = this.#told.subscribe((event) => {
      this.#bus.delivery.defer(() => {
        if (!subscription.closed) contain(() => event(observer), fail);
      });
    });
    return subscription;
  }

  #state(call: string, id: string): State<M> {
    const known = this.#states.get(id);
    if (known !== undefined) return known;
    assertName(`states.${call}`, 'id', id);
    return this.#bus.delivery.run(() => {
      const state = new State<M>(id, takeChild(this.topic, id), () => {
        this.#states.delete(id);
        if (state.data !== undefined && this.#bus.probes.areListening) this.#tellWrite(0, id, state.data, undefined);
      });
      this.#states.set(id, state);
      return state;
    });
  }

  #publish(state: State<M>, message: M): void {
    const { gate } = this.#bus;
    if (!gate.isHeld) this.#publishNow(state, message);
    else {
      gate.keep(() => {
        this.#publishNow(state, message);
      });
    }
  }

  #publishNow(state: State<M>, message: M): void {
    if (state.topic.isCompleted) return;
    if (this.#bus.probes.areListening) this.#tellWrites(state, message);
    state.data = message;
    if (!this.#told.observed) {
      state.topic.publish(message);
      return;
    }
    // The observers come first in what waits: whatever the subscribers publish in turn comes after that.
    this.#bus.delivery.run(() => {
      state.topic.publish(message);
      this.#tell((observer) => observer.publish?.(state.id, message));
    });
  }

  /** What probes are told of is an entry by its type and entity, too: a message of others takes the place of another entry. */
  #tellWrites({ id, data: old }: State<M>, message: M): void {
    const { nextId } = this.#bus.probes;
    const isReplaced = old !== undefined && (old.type.identity !== message.type.identity || old.eid !== message.eid);
    if (isReplaced) this.#tellWrite(nextId, id, old, undefined);
    this.#tellWrite(nextId, id, isReplaced ? undefined : old, message);
  }

  /** @param by the publish: 0 where there is none */
  #tellWrite(by: number, id: string, old: M | undefined, snapshot: M | undefined): void {
    this.#bus.probes.wrote(by, this.topic, this.topic, { id, old, snapshot });
  }

  /** Tells each observer, after what is being delivered. */
  #tell(event: (observer: StateObserver<M>) => unknown): void {
    this.#bus.delivery.run(() => this.#told.next(event));
  }
}

function implicitPublisher(
  eid: string | null | undefined,
  message: Pick<Message, 'eid'> = { eid: LOCAL_EID },
): StateHolder {
  return eid === undefined ? message.eid : eid;
}

function assertMessage(call: string, message: unknown): void {
  assert(isMessage(message), `states.${call}`, 'a message', message);
}
