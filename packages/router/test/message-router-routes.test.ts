import {
  createBus,
  SubscriptionChange,
  type AnyMessageType,
  type Bus,
  type Message,
  type Topic,
} from '@stasis-rx/core';
import { createMessageRouter, type MessageRouter } from '@stasis-rx/router';
import { stasisError } from './support/stasis-error.js';
import { A, B, Json, Story } from './support/story.js';

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

/** The types of those messages that the router's filter lets into its mailbox. */
async function queued(...messages: Message[]): Promise<string[]> {
  await bus.settled();
  const names = messages.filter((message) => {
    const before = router.subscription.depth;
    topic.publish(message);
    return router.subscription.depth > before;
  });
  await bus.settled();
  return names.map(({ type }) => type.name);
}

describe('R3: routes are the filter', () => {
  test('R3: without a route nothing that is published is queued', async () => {
    expect(await queued(A(1), B(2), Json(3))).toEqual([]);
  });

  test('R3: adding a route narrows the filter to the routed types', async () => {
    router.add(A, () => {});
    expect(await queued(A(1), B(2), Json(3))).toEqual(['a']);
    router.add(B, () => {});
    expect(await queued(A(1), B(2), Json(3))).toEqual(['a', 'b']);
  });

  test('R3: removing a route takes its type out of the filter', async () => {
    router
      .add(A, () => {})
      .add(B, () => {})
      .remove(A);
    expect(await queued(A(1), B(2))).toEqual(['b']);
  });

  test('R3: setting a default opens the filter, and adding a route then does not narrow it', async () => {
    router.setDefault(() => {}).add(A, () => {});
    expect(await queued(A(1), B(2), Json(3))).toEqual(['a', 'b', 'json']);
    router.remove(A);
    expect(await queued(A(1), B(2), Json(3))).toEqual(['a', 'b', 'json']);
  });

  test('R3: a default with formats opens the filter to types that have one of them, and to the routed types', async () => {
    router.add(A, () => {}).setDefault(() => {}, { formats: ['ami', 'json'] });
    expect(await queued(A(1), B(2), Json(3))).toEqual(['a', 'json']);
    router.add(B, () => {}).remove(A);
    expect(await queued(A(1), B(2), Json(3))).toEqual(['b', 'json']);
  });

  test('R3: a default with an empty list of formats takes subscription changes alone', async () => {
    router.add(A, () => {}).setDefault(story.to('default'), { formats: [] });
    expect(await queued(A(1), B(2), Json(3))).toEqual(['a']);
    await router[Symbol.asyncDispose]();
    expect(story.lines).toEqual(['default: Unsubscribe']);
  });

  test('R3: the last default decides about the filter', async () => {
    router.add(A, () => {}).setDefault(() => {});
    router.setDefault(() => {}, { formats: ['json'] });
    expect(await queued(A(1), B(2), Json(3))).toEqual(['a', 'json']);
    router.setDefault(() => {}, { formats: ['ami'] });
    expect(await queued(A(1), B(2), Json(3))).toEqual(['a']);
    router.setDefault(() => {});
    expect(await queued(A(1), B(2), Json(3))).toEqual(['a', 'b', 'json']);
  });

  test('R3: a route removed under an open default does not come back when formats narrow it', async () => {
    router
      .add(A, () => {})
      .add(B, () => {})
      .setDefault(() => {})
      .remove(A);
    router.setDefault(() => {}, { formats: ['json'] });
    expect(await queued(A(1), B(2), Json(3))).toEqual(['b', 'json']);
  });
});

