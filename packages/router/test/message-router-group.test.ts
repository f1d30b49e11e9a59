import { createBus, SubscriptionChange, type Bus, type Topic } from '@stasis-rx/core';
import { createMessageRouter, type MessageRouter } from '@stasis-rx/router';
import { config, finalize, firstValueFrom, map, Subject, take, toArray } from 'rxjs';
import { A, B, Story, tell } from './support/story.js';

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

/** Publishes and says whether the message was queued for the router. */
function isQueued(message: ReturnType<typeof A>): boolean {
  const before = router.subscription.depth;
  topic.publish(message);
  return router.subscription.depth > before;
}

describe('R1: route() is a route as a typed group', () => {
  test('R1: emits the messages of its type and completes when the router ends', async () => {
    const all = firstValueFrom(router.route(A).pipe(map(tell), toArray()));
    for (const message of [A(1), B(2), A(3)]) topic.publish(message);
    router.unsubscribe();
    topic.publish(A(4));
    expect(await all).toEqual(['a1', 'a3']);
  });

  test('T6: completes for all, also when the teardown of an observer throws', async () => {
    const onFinal = jest.fn();
    const complete = jest.fn();
    const unhandled = new Promise((resolve) => (config.onUnhandledError = resolve));
    router = createMessageRouter(topic, { onFinal });
    const failing = finalize<unknown>(() => {
      throw new Error('cannot tear down');
    });
    router.route(A).pipe(failing).subscribe();
    for (const type of [A, B]) router.route(type).subscribe({ complete });
    router.unsubscribe();
    await router.join();

    expect(complete).toHaveBeenCalledTimes(2);
    expect(onFinal).toHaveBeenCalledTimes(1);
    expect(String(await unhandled)).toContain('cannot tear down');
    config.onUnhandledError = null;
  });

  test('R1: emits a message when its turn has come, in order with the handlers of all types', async () => {
    const gate = new Subject<void>();
    router.route(A).subscribe(story.to('group'));
    router.add(A, story.to('a')).add(B, async (message) => {
      story.to('b starts')(message);
      await firstValueFrom(gate);
      story.to('b ends')(message);
    });
    for (const message of [A(1), B(2), A(3)]) topic.publish(message);
    await new Promise(setImmediate);
    expect(story.lines).toEqual(['group: a1', 'a: a1', 'b starts: b2']);
    gate.next();
    await bus.settled();
    expect(story.lines.slice(3)).toEqual(['b ends: b2', 'group: a3', 'a: a3']);
  });

  test("S9: emits on the publisher's stack with synchronous delivery", () => {
    createMessageRouter(topic, { delivery: 'synchronous' }).route(A).subscribe(story.to('group'));
    topic.publish(A(1));
    expect(story.lines).toEqual(['group: a1']);
  });

  test('takes its type from the default route while it is observed', async () => {
    router.setDefault(story.to('default'));
    const group = router.route(A);
    topic.publish(A(1));
    await bus.settled();
    const observing = group.subscribe(story.to('group'));
    topic.publish(A(2));
    await bus.settled();
    observing.unsubscribe();
    topic.publish(A(3));
    await bus.settled();
    expect(story.lines).toEqual(['default: a1', 'group: a2', 'default: a3']);
  });

  test('has any number of observers, who get each message in the order in which they came', async () => {
    const group = router.route(A);
    group.subscribe(story.to('first'));
    router.route(A).subscribe(story.to('second'));
    topic.publish(A(1));
    await bus.settled();
    expect(story.lines).toEqual(['first: a1', 'second: a1']);
  });

  test('an observer that throws is reported by RxJS and disturbs neither the others nor the handler', async () => {
    const unhandled = new Promise((resolve) => {
      config.onUnhandledError = resolve;
    });
    router.route(A).subscribe(() => {
      throw new Error('observer');
    });
    router.route(A).subscribe(story.to('group'));
    router.add(A, story.to('a'));
    topic.publish(A(1));
    expect(await unhandled).toEqual(new Error('observer'));
    config.onUnhandledError = null;
    expect(story.lines).toEqual(['group: a1', 'a: a1']);
  });
});

