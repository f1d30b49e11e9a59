import { createBus, createTopicPool, forwardAll, subscribe } from '@stasis-rx/core';
import type { Bus, BusOptions, SubscribeOptions, Topic } from '@stasis-rx/core';
import {
  ContractMessage,
  createManualDispatcher,
  disposalContract,
  finalMessageContract,
  isolationContract,
  orderingContract,
} from '@stasis-rx/core/testing';
import type { ContractReceiver, DisposalSubject, FinalMessageSubject, IsolationSubject } from '@stasis-rx/core/testing';
import { busOf } from '../src/subscriptions/subscriptions-context.js';

/** Where messages go in, and where they are received. */
interface Path {
  readonly inlets: readonly Topic[];
  readonly outlet: Topic;
}

interface Ways extends Pick<BusOptions, 'dispatcher'>, Pick<SubscribeOptions, 'delivery'> {
  /** Waits for a promise, and sets going what it waits for. */
  readonly drive?: (promise: Promise<void>) => Promise<void>;
}

type Subject = FinalMessageSubject & IsolationSubject & DisposalSubject;

const pathKinds: Record<string, (bus: Bus) => Path> = {
  topic(bus) {
    const topic = bus.topic('calls');
    return { inlets: [topic], outlet: topic };
  },
  forward(bus) {
    const path = { inlets: [bus.topic('from')], outlet: bus.topic('to') };
    forwardAll(path.inlets[0]!, path.outlet);
    return path;
  },
  'two-step forward'(bus) {
    const [first, second, third] = [bus.topic('first'), bus.topic('second'), bus.topic('third')];
    forwardAll(second, third);
    forwardAll(first, second);
    return { inlets: [first, second], outlet: third };
  },
  'diamond of forwards'(bus) {
    const [from, left, right, to] = [bus.topic('from'), bus.topic('left'), bus.topic('right'), bus.topic('to')];
    for (const side of [left, right]) {
      forwardAll(from, side);
      forwardAll(side, to);
    }
    return { inlets: [from], outlet: to };
  },
  "topic pool's parent"(bus) {
    const parent = bus.topic('calls');
    const pool = createTopicPool(parent);
    return { inlets: [pool.topic('1001'), parent, pool.topic('1002')], outlet: parent };
  },
  'pooled topic'(bus) {
    const topic = createTopicPool(bus.topic('calls')).topic('1001');
    return { inlets: [topic], outlet: topic };
  },
};

const ways: Record<string, () => Ways> = {
  queued: () => ({}),
  synchronous: () => ({ delivery: 'synchronous' }),
  'a dispatcher that drains at once': () => ({
    dispatcher: (drain) => {
      drain();
    },
  }),
  'a dispatcher that drains in a later task': () => ({ dispatcher: (drain) => setImmediate(drain) }),
  'drained by hand': drainedByHand,
};

for (const [kind, open] of Object.entries(pathKinds)) {
  for (const [way, options] of Object.entries(ways)) {
    describe(`${kind}, ${way}`, () => {
      const create = (): Subject => subject(open, options());
      for (const contract of [orderingContract, finalMessageContract, isolationContract, disposalContract]) {
        for (const { title, run } of contract(create)) test(title, run);
      }
    });
  }
}

function subject(open: (bus: Bus) => Path, { dispatcher, delivery, drive = (promise) => promise }: Ways): Subject {
  const failures: unknown[] = [];
  const bus = createBus({ dispatcher, onError: (error) => failures.push(error) });
  const { inlets, outlet } = open(bus);
  return {
    failures,
    inlets: inlets.map((inlet) => (message) => inlet.publish(message)),
    connect: (receiver: ContractReceiver, options: SubscribeOptions = {}) =>
      subscribe(outlet, receiver, { delivery, ...options }),
    connectForNumbers: (receiver) => subscribe(outlet, receiver, { delivery, accept: [ContractMessage] }),
    settled: () => drive(bus.settled()),
    close: () => drive(bus.close()),
    held: () => [...outlet.audience.recipients, ...busOf(outlet).subscriptions].map(String),
  };
}

/** Nothing is drained but by the test, as long as it waits for something. */
function drainedByHand(): Ways {
  const dispatcher = createManualDispatcher();
  const drive = async (promise: Promise<void>): Promise<void> => {
    const state = { isDone: false };
    void promise.finally(() => (state.isDone = true));
    while (!state.isDone) {
      dispatcher.flush();
      await new Promise(setImmediate);
    }
  };
  return { dispatcher, drive };
}