describe('R1: the default route', () => {
  test('takes what has no route, and gives up a type that gets one', async () => {
    router.setDefault(story.to('default'));
    topic.publish(A(1));
    await bus.settled();
    router.add(A, story.to('a'));
    topic.publish(A(2));
    topic.publish(B(3));
    await bus.settled();
    expect(story.lines).toEqual(['default: a1', 'a: a2', 'default: b3']);
  });

  test('with formats, leaves a type that has a format and a route to the route', async () => {
    router.setDefault(story.to('default'), { formats: ['json'] }).add(Json, story.to('json'));
    topic.publish(Json(1));
    await bus.settled();
    router.remove(Json);
    topic.publish(Json(2));
    await bus.settled();
    expect(story.lines).toEqual(['json: json1', 'default: json2']);
  });

  test('added later, takes what is published from then on', async () => {
    router.add(A, story.to('a'));
    topic.publish(B(1));
    router.setDefault(story.to('default'));
    topic.publish(B(2));
    await bus.settled();
    expect(story.lines).toEqual(['default: b2']);
  });

  test('replaced, gives everything that is still queued to the new one', async () => {
    router.setDefault(story.to('old'));
    topic.publish(A(1));
    await bus.settled();
    topic.publish(A(2));
    router.setDefault(story.to('new'));
    topic.publish(A(3));
    await bus.settled();
    expect(story.lines).toEqual(['old: a1', 'new: a2', 'new: a3']);
  });

  test("gets the other subscriptions' comings and goings unless these have a route", async () => {
    router.setDefault(story.to('default'));
    const first = createMessageRouter(topic);
    await first[Symbol.asyncDispose]();
    router.add(SubscriptionChange, story.to('changes'));
    createMessageRouter(topic);
    await bus.settled();
    expect(story.lines).toEqual(['default: Subscribe', 'default: Unsubscribe', 'changes: Subscribe']);
  });
});

describe('R4: routes change at any time', () => {
  test('R4: a route added inside a handler gets its type from the next message on', async () => {
    router.setDefault((message) => {
      story.to('default')(message);
      if (B.is(message)) router.add(B, story.to('b'));
    });
    for (const message of [B(1), B(2), A(3), B(4)]) topic.publish(message);
    await bus.settled();
    expect(story.lines).toEqual(['default: b1', 'b: b2', 'default: a3', 'b: b4']);
  });

  test('R4: a route added inside a handler opens the filter to its type at once', async () => {
    router.add(A, (message) => {
      story.to('a')(message);
      router.add(B, story.to('b'));
      topic.publish(B(3));
    });
    topic.publish(A(1));
    topic.publish(B(2));
    await bus.settled();
    expect(story.lines).toEqual(['a: a1', 'b: b3']);
  });

  test('R4: a route removed inside its own handler gets nothing any more, also of what is queued', async () => {
    router.add(A, (message) => {
      story.to('a')(message);
      router.remove(A);
    });
    for (const message of [A(1), A(2)]) topic.publish(message);
    await bus.settled();
    topic.publish(A(3));
    await bus.settled();
    expect(story.lines).toEqual(['a: a1']);
  });

  test('R4: what is queued of a removed route goes to the default', async () => {
    router.add(A, story.to('a')).setDefault(story.to('default'));
    topic.publish(A(1));
    router.remove(A);
    await bus.settled();
    expect(story.lines).toEqual(['default: a1']);
  });

  test('R4: a route replaced inside its own handler gets the rest', async () => {
    router.add(A, (message) => {
      story.to('old')(message);
      router.remove(A).add(A, story.to('new'));
    });
    for (const message of [A(1), A(2)]) topic.publish(message);
    await bus.settled();
    expect(story.lines).toEqual(['old: a1', 'new: a2']);
  });

  test('R4: a default set inside a handler takes what is published after that', async () => {
    router.add(A, (message) => {
      story.to('a')(message);
      router.setDefault(story.to('default'));
    });
    for (const message of [A(1), B(2)]) topic.publish(message);
    await bus.settled();
    topic.publish(B(3));
    await bus.settled();
    expect(story.lines).toEqual(['a: a1', 'default: b3']);
  });

  test('R4: inside a synchronous handler too', () => {
    const synchronous = createMessageRouter(topic, { delivery: 'synchronous' }).add(A, (message) => {
      story.to('a')(message);
      synchronous.remove(A).add(B, story.to('b'));
      topic.publish(A(3));
      topic.publish(B(4));
    });
    topic.publish(A(1));
    expect(story.lines).toEqual(['a: a1', 'b: b4']);
  });

  test('R4: removing a route that is not there does nothing', async () => {
    router.add(A, story.to('a')).remove(B).remove(SubscriptionChange);
    expect(await queued(A(1), B(2))).toEqual(['a']);
    expect(story.lines).toEqual(['a: a1']);
  });

  test('R4: a route may be added and removed after the end, to no effect', async () => {
    await router[Symbol.asyncDispose]();
    router.add(A, story.to('a')).setDefault(story.to('default'));
    topic.publish(A(1));
    await bus.settled();
    router.remove(A);
    expect(story.lines).toEqual([]);
  });

  test('R4: 1,000 rounds of adding and removing leave the filter and the routes as they were', async () => {
    for (let round = 0; round < 1000; round++) {
      router.add(A, () => {}).remove(A);
      router.route(B).subscribe().unsubscribe();
    }
    expect(await queued(A(1), B(2))).toEqual([]);
    router.setDefault(story.to('default'));
    topic.publish(A(3));
    await bus.settled();
    expect(story.lines).toEqual(['default: a3']);
  });
});

