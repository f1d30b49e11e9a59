import { createEnvironmentInjector, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { Subscription } from '@stasis-rx/core';
import {
  ContractMessage,
  disposalContract,
  finalMessageContract,
  isolationContract,
  orderingContract,
} from '@stasis-rx/core/testing';
import type { DisposalSubject, FinalMessageSubject, IsolationSubject } from '@stasis-rx/core/testing';
import { BUS, provideBus, subscribeUntilDestroyed, type SubscribeUntilDestroyedOptions } from '../src/index.js';
import type { ContractReceiver } from '@stasis-rx/core/testing';

type Subject = FinalMessageSubject & IsolationSubject & DisposalSubject;

for (const delivery of ['queued', 'synchronous'] as const) {
  for (const zone of ['inside', 'outside'] as const) {
    describe(`subscribeUntilDestroyed, ${delivery}, ${zone} Angular's zone`, () => {
      for (const contract of [orderingContract, finalMessageContract, isolationContract, disposalContract]) {
        for (const { title, run } of contract(() => subject({ delivery }, zone))) test(title, run);
      }
    });
  }
}

/** Receivers leave when what they were injected into is destroyed. */
function subject(options: SubscribeUntilDestroyedOptions, zone: 'inside' | 'outside'): Subject {
  const failures: unknown[] = [];
  TestBed.resetTestingModule().configureTestingModule({
    providers: [provideBus({ zone, onError: (error) => failures.push(error) })],
  });
  const parent = TestBed.inject(EnvironmentInjector);
  const bus = TestBed.inject(BUS);
  const topic = bus.topic('calls');
  const connect = (receiver: ContractReceiver, connectOptions: SubscribeUntilDestroyedOptions = {}): Subscription => {
    const injector = createEnvironmentInjector([], parent);
    const subscription = subscribeUntilDestroyed(topic, receiver, { ...options, ...connectOptions, injector });
    return leavingBy(subscription, () => injector.destroy());
  };
  return {
    failures,
    inlets: [(message) => topic.publish(message)],
    connect,
    connectForNumbers: (receiver) => connect(receiver, { accept: [ContractMessage] }),
    settled: () => bus.settled(),
    close: () => bus.close(),
    held: () => bus.statistics().subscriptions.map(({ id }) => id),
  };
}

/** A subscription that ends by something else than its own `unsubscribe`. */
function leavingBy(subscription: Subscription, destroy: () => void): Subscription {
  let isDestroyed = false;
  const unsubscribe = (): void => {
    if (!isDestroyed) destroy();
    isDestroyed = true;
  };
  return new Proxy(subscription, {
    get(target, property) {
      if (property === 'unsubscribe' || property === Symbol.dispose) return unsubscribe;
      if (property === Symbol.asyncDispose) return () => (unsubscribe(), target.join());
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' ? (value as (...args: never[]) => unknown).bind(target) : value;
    },
  });
}
