import { createBus, DispatchError, SubscriptionChange, type Topic } from '@stasis-rx/core';
import { createMessageRouter, type RouterOptions } from '@stasis-rx/router';
import { Subscription as RxSubscription } from 'rxjs';
import { stasisError } from './support/stasis-error.js';
import { A, B, Story } from './support/story.js';

describe('createMessageRouter: arguments', () => {
  const topic = createBus().topic('calls');

  test.each([
    [undefined, 'undefined'],
    [null, 'null'],
    ['calls', '"calls" (string)'],
    [createBus(), 'LiveBus (object)'],
  ])('refuses %p as its topic', (value, described) => {
    expect(() => createMessageRouter(value as unknown as Topic)).toThrow(
      stasisError('INVALID_ARGUMENT', `[router] createMessageRouter(): expected a topic of a bus, got ${described}.`),
    );
  });

  test.each([
    [[A], 'expected options to be an object, got Array (object). Leave them out for the defaults.'],
    [null, 'expected options to be an object, got null. Leave them out for the defaults.'],
    [{ accept: [A] }, 'expected accept to be left out, got Array (object). The routes are the filter.'],
    [
      { acceptFormats: ['json'] },
      'expected acceptFormats to be left out, got Array (object). The routes are the filter.',
    ],
    [{ onFinal: 'log' }, 'expected onFinal to be a function, got "log" (string).'],
  ])('refuses the options %p', (options, text) => {
    expect(() => createMessageRouter(topic, options as RouterOptions)).toThrow(
      stasisError('INVALID_ARGUMENT', `[router] createMessageRouter(): ${text}`),
    );
  });

  test('leaves the other options to subscribe', () => {
    expect(() => createMessageRouter(topic, { highWater: -5 })).toThrow(
      '[core] subscribe(): expected highWater to be an integer of at least 1, got -5 (number). Leave it out for 500.',
    );
  });
});

describe('createMessageRouter: options', () => {
  test('R1: is one subscription, announced once however many routes there are', async () => {
    const bus = createBus();
    const topic = bus.topic('calls');
    const story = new Story();
    createMessageRouter(topic).add(SubscriptionChange, story.to('watcher'));
    createMessageRouter(topic)
      .add(A, story.to('a'))
      .add(B, story.to('b'))
      .setDefault(() => {});
    await bus.settled();
    expect(story.lines).toEqual(['watcher: Subscribe', 'watcher: Subscribe']);
  });

  test('names the subscription after the topic unless it is given a name', () => {
    const topic = createBus().topic('calls');
    expect(createMessageRouter(topic).subscription.name).toBe('router(calls)');
    expect(createMessageRouter(topic, { name: undefined }).subscription.name).toBe('router(calls)');
    expect(createMessageRouter(topic, { name: 'billing' }).subscription.name).toBe('billing');
  });

  test('reads its options once and leaves them as they are', () => {
    const options = Object.freeze({ name: 'billing', highWater: 10 });
    createMessageRouter(createBus().topic('calls'), options).setDefault(() => {});
    expect(options).toEqual({ name: 'billing', highWater: 10 });
  });

  test('S9: with synchronous delivery a message has been handled when publish returns', () => {
    const topic = createBus().topic('calls');
    const story = new Story();
    createMessageRouter(topic, { delivery: 'synchronous' }).add(A, story.to('a')).add(B, story.to('b'));
    topic.publish(B(1));
    topic.publish(A(2));
    expect(story.lines).toEqual(['b: b1', 'a: a2']);
  });

  test('drains its mailbox when its dispatcher says', () => {
    const drains: (() => void)[] = [];
    const topic = createBus().topic('calls');
    const story = new Story();
    createMessageRouter(topic, { dispatcher: (drain) => drains.push(drain) }).add(A, story.to('a'));
    topic.publish(A(1));
    expect(story.lines).toEqual([]);
    drains.forEach((drain) => drain());
    expect(story.lines).toEqual(['a: a1']);
  });

  test('T6: reports to its onError what a route throws', async () => {
    const errors: unknown[] = [];
    const onBusError = jest.fn();
    const bus = createBus({ onError: onBusError });
    const topic = bus.topic('calls');
    const cause = new Error('no such call');
    const router = createMessageRouter(topic, { onError: (error) => errors.push(error) }).add(A, () => {
      throw cause;
    });
    const message = A(1);
    topic.publish(message);
    await bus.settled();
    expect(errors).toEqual([expect.any(DispatchError)]);
    expect(errors[0]).toMatchObject({
      topic: 'calls',
      subscriptionId: router.subscription.id,
      dispatched: message,
      cause,
    });
    expect(onBusError).not.toHaveBeenCalled();
  });

  test('calls onFinal once, after the final message has been handled and the groups have completed', async () => {
    const topic = createBus().topic('calls');
    const story = new Story();
    const router = createMessageRouter(topic, { onFinal: story.to('onFinal') }).setDefault(async (message) => {
      await Promise.resolve();
      story.to('default')(message);
    });
    router.route(A).subscribe({ complete: () => story.lines.push('group completes') });
    router.unsubscribe();
    await router.join();
    expect(story.lines).toEqual([
      'default: Subscribe',
      'default: Unsubscribe',
      'group completes',
      'onFinal: Unsubscribe',
    ]);
  });
});

