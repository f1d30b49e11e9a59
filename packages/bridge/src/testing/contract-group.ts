import {
  createBus,
  createCache,
  createCachingTopic,
  messageType,
  subscribe,
  SubscriptionChange,
  type Bus,
  type Cache,
  type Message,
  type MessageType,
  type Topic,
} from '@stasis-rx/core';
import type { ContractCase } from '@stasis-rx/core/testing';
import type { Bridge } from '../bridge/bridge.js';
import type { BridgeEvent } from '../ground/events.js';
import type { BridgeOptions } from '../bridge/options.js';

/** What the contract tests: bridges of one transport, in a world where nothing else is bridged. */
export interface BridgeContractSubject {
  /** Bridges a bus into a group: 0 or, where a case needs several groups that know nothing of each other, 1 and 2. */
  connect(bus: Bus, options: BridgeOptions, group: number): Bridge;
  /** Lets go of what it made; bridges are closed by then. */
  close(): unknown;
}

/** Something with a name and a number, cached by name. */
export interface Item {
  readonly id: string;
  readonly n: number;
}

/** Makes the cases, in the order in which they are written. */
export function contractCases(
  create: () => BridgeContractSubject | Promise<BridgeContractSubject>,
  cases: Readonly<Record<string, (group: ContractGroup) => Promise<void>>>,
): ContractCase[] {
  return Object.entries(cases).map(([title, test]) => ({
    title,
    run: async () => {
      const group = new ContractGroup(await create());
      try {
        await test(group);
      } finally {
        await group.close();
      }
    },
  }));
}

/** A bus that takes part, with a topic, a cache, and a record of what came. */
export interface Member {
  readonly bus: Bus;
  readonly topic: Topic;
  readonly cache: Cache;
  readonly bridge: Bridge;
  /** What was published on the topic, from wherever; subscription changes are left out. */
  readonly got: Message[];
  readonly events: BridgeEvent[];
}

/** How a member joins. */
export interface JoinOptions extends Partial<BridgeOptions> {
  readonly group?: number;
  /** A bus that is there already. */
  readonly bus?: Bus;
  /** Called before the bridge is made. */
  readonly before?: (topic: Topic) => void;
}

/** The members of a case. */
export class ContractGroup {
  /** An event: not cached. */
  readonly Note: MessageType<Item> = messageType<Item>('note');
  /** A snapshot: cached by id. */
  readonly State: MessageType<Item> = messageType<Item>('state');
  readonly #subject: BridgeContractSubject;
  readonly #bridges: Bridge[] = [];

  constructor(subject: BridgeContractSubject) {
    this.#subject = subject;
  }

  /** A bus joins with the topic `calls`, unless the options say otherwise, and is ready. */
  async join(
    eid: string,
    { group = 0, bus = createBus({ eid }), before, ...options }: JoinOptions = {},
  ): Promise<Member> {
    const topic = bus.topic('calls');
    const got: Message[] = [];
    const events: BridgeEvent[] = [];
    const cache = createCache({ id: (message) => (this.State.is(message) ? message.data.id : undefined) });
    createCachingTopic(topic, cache);
    subscribe(topic, (message) => {
      if (!SubscriptionChange.is(message)) got.push(message);
    });
    before?.(topic);
    const all = { topics: [topic], types: [this.Note, this.State], caches: [{ topic, cache }], ...HASTY, ...options };
    const bridge = this.#subject.connect(bus, all, group);
    this.#bridges.push(bridge);
    bridge.events$.subscribe((event) => events.push(event));
    await withinDeadline('the bridge to be ready', bridge.ready);
    return { bus, topic, cache, bridge, got, events };
  }

  async close(): Promise<void> {
    const signal = AbortSignal.timeout(2000);
    await Promise.all(this.#bridges.map((bridge) => bridge.close({ signal })));
    await this.#subject.close();
  }
}

const HASTY = { heartbeatMs: 50, peerTimeoutMs: 500, discoveryMs: 60, readyTimeoutMs: 2000 };
const DEADLINE_MS = 8000;

/** Waits until a condition holds; fails with a sentence when it does not within eight seconds. */
export async function eventually(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`expected ${what}, waited ${DEADLINE_MS} ms`);
    await pause(5);
  }
}

/** Long enough for what must not come to have come. */
export function aWhile(): Promise<void> {
  return pause(150);
}

/** Throws a readable Error unless both are the same as JSON. */
export function expectSame(what: string, actual: unknown, expected: unknown): void {
  const got = JSON.stringify(actual);
  const wanted = JSON.stringify(expected);
  if (got !== wanted) throw new Error(`expected ${what} to be ${wanted}, got ${got}`);
}

/** The numbers that came from an entity. */
export function numbersOf({ got }: Member, eid: string): number[] {
  return got.flatMap((message) => (message.eid === eid ? (message.data as Item).n : []));
}

/** 1 to count. */
export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function withinDeadline<T>(what: string, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`expected ${what}, waited ${DEADLINE_MS} ms`)), DEADLINE_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
