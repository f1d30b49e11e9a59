import { createBus, createTopicPool, SubscriptionChange } from '@stasis-rx/core';
import {
  ContractMessage,
  disposalContract,
  finalMessageContract,
  isolationContract,
  orderingContract,
} from '@stasis-rx/core/testing';
import type { ContractReceiver, DisposalSubject, FinalMessageSubject, IsolationSubject } from '@stasis-rx/core/testing';
import { createMessageRouter, type MessageRouter, type RouterOptions } from '@stasis-rx/router';

type Subject = FinalMessageSubject & IsolationSubject & DisposalSubject;

/** How a receiver becomes a route. */
type AddRoute = (router: MessageRouter, receiver: ContractReceiver) => MessageRouter;

const routes: Record<string, AddRoute> = {
  'default route': (router, receiver) => router.setDefault(receiver),
  'typed route, beside a default route': (router, receiver) =>
    router.add(ContractMessage, receiver).setDefault(receiver),
  'typed route, beside one for subscription changes': (router, receiver) =>
    router.add(ContractMessage, receiver).add(SubscriptionChange, receiver),
};

for (const [route, addRoute] of Object.entries(routes)) {
  for (const delivery of ['queued', 'synchronous'] as const) {
    describe(`R1: a ${delivery} router on a topic pool's parent, ${route}`, () => {
      for (const contract of [orderingContract, finalMessageContract, isolationContract, disposalContract]) {
        for (const { title, run } of contract(() => subject(addRoute, delivery))) test(title, run);
      }
    });
  }
}

function subject(addRoute: AddRoute, delivery: 'queued' | 'synchronous'): Subject {
  const failures: unknown[] = [];
  const bus = createBus({ onError: (error) => failures.push(error) });
  const parent = bus.topic('calls');
  const pool = createTopicPool(parent);
  const connected: MessageRouter[] = [];
  const connect = (receiver: ContractReceiver, add: AddRoute, options: RouterOptions = {}) => {
    const router = add(createMessageRouter(parent, { delivery, ...options }), receiver);
    connected.push(router);
    return router.subscription;
  };
  return {
    failures,
    inlets: [parent, pool.topic('1001'), pool.topic('1002')].map((inlet) => (message) => inlet.publish(message)),
    connect: (receiver, options) => connect(receiver, addRoute, options),
    connectForNumbers: (receiver) => connect(receiver, (router) => router.add(ContractMessage, receiver)),
    settled: () => bus.settled(),
    close: () => bus.close(),
    held: () => connected.filter(({ isDone }) => !isDone).map(({ subscription }) => subscription.id),
  };
}