describe('createMessageRouter: how a router ends', () => {
  test('S4: routes what is queued when the topic ends, then hands over the final message', async () => {
    const topic = createBus().topic('calls');
    const story = new Story();
    const router = createMessageRouter(topic).add(A, story.to('a')).setDefault(story.to('default'));
    topic.publish(A(1));
    topic.complete();
    topic.publish(A(2));
    expect(router.isDone).toBe(false);
    await router.join();
    expect(router.isDone).toBe(true);
    expect(story.lines).toEqual(['default: Subscribe', 'a: a1', 'default: Unsubscribe']);
  });

  test('ends like any subscription when the topic ends by an error', async () => {
    const topic = createBus({ onError: () => {} }).topic('calls');
    const story = new Story();
    const router = createMessageRouter(topic).setDefault(story.to('default'));
    router.route(A).subscribe({ complete: () => story.lines.push('group completes') });
    topic.error(new Error('line cut'));
    await router.join();
    expect(story.lines).toEqual(['default: Subscribe', 'default: Unsubscribe', 'group completes']);
  });

  test('on a topic that has ended, gets its own announcement and its final message', async () => {
    const topic = createBus().topic('calls');
    topic.complete();
    const story = new Story();
    const router = createMessageRouter(topic).add(A, story.to('a')).setDefault(story.to('default'));
    topic.publish(A(1));
    await router.join();
    expect(story.lines).toEqual(['default: Subscribe', 'default: Unsubscribe']);
    expect(router.isDone).toBe(true);
  });

  test('on a topic that has ended, is done at once with synchronous delivery', async () => {
    const topic = createBus().topic('calls');
    topic.complete();
    const completed = jest.fn();
    const router = createMessageRouter(topic, { delivery: 'synchronous' }).add(A, () => {});
    router.route(A).subscribe({ complete: completed });
    expect(router.isDone).toBe(true);
    expect(completed).toHaveBeenCalledTimes(1);
    await router.join();
  });

  test('ends with its signal, also one that has aborted already', async () => {
    const topic = createBus().topic('calls');
    const controller = new AbortController();
    const early = createMessageRouter(topic, { signal: controller.signal }).add(A, () => {});
    controller.abort();
    const late = createMessageRouter(topic, { signal: controller.signal }).add(A, () => {});
    await Promise.all([early.join(), late.join()]);
    expect([early.isDone, late.isDone]).toEqual([true, true]);
  });

  test('bus.close() waits for its final message', async () => {
    const bus = createBus();
    const story = new Story();
    const router = createMessageRouter(bus.topic('calls')).setDefault(async (message) => {
      await Promise.resolve();
      story.to('default')(message);
    });
    await bus.close();
    expect(story.lines).toEqual(['default: Subscribe', 'default: Unsubscribe']);
    expect(router.isDone).toBe(true);
  });

  test('S7: unsubscribing twice, and after the end, does nothing', async () => {
    const topic = createBus().topic('calls');
    const story = new Story();
    const router = createMessageRouter(topic).setDefault(story.to('default'));
    router.unsubscribe();
    router.unsubscribe();
    await router.join();
    router.unsubscribe();
    await router.join();
    expect(story.lines).toEqual(['default: Subscribe', 'default: Unsubscribe']);
  });

  test('Symbol.dispose unsubscribes', async () => {
    const router = createMessageRouter(createBus().topic('calls'));
    {
      using disposed = router;
      expect(disposed.subscription.isSubscribed).toBe(true);
    }
    expect(router.subscription.isSubscribed).toBe(false);
    await router.join();
  });

  test('Symbol.asyncDispose unsubscribes and waits for the final message', async () => {
    const story = new Story();
    {
      await using router = createMessageRouter(createBus().topic('calls'));
      router.setDefault(async (message) => {
        await Promise.resolve();
        story.to('default')(message);
      });
    }
    expect(story.lines).toEqual(['default: Subscribe', 'default: Unsubscribe']);
  });

  test('can be added to an RxJS subscription, which then ends it', async () => {
    const router = createMessageRouter(createBus().topic('calls'));
    const everything = new RxSubscription();
    everything.add(router);
    everything.unsubscribe();
    await router.join();
    expect(router.isDone).toBe(true);
  });

  test('leaves nothing behind on the topic', async () => {
    const bus = createBus();
    const topic = bus.topic('calls');
    const router = createMessageRouter(topic)
      .add(A, () => {})
      .setDefault(() => {});
    router.route(A).subscribe();
    await router[Symbol.asyncDispose]();
    expect(topic.observed).toBe(false);
    topic.publish(A(1));
    expect(router.subscription.depth).toBe(0);
  });
});
