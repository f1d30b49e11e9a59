// A component with a handler keeps what a subscription promises: it comes by mounting and leaves by unmounting.
import { createBus } from '@stasis-rx/core';
import type { Handler, SubscribeOptions, Subscription, Topic } from '@stasis-rx/core';
import {
  ContractMessage,
  disposalContract,
  finalMessageContract,
  isolationContract,
  orderingContract,
} from '@stasis-rx/core/testing';
import type { DisposalSubject, FinalMessageSubject, IsolationSubject } from '@stasis-rx/core/testing';
import { renderHook } from '@testing-library/react';
import { Fragment, StrictMode } from 'react';
import { useTopic } from '../src/index.js';
import { subscribersOf } from './support/numbers.js';

type Wrapper = typeof StrictMode | typeof Fragment;
type Subject = FinalMessageSubject & IsolationSubject & DisposalSubject;

const contracts = [orderingContract, isolationContract, disposalContract];

describe('useTopic in a component', () => {
  for (const contract of [...contracts, finalMessageContract]) {
    for (const { title, run } of contract(() => createSubject(Fragment))) test(title, run);
  }
});

// Not that of the final message: StrictMode mounts twice, so the receiver sees a former self leave.
describe('useTopic in a component under StrictMode', () => {
  for (const contract of contracts) {
    for (const { title, run } of contract(() => createSubject(StrictMode))) test(title, run);
  }
});

function createSubject(wrapper: Wrapper): Subject {
  const failures: unknown[] = [];
  const bus = createBus({ onError: (error) => failures.push(error) });
  const topic = bus.topic('calls');
  const connect = (handler: Handler, options?: SubscribeOptions) => mount(topic, handler, options, wrapper);
  return {
    failures,
    inlets: [(message) => topic.publish(message)],
    connect: (receiver, options) => connect(receiver, options),
    connectForNumbers: (receiver) => connect(receiver, { accept: [ContractMessage] }),
    settled: () => bus.settled(),
    close: () => bus.close(),
    held: () => [
      ...bus.statistics().subscriptions.map(({ id }) => id),
      ...Array.from({ length: subscribersOf(bus) }, () => 'subscriber'),
    ],
  };
}

/** Mounts a component that uses the hook, and renders it once more with another function as its handler. */
function mount(topic: Topic, handler: Handler, options: SubscribeOptions | undefined, wrapper: Wrapper) {
  const { unmount, rerender } = renderHook(
    () => {
      useTopic(topic, (...received) => handler(...received), { ...options });
    },
    { wrapper },
  );
  const subscription =
    (topic.audience.recipients.at(-1) as unknown as Subscription | undefined) ?? ended(topic, options);
  rerender();
  return leaveBy(unmount, subscription);
}

/** A subscription whose signal had aborted before: it is not on the topic any more, and a case asks it for nothing. */
function ended(topic: Topic, options: SubscribeOptions | undefined): Subscription {
  expect(topic.isCompleted || options?.signal?.aborted).toBe(true);
  return { join: () => Promise.resolve(), isFinal: () => false } as unknown as Subscription;
}

function leaveBy(unmount: () => void, subscription: Subscription) {
  return {
    get id() {
      return subscription.id;
    },
    get isSubscribed() {
      return subscription.isSubscribed;
    },
    get isDone() {
      return subscription.isDone;
    },
    isFinal: subscription.isFinal.bind(subscription),
    join: () => subscription.join(),
    unsubscribe: unmount,
    [Symbol.dispose]: unmount,
    [Symbol.asyncDispose]() {
      unmount();
      return subscription.join();
    },
  };
}
