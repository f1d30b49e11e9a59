// A bus with a topic and a cache of it, with a bridge over each of its ports: what tests, workers and pages have in common.
import { createBus, createCache, createCachingTopic, messageType, subscribe, type Bus } from '@stasis-rx/core';
import {
  bridgeOverMessagePort,
  type Bridge,
  type BridgeEvent,
  type BridgeOptions,
  type Port,
} from '@stasis-rx/message-port';

interface Item {
  readonly id: string;
  readonly n: number;
}

/** An event: not cached. */
export const Note = messageType<Item>('note');
/** A snapshot: cached by id. */
export const State = messageType<Item>('state');

/** A bridged bus, and what has come. */
export interface Member {
  readonly bus: Bus;
  /** The bridge over its first port. */
  readonly link: Bridge;
  readonly events: BridgeEvent[];
  /** Publishes notes 1 to this number, and a state with it. */
  publish(count: number): void;
  /** The numbers of the notes that came from an entity. */
  numbers(eid: string): number[];
  /** The state of an entity that the cache holds; its own is `local`. */
  state(eid: string): number | undefined;
  /** Resolves when a condition holds: it is looked at whenever something has come, or has happened to the bridge. */
  until(holds: () => boolean): Promise<void>;
}

/** How a member joins. */
export interface JoinOptions extends Partial<BridgeOptions> {
  /** Its state before there is a bridge. */
  readonly state?: number | undefined;
}

/** Bridges a bus with the topic `calls`. */
export function join(eid: string, ports: Port | readonly Port[], { state, ...options }: JoinOptions = {}): Member {
  const bus = createBus({ eid });
  const topic = bus.topic('calls');
  const cache = createCache({ id: (message) => (State.is(message) ? message.data.id : undefined) });
  createCachingTopic(topic, cache);
  const notes: { readonly eid: unknown; readonly n: number }[] = [];
  const waiting = new Set<() => void>();
  const look = (): void => {
    for (const each of waiting) each();
  };
  const lookSoon = (): void => void setTimeout(look); // once those who stand behind have been told too
  subscribe(topic, ({ eid: from, data }) => notes.push({ eid: from, n: data.n }), { accept: [Note] });
  subscribe(topic, lookSoon);
  if (state !== undefined) topic.publish(State({ id: 'x', n: state }));
  const own = { topics: [topic], types: [Note, State], caches: [{ topic, cache }], heartbeatMs: 50, discoveryMs: 20 };
  const events: BridgeEvent[] = [];
  const links = [ports].flat().map((port) => {
    const link = bridgeOverMessagePort(bus, port, { ...own, ...options });
    link.events$.subscribe((event) => {
      events.push(event);
      lookSoon();
    });
    return link;
  });
  return {
    bus,
    link: links[0] as Bridge,
    events,
    publish: (count) => {
      for (let n = 1; n <= count; n++) topic.publish(Note({ id: 'x', n }));
      topic.publish(State({ id: 'x', n: count }));
    },
    numbers: (from) => notes.flatMap((note) => (note.eid === from ? note.n : [])),
    state: (from) => cache.get(State, 'x', from)?.data.n,
    until: (holds) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (holds() && waiting.delete(check)) resolve();
        };
        waiting.add(check);
        check();
      }),
  };
}

/** 1 to count. */
export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}
