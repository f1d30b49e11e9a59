import { Component, createEnvironmentInjector, effect, EnvironmentInjector, Injector, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { createBus, SubscriptionChange, type DispatchError, type Subscription, type Topic } from '@stasis-rx/core';
import { createManualDispatcher } from '@stasis-rx/core/testing';
import { BUS, injectTopic, provideBus, subscribeUntilDestroyed } from '../src/index.js';
import { CallAnswered, CallEnded } from './support/calls.js';
import { textOf } from './support/text-of.js';

/** Shows who answered, and keeps all that its handler got. */
@Component({ template: '{{ agents() }}' })
class Calls {
  readonly agents = signal('nobody');
  readonly handled: string[] = [];
  readonly injector = TestBed.inject(Injector);
  readonly topic: Topic = injectTopic('calls');
  readonly subscription: Subscription = subscribeUntilDestroyed(
    this.topic,
    (message, _, subscription) => {
      if (CallAnswered.is(message)) {
        this.handled.push(message.data.agent);
        this.agents.set(this.handled.join(' '));
      } else if (subscription.isFinal(message)) {
        this.handled.push('final');
      }
    },
    { accept: [CallAnswered, SubscriptionChange] },
  );
}

function render() {
  TestBed.configureTestingModule({ providers: [provideBus()] });
  const fixture = TestBed.createComponent(Calls);
  const { topic, handled, subscription } = fixture.componentInstance;
  const publish = (...agents: string[]): void => {
    for (const agent of agents) topic.publish(CallAnswered({ agent }));
  };
  return { fixture, topic, handled, subscription, publish };
}

it('T3: hands over every message, in order, and the view follows', async () => {
  const { fixture, publish } = render();
  expect(await textOf(fixture)).toBe('nobody');
  publish('ann', 'bob', 'eve');
  await TestBed.inject(BUS).settled();
  expect(await textOf(fixture)).toBe('ann bob eve');
});

it('T2: loses no message that is published between the creation of a component and its first change detection', async () => {
  const { fixture, publish } = render();
  publish('ann');
  expect(await textOf(fixture)).toBe('ann');
});

it('S4: handles what is queued when the component is destroyed, then its final message, and then nothing', async () => {
  const { fixture, handled, subscription, publish } = render();
  publish('ann', 'bob');
  fixture.destroy();
  publish('eve');
  expect(subscription.isSubscribed).toBe(false);
  expect(handled).toEqual([]);
  await subscription.join();
  expect(handled).toEqual(['ann', 'bob', 'final']);
});

it('S4: ends with a component that is destroyed before the first message', async () => {
  const { fixture, handled, subscription, publish } = render();
  fixture.destroy();
  publish('ann');
  await subscription.join();
  expect(handled).toEqual(['final']);
  expect(TestBed.inject(BUS).statistics().subscriptions).toEqual([]);
});

it('S7: ends with a component that its own handler destroys', async () => {
  TestBed.configureTestingModule({ providers: [provideBus()] });
  const handled: string[] = [];
  @Component({ template: '' })
  class Leaves {
    readonly topic = injectTopic('calls');
    readonly subscription = subscribeUntilDestroyed(
      this.topic,
      ({ data }) => {
        handled.push(data.agent);
        fixture.destroy();
      },
      { accept: [CallAnswered] },
    );
  }
  const fixture = TestBed.createComponent(Leaves);
  const { topic, subscription } = fixture.componentInstance;
  for (const agent of ['ann', 'bob']) topic.publish(CallAnswered({ agent }));
  await subscription.join();
  expect(handled).toEqual(['ann', 'bob']);
  topic.publish(CallAnswered({ agent: 'eve' }));
  await TestBed.inject(BUS).settled();
  expect(handled).toEqual(['ann', 'bob']);
});

it('S1: waits for an asynchronous handler, also behind the destruction', async () => {
  TestBed.configureTestingModule({ providers: [provideBus()] });
  const handled: string[] = [];
  const injector = createEnvironmentInjector([], TestBed.inject(EnvironmentInjector));
  const topic = injectTopic('calls', { injector });
  const subscription = subscribeUntilDestroyed(
    topic,
    async ({ data }) => {
      handled.push(`begin ${data.agent}`);
      await Promise.resolve();
      handled.push(`end ${data.agent}`);
    },
    { accept: [CallAnswered], injector },
  );
  for (const agent of ['ann', 'bob']) topic.publish(CallAnswered({ agent }));
  injector.destroy();
  await subscription.join();
  expect(handled).toEqual(['begin ann', 'end ann', 'begin bob', 'end bob']);
});

it('T6: reports a handler that throws to the bus, and goes on; the view is not disturbed', async () => {
  const errors: string[] = [];
  const onError = (error: unknown) => errors.push((error as DispatchError).dispatched.type.name);
  @Component({ template: '{{ agent() }}' })
  class Fails {
    readonly agent = signal('');
    readonly topic = injectTopic('calls');
    readonly subscription = subscribeUntilDestroyed(
      this.topic,
      ({ data }) => {
        this.agent.set(data.agent);
        if (data.agent === 'bob') throw new Error('not bob');
      },
      { accept: [CallAnswered] },
    );
  }
  TestBed.configureTestingModule({ providers: [provideBus({ onError })] });
  const fixture = TestBed.createComponent(Fails);
  for (const agent of ['ann', 'bob']) fixture.componentInstance.topic.publish(CallAnswered({ agent }));
  await TestBed.inject(BUS).settled();
  expect(await textOf(fixture)).toBe('bob');
  fixture.componentInstance.topic.publish(CallAnswered({ agent: 'eve' }));
  await TestBed.inject(BUS).settled();
  expect(await textOf(fixture)).toBe('eve');
  expect(errors).toEqual(['call_answered']);
});

it('S9: drains its mailbox when the dispatcher of the bus says so', () => {
  const dispatcher = createManualDispatcher();
  TestBed.configureTestingModule({ providers: [provideBus({ dispatcher })] });
  const { handled, topic } = TestBed.createComponent(Calls).componentInstance;
  topic.publish(CallAnswered({ agent: 'ann' }));
  expect(handled).toEqual([]);
  dispatcher.flush();
  expect(handled).toEqual(['ann']);
});

it('T6: an effect that publishes does not depend on what a handler reads', () => {
  TestBed.configureTestingModule({ providers: [provideBus()] });
  const injector = TestBed.inject(Injector);
  const topic = injectTopic('calls', { injector });
  const [read, readAtTheEnd] = [signal(0), signal(0)];
  const subscription = subscribeUntilDestroyed(topic, () => void read(), {
    accept: [CallAnswered],
    delivery: 'synchronous',
    onFinal: () => void readAtTheEnd(),
    injector,
  });
  let runs = 0;
  const publishAndEnd = (): void => {
    runs++;
    topic.publish(CallAnswered({ agent: 'ann' }));
    subscription.unsubscribe();
  };
  TestBed.runInInjectionContext(() => effect(publishAndEnd));
  TestBed.tick();
  for (const one of [read, readAtTheEnd]) {
    one.set(1);
    TestBed.tick();
  }

  expect(runs).toBe(1);
});

describe('the end of a subscription', () => {
  it('S6: leaves nothing behind with an injector that lives on', async () => {
    const callbacks = new Set<() => void>();
    const onDestroy = (callback: () => void) => (callbacks.add(callback), () => callbacks.delete(callback));
    const injector = { get: () => ({ onDestroy }) } as unknown as Injector;
    const onFinal = jest.fn();
    const topic = createBus().topic('calls');
    const subscription = subscribeUntilDestroyed(topic, () => {}, { injector, onFinal });
    expect(callbacks.size).toBe(1);
    topic.complete();
    await subscription.join();
    expect(callbacks.size).toBe(0);
    expect(onFinal).toHaveBeenCalledTimes(1);
  });

  it.each(['queued', 'synchronous'] as const)('S4: comes at once on a topic that has ended, %s', async (delivery) => {
    TestBed.configureTestingModule({ providers: [provideBus()] });
    const injector = TestBed.inject(Injector);
    const topic = injectTopic('calls', { injector });
    topic.complete();
    const subscription = subscribeUntilDestroyed(topic, () => {}, { injector, delivery });
    await subscription.join();
    expect(subscription.isDone).toBe(true);
  });

  it('S4: comes at once with a component that is gone', async () => {
    const { fixture, topic } = render();
    const { injector } = fixture.componentRef;
    fixture.destroy();
    const handled: string[] = [];
    const late = subscribeUntilDestroyed(topic, ({ type }) => handled.push(type.name), { injector });
    topic.publish(CallAnswered({ agent: 'ann' }));
    await late.join();
    expect(handled).toEqual(['stasis_subscription_change', 'stasis_subscription_change']);
  });
});

describe('a mistake', () => {
  const topic = createBus().topic('calls');

  it('in the place of the call is told', () => {
    expect(() => subscribeUntilDestroyed(topic, () => {})).toThrow(
      '[angular] subscribeUntilDestroyed(): expected an injection context, got none.',
    );
  });

  it('in the arguments is told, and leaves nothing behind', () => {
    const injector = TestBed.inject(Injector);
    expect(() => subscribeUntilDestroyed({} as never, () => {}, { injector })).toThrow(
      'expected topic to be a topic of a bus',
    );
    expect(() => subscribeUntilDestroyed(topic, 5 as never, { injector })).toThrow('expected handler to be a function');
    expect(() => subscribeUntilDestroyed(topic, () => {}, { injector, onFinal: 5 as never })).toThrow(
      '[angular] subscribeUntilDestroyed(): expected onFinal to be a function, got 5 (number).',
    );
    expect(topic.audience.recipients).toEqual([]);
  });

  it('of subscribing at each run of an effect is refused', async () => {
    const errors: unknown[] = [];
    TestBed.configureTestingModule({ providers: [provideBus()] });
    const injector = TestBed.inject(Injector);
    TestBed.runInInjectionContext(() =>
      effect(() => {
        try {
          subscribeUntilDestroyed(topic, () => {}, { injector });
        } catch (error) {
          errors.push(error);
        }
      }),
    );
    TestBed.tick();
    await Promise.resolve();
    expect(String(errors[0])).toContain('subscribeUntilDestroyed() cannot be called from within a reactive context');
  });
});

it('S8: types the message by what is accepted', async () => {
  TestBed.configureTestingModule({ providers: [provideBus()] });
  const injector = TestBed.inject(Injector);
  const topic = injectTopic('calls', { injector });
  const seconds: number[] = [];
  subscribeUntilDestroyed(topic, ({ data }) => seconds.push(data.seconds), { accept: [CallEnded], injector });
  topic.publish(CallAnswered({ agent: 'ann' }));
  topic.publish(CallEnded({ agent: 'ann', seconds: 42 }));
  await TestBed.inject(BUS).settled();
  expect(seconds).toEqual([42]);
});