describe('R3: an observed group is part of the filter', () => {
  test('R3: observing opens the filter to the type, leaving narrows it again', () => {
    const group = router.route(A);
    expect(isQueued(A(1))).toBe(false);
    const observing = group.subscribe();
    expect(isQueued(A(2))).toBe(true);
    observing.unsubscribe();
    expect(isQueued(A(3))).toBe(false);
  });

  test('R3: the type stays in the filter until the last observer has left', () => {
    const [first, second] = [router.route(A).subscribe(), router.route(A).subscribe()];
    first.unsubscribe();
    expect(isQueued(A(1))).toBe(true);
    second.unsubscribe();
    expect(isQueued(A(2))).toBe(false);
  });

  test('R3: the type stays in the filter while it has a handler or an observer', () => {
    router.add(A, () => {});
    const first = router.route(A).subscribe();
    first.unsubscribe();
    expect(isQueued(A(1))).toBe(true);
    const second = router.route(A).subscribe();
    router.remove(A);
    expect(isQueued(A(2))).toBe(true);
    second.unsubscribe();
    expect(isQueued(A(3))).toBe(false);
  });

  test('R3: a default with formats keeps the observed types', async () => {
    router.route(A).subscribe(story.to('group'));
    router.setDefault(story.to('default'), { formats: ['json'] });
    expect([isQueued(A(1)), isQueued(B(2))]).toEqual([true, false]);
    await bus.settled();
    expect(story.lines).toEqual(['group: a1']);
  });
});

describe('R4: groups come and go at any time', () => {
  test('R4: an observer may come inside a handler, and leave inside its own', async () => {
    router.add(B, () => {
      router.route(A).pipe(take(1)).subscribe(story.to('group'));
      topic.publish(A(1));
      topic.publish(A(2));
    });
    topic.publish(B(0));
    await bus.settled();
    expect(story.lines).toEqual(['group: a1']);
    expect(isQueued(A(3))).toBe(false);
  });

  test('R4: a handler that an observer removes does not get the message any more', async () => {
    router.add(A, story.to('a'));
    router.route(A).subscribe(() => router.remove(A));
    topic.publish(A(1));
    await bus.settled();
    expect(story.lines).toEqual([]);
  });

  test('R5: an observed type may still get its one handler', () => {
    router.route(A).subscribe();
    router.add(A, () => {});
    expect(() => router.add(A, () => {})).toThrow('[router] add(): "a" has a route already. Remove that one first.');
  });
});

describe('how a group ends', () => {
  test('completes for every observer once the final message has been handled, before join settles', async () => {
    router.setDefault(async (message) => {
      await Promise.resolve();
      story.to('default')(message);
    });
    const complete = (name: string) => () => story.lines.push(`${name} completes`);
    router.route(A).subscribe({ next: story.to('first'), complete: complete('first') });
    router.route(A).subscribe({ complete: complete('second') });
    router.route(B).subscribe({ complete: complete('third') });
    topic.publish(A(1));
    router.unsubscribe();
    await router.join();
    expect(story.lines).toEqual([
      'first: a1',
      'default: Unsubscribe',
      'first completes',
      'second completes',
      'third completes',
    ]);
  });

  test('observed after unsubscribe and before the end, emits what is still queued', async () => {
    router.add(A, () => {});
    topic.publish(A(1));
    router.unsubscribe();
    const all = firstValueFrom(router.route(A).pipe(map(tell), toArray()));
    expect(await all).toEqual(['a1']);
  });

  test('observed after the end, completes at once', async () => {
    const group = router.route(A);
    await router[Symbol.asyncDispose]();
    group.subscribe({ next: story.to('early'), complete: () => story.lines.push('early completes') });
    router.route(B).subscribe({ next: story.to('late'), complete: () => story.lines.push('late completes') });
    expect(story.lines).toEqual(['early completes', 'late completes']);
  });

  test('R4: without a default, the group of subscription changes emits the final message before it completes', async () => {
    const complete = () => story.lines.push('group completes');
    router.route(SubscriptionChange).subscribe({ next: story.to('group'), complete });
    await router[Symbol.asyncDispose]();
    expect(story.lines).toEqual(['group: Unsubscribe', 'group completes']);
  });

  test('R4: with a default, the final message goes there and not to the group of subscription changes', async () => {
    const complete = () => story.lines.push('group completes');
    router
      .setDefault(story.to('default'))
      .route(SubscriptionChange)
      .subscribe({ next: story.to('group'), complete });
    await router[Symbol.asyncDispose]();
    expect(story.lines).toEqual(['default: Unsubscribe', 'group completes']);
  });
});
