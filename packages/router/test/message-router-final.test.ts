import { createBus, DispatchError, SubscriptionChange, subscribe, type Bus, type Topic } from '@stasis-rx/core';
import { createMessageRouter, type MessageRouter } from '@stasis-rx/router';
import { A, B, Story } from './support/story.js';

let bus: Bus;
let topic: Topic;
let router: MessageRouter;
let story: Story;

beforeEach(async () => {
  bus = createBus();
  topic = bus.topic('calls');
  router = createMessageRouter(topic);
  story = new Story();
  await bus.settled(); // its own announcement is over
});

describe('R4: the final message', () => {
  test('R4: goes to the default route, after everything that was queued', async () => {
    router.add(A, story.to('a')).setDefault(story.to('default'));
    topic.publish(A(1));
    topic.publish(B(2));
    router.unsubscribe();
    topic.publish(A(3));
    await router.join();
    expect(story.lines).toEqual(['a: a1', 'default: b2', 'default: Unsubscribe']);
  });

  test('R4: goes to the default route also when subscription changes have a route', async () => {
    router.add(SubscriptionChange, story.to('changes')).setDefault(story.to('default'));
    await createMessageRouter(topic)[Symbol.asyncDispose]();
    await router[Symbol.asyncDispose]();
    expect(story.lines).toEqual(['changes: Subscribe', 'changes: Unsubscribe', 'default: Unsubscribe']);
  });

  test('R4: goes to the route of subscription changes when there is no default', async () => {
    router.add(SubscriptionChange, story.to('changes')).add(A, story.to('a'));
    await router[Symbol.asyncDispose]();
    expect(story.lines).toEqual(['changes: Unsubscribe']);
  });

  test('R4: goes to a default with formats', async () => {
    router.setDefault(story.to('default'), { formats: ['json'] });
    await router[Symbol.asyncDispose]();
    expect(story.lines).toEqual(['default: Unsubscribe']);
  });

  test('R4: goes to a default with formats also after a route for subscription changes was removed', async () => {
    router.add(SubscriptionChange, story.to('changes')).setDefault(story.to('default'), { formats: ['json'] });
    router.remove(SubscriptionChange);
    await router[Symbol.asyncDispose]();
    expect(story.lines).toEqual(['default: Unsubscribe']);
  });

  test('R4: goes to a default with formats also when that replaced one without', async () => {
    router.setDefault(story.to('old')).setDefault(story.to('default'), { formats: ['json'] });
    await router[Symbol.asyncDispose]();
    expect(story.lines).toEqual(['default: Unsubscribe']);
  });

  test('R4: goes to the default also after a route of another copy of core was removed', async () => {
    router.setDefault(story.to('default'), { formats: ['json'] });
    await jest.isolateModulesAsync(async () => {
      const other = await import('@stasis-rx/core');
      router.add(other.SubscriptionChange, story.to('changes')).remove(other.SubscriptionChange);
    });
    await router[Symbol.asyncDispose]();
    expect(story.lines).toEqual(['default: Unsubscribe']);
  });

  test('R4: goes to a default that was set while it was queued already', async () => {
    router.add(A, story.to('a'));
    router.unsubscribe();
    router.setDefault(story.to('default'));
    await router.join();
    expect(story.lines).toEqual(['default: Unsubscribe']);
  });

  test('R4: goes to no other route, and the router is done all the same', async () => {
    router.add(A, story.to('a'));
    await router[Symbol.asyncDispose]();
    expect(router.isDone).toBe(true);
    expect(story.lines).toEqual([]);
  });

  test('R4: is handed over once, with synchronous delivery too', async () => {
    const synchronous = createMessageRouter(topic, { delivery: 'synchronous' }).setDefault(story.to('default'));
    synchronous.unsubscribe();
    expect(story.lines).toEqual(['default: Unsubscribe']);
    expect(synchronous.isDone).toBe(true);
    topic.complete();
    await bus.settled();
    expect(story.lines).toEqual(['default: Unsubscribe']);
  });

  test("S5: somebody else's Unsubscribe is not the router's final message", async () => {
    const finals: boolean[] = [];
    router.setDefault((message, _topic, subscription) => finals.push(subscription.isFinal(message)));
    const other = subscribe(topic, () => {});
    other.unsubscribe();
    await router[Symbol.asyncDispose]();
    expect(finals).toEqual([false, false, true]);
  });

  test('S6: join settles, and the router is done, when the default fails on the final message', async () => {
    const onError = jest.fn();
    const failing = createMessageRouter(topic, { onError }).setDefault((message, _topic, subscription) => {
      if (subscription.isFinal(message)) throw new Error('too late');
    });
    const completed = jest.fn();
    failing.route(A).subscribe({ complete: completed });
    await failing[Symbol.asyncDispose]();
    expect(failing.isDone).toBe(true);
    expect(completed).toHaveBeenCalledTimes(1);
    expect(onError.mock.calls).toEqual([[expect.any(DispatchError)]]);
  });

  test('S6: the router is done from the moment its final message is handed over', async () => {
    const states: boolean[] = [];
    router.setDefault(() => states.push(router.isDone));
    topic.publish(A(1));
    await router[Symbol.asyncDispose]();
    expect(states).toEqual([false, true]);
  });

  test('S7: a router may be unsubscribed inside a route, twice, and during its final message', async () => {
    router
      .add(A, (message) => {
        story.to('a')(message);
        router.unsubscribe();
        router.unsubscribe();
      })
      .setDefault((message) => {
        story.to('default')(message);
        router.unsubscribe();
      });
    topic.publish(A(1));
    topic.publish(B(2));
    await bus.settled();
    expect(story.lines).toEqual(['a: a1', 'default: b2', 'default: Unsubscribe']);
    await router.join();
  });
});