describe('R5: at most one route for a type', () => {
  test('R5: refuses a second route, and the first one stays', async () => {
    router.add(A, story.to('first'));
    expect(() => router.add(A, story.to('second'))).toThrow(
      stasisError('DUPLICATE_ROUTE', '[router] add(): "a" has a route already. Remove that one first.'),
    );
    topic.publish(A(1));
    await bus.settled();
    expect(story.lines).toEqual(['first: a1']);
  });

  test('R5: takes another route once the first one is removed', async () => {
    router.add(A, story.to('first')).remove(A).add(A, story.to('second'));
    topic.publish(A(1));
    await bus.settled();
    expect(story.lines).toEqual(['second: a1']);
  });

  test('R5: a built-in type is the same type in every loaded copy of core', async () => {
    let other: AnyMessageType | undefined;
    await jest.isolateModulesAsync(async () => {
      ({ SubscriptionChange: other } = await import('@stasis-rx/core'));
    });
    expect(other).not.toBe(SubscriptionChange);
    router.add(other!, story.to('changes'));
    expect(() => router.add(SubscriptionChange, () => {})).toThrow(
      '[router] add(): "stasis_subscription_change" has a route already.',
    );
    await router[Symbol.asyncDispose]();
    expect(story.lines).toEqual(['changes: Unsubscribe']);
  });
});

describe('arguments', () => {
  const none = undefined as never;

  test.each<[string, () => unknown]>([
    ['add(): expected a message type, got "a" (string)', () => router.add('a' as never, () => {})],
    ['add(): expected a message type, got undefined', () => router.add(none, () => {})],
    ['add(): expected a message type, got tell (function)', () => router.add(function tell() {} as never, () => {})],
    ['add(): expected handler to be a function, got undefined', () => router.add(A, none)],
    ['remove(): expected a message type, got null', () => router.remove(null as never)],
    ['setDefault(): expected handler to be a function, got Object (object)', () => router.setDefault({} as never)],
    [
      'setDefault(): expected formats to be an array of format names, got "json" (string)',
      () => router.setDefault(() => {}, { formats: 'json' as never }),
    ],
    [
      'setDefault(): expected formats[1] to be a string, got 7 (number)',
      () => router.setDefault(() => {}, { formats: ['json', 7 as never] }),
    ],
    ['route(): expected a message type, got 5 (number)', () => router.route(5 as never)],
  ])('%s', (text, call) => {
    expect(call).toThrow(stasisError('INVALID_ARGUMENT', `[router] ${text}.`));
  });

  test('a refused call changes nothing', async () => {
    router.setDefault(story.to('default'), { formats: ['json'] });
    expect(() => router.setDefault(() => {}, { formats: [7 as never] })).toThrow();
    expect(() => router.add(A, none)).toThrow();
    expect(await queued(A(1), Json(2))).toEqual(['json']);
    expect(story.lines).toEqual(['default: json2']);
  });
});
