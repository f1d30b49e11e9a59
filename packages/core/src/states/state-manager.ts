import { Subject } from 'rxjs';
import { assert, assertFunction, assertName, assertOptions, isRecord } from '../errors/assert.js';
import type { Bus } from '../bus/bus.js';
import type { BusContext } from '../bus/bus-context.js';
import { takeChild } from '../topics/child-topic.js';
import { StasisError } from '../errors/errors.js';
import { isMessage, LOCAL_EID, type Message } from '../messages/message.js';
import type { AnyMessageType } from '../messages/message-type.js';
import { contain } from '../errors/settlement.js';
import { State, type StateHolder } from './state.js';
import type { StateObserver } from './state-observer.js';
import { subscribeToState, type StateSubscriber } from './state-subscriber.js';
import type { Accepted, FilterOptions, Received, SubscribeOptions } from '../subscriptions/subscribe.js';
import type { Handler } from '../subscriptions/subscription.js';
import type { Topic } from '../topics/topic.js';

/** An explicit publisher of one state (X2). Models `struct stasis_state_publisher`. */
export interface StatePublisher<M extends Message = Message> {
  /** Of the state that it publishes. */
  readonly id: string;
  /** The last message published for this id. */
  readonly data: M | undefined;
  /** Makes the message the state's, and publishes it. Does nothing after `unsubscribe` or the end of the state's topic. */
  publish(message: M): void;
  /** Lets go of the state; without any other publisher or subscriber it ends. */
  unsubscribe(): void;
}

/**
 * Keeps one topic and its last message per id, all forwarded to one topic (X1). A state lives as long as it has a
 * publisher or a subscriber, or until its topic ends, as it does when the bus closes. With the state its topic ends, but
 * for one that was made by its name, and one that somebody else still listens to or has in a pool. Models `struct stasis_state_manager`.
 */
export interface StateManager<M extends Message = Message> {
  /** The topic to which every state's topic is forwarded. */
  readonly topic: Topic<M>;
  /** The ids of the states that live; a snapshot. */
  ids(): string[];
  /** The last message published for this id, without holding on to the state; `undefined` when there is none. */
  get(id: string): M | undefined;
  /**
   * The ids of the states that live, each with its last message, without holding on to them; a snapshot, in the order in
   * which they came. O(states). Models `stasis_state_callback_all`.
   */
  entries(): [id: string, data: M | undefined][];
  /** A publisher that holds on to the state until it unsubscribes. Models `stasis_state_add_publisher`. */
  publisher(id: string): StatePublisher<M>;
  /** Subscribes to one state's topic, as `subscribe` does. Models `stasis_state_subscribe_pool`. */
  subscribe<
    const Accept extends readonly AnyMessageType[] | undefined = undefined,
    Formats extends readonly string[] | undefined = undefined,
  >(
    id: string,
    handler: Handler<Accepted<M, Accept, Formats>>,
    options?: SubscribeOptions & FilterOptions<M, Accept, Formats>,
  ): StateSubscriber<M>;
  /**
   * Publishes as an implicit publisher: one for each id and entity, which holds on to the state until it is removed.
   * @param eid default: the message's own
   */
  publish(id: string, message: M, eid?: string | null): void;
  /**
   * Removes an implicit publisher, after publishing a last message for it. Models `stasis_state_remove_publish_by_id`.
   * @param eid default: the last message's, else the local entity
   * @returns whether there was such a publisher
   */
  remove(id: string, eid?: string | null, lastMessage?: M): boolean;
  /** Has an observer told from now on. Models `stasis_state_add_observer`. */
  observe(observer: StateObserver<M>): {
    /** Has it told no more. */
    unsubscribe(): void;
  };
}

/**
 * Makes a state manager, or gives the one that the topic of this name has already. Its states' topics are named
 * `name + '/' + id`. Models `stasis_state_manager_create`.
 *
 * @param name name of the topic to which all states are forwarded
 * @throws InvalidArgumentError when the bus or name cannot work
 * @example
 * const devices = createStateManager(bus, 'device:all');
 * devices.publish('101', DeviceState({ id: '101', state: 'busy' }));
 * devices.subscribe('101', (message) => show(message)).data; // the last one, at once
 */
export function createStateManager<M extends Message = Message>(bus: Bus, name: string): StateManager<M> {
  assert(typeof (bus as Partial<Bus> | undefined)?.topic === 'function', 'createStateManager', 'a bus', bus);
  const topic = bus.topic<M>(name);
  topic.audience.isOnDemand = false; // it is more than the child of another one
  return (topic.audience.stateManager ??= new LiveStateManager<M>(topic)) as StateManager<M>;
}

class LiveStateManager<M extends Message> implements StateManager<M> {
  readonly topic: Topic<M>;
  readonly #context: BusContext;
  readonly #states = new Map<string, State<M>>();
  /** What the observers are told, each as a call of whichever observer. */
  readonly #told = new Subject<(observer: StateObserver<M>) => unknown>();

  constructor(topic: Topic<M>) {
    this.topic = topic;
    this.#context = topic.audience.context;
  }

  ids(): string[] {
    return [...this.#states.keys()];
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
      this.#context.report(
        new StasisError('STATE_OBSERVER', '[core] an observer of a state manager failed.', { cause }),
      );
    };
    const subscription = this.#told.subscribe((event) => {
      this.#context.delivery.defer(() => {
        if (!subscription.closed) contain(() => event(observer), fail);
      });
    });
    return subscription;
  }

  #state(call: string, id: string): State<M> {
    const known = this.#states.get(id);
    if (known !== undefined) return known;
    assertName(`states.${call}`, 'id', id);
    return this.#context.delivery.stage(() => {
      const state = new State(id, takeChild(this.topic, id), () => this.#states.delete(id));
      this.#states.set(id, state);
      return state;
    });
  }

  #publish(state: State<M>, message: M): void {
    if (state.topic.isCompleted) return;
    state.data = message;
    if (!this.#told.observed) {
      state.topic.publish(message);
      return;
    }
    // The observers come first in what waits: whatever the subscribers publish in turn comes after that.
    this.#context.delivery.stage(() => {
      state.topic.publish(message);
      this.#tell((observer) => observer.publish?.(state.id, message));
    });
  }

  /** Tells each observer, after what is being delivered. */
  #tell(event: (observer: StateObserver<M>) => unknown): void {
    this.#context.delivery.stage(() => this.#told.next(event));
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
