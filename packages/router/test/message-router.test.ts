import {
  createBus,
  createTopicPool,
  type DispatchError,
  forwardAll,
  messageType,
  type Message,
  type Topic,
} from '@stasis-rx/core';
import { createMessageRouter } from '@stasis-rx/router';
import { firstValueFrom, of, Subject } from 'rxjs';
import { A, B, Json, Story, tell } from './support/story.js';

describe('createMessageRouter', () => {
  test('router: each message goes to the handler of its type, all others to the default', async () => {
    const bus = createBus();
    const topic = bus.topic('calls');
    const story = new Story();
    createMessageRouter(topic).add(A, story.to('a')).add(B, story.to('b')).setDefault(story.to('default'));
    for (const message of [A(1), B(2), Json(3)]) topic.publish(message);
    await bus.settled();
    expect(story.lines).toEqual(['default: Subscribe', 'a: a1', 'b: b2', 'default: json3']);
  });

  test("router_pool: routers that share the bus's turn each route what their topic gets", async () => {
    const bus = createBus();
    const topics = [bus.topic('calls'), bus.topic('queues')];
    const stories = topics.map((topic) => {
      const story = new Story();
      createMessageRouter(topic).add(A, story.to('a')).setDefault(story.to('default'));
      return story.lines;
    });
    topics.forEach((topic, index) => topic.publish(A(index)));
    topics.forEach((topic, index) => topic.publish(B(index)));
    await bus.settled();
    expect(stories).toEqual([
      ['default: Subscribe', 'a: a0', 'default: b0'],
      ['default: Subscribe', 'a: a1', 'default: b1'],
    ]);
  });

  test("router_pool: a router on a pool's parent routes what is published on the pool's topics", async () => {
    const bus = createBus();
    const parent = bus.topic('channel:all');
    const pool = createTopicPool(parent);
    const seen: string[] = [];
    const note = (message: Message, topic: Topic) => seen.push(`${tell(message)} of ${topic.name}`);
    createMessageRouter(parent).add(A, note).add(B, note);
    pool.topic('1001').publish(A(1));
    pool.topic('1002').publish(B(2));
    parent.publish(A(3));
    pool.delete('1001');
    pool.topic('1001').publish(B(4));
    await bus.settled();
    expect(seen).toEqual([
      'a1 of channel:all/1001',
      'b2 of channel:all/1002',
      'a3 of channel:all',
      'b4 of channel:all/1001',
    ]);
  });
});

describe('R1: a router keeps the promises of one subscription, across types', () => {
  test('R1: handles messages in the order of publishing, whatever their types', async () => {
    const bus = createBus();
    const topic = bus.topic('calls');
    const types = Array.from({ length: 100 }, (_, n) => messageType<number>(`type ${n}`));
    const seen: number[] = [];
    const router = createMessageRouter(topic);
    for (const [index, type] of types.entries()) {
      const note = ({ data }: Message<number>) => seen.push(data);
      router.add(type, index % 2 === 0 ? note : (message) => Promise.resolve(message).then(note));
    }
    const published = Array.from({ length: 10_000 }, (_, n) => n);
    for (const n of published) topic.publish(types[(n * 37) % types.length]!(n));
    await bus.settled();
    expect(seen).toEqual(published);
  });

  test('R1: starts a handler only when the one before has finished, also that of another type', async () => {
    const bus = createBus();
    const topic = bus.topic('calls');
    const gate = new Subject<void>();
    const story = new Story();
    createMessageRouter(topic)
      .add(A, async (message) => {
        story.to('a starts')(message);
        await firstValueFrom(gate);
        story.to('a ends')(message);
      })
      .add(B, story.to('b'))
      .setDefault(story.to('default'));
    for (const message of [A(1), B(2), Json(3)]) topic.publish(message);
    await new Promise(setImmediate);
    expect(story.lines).toEqual(['default: Subscribe', 'a starts: a1']);
    gate.next();
    await bus.settled();
    expect(story.lines.slice(2)).toEqual(['a ends: a1', 'b: b2', 'default: json3']);
  });

  test('R1: waits for an Observable that a route returns until it completes', async () => {
    const bus = createBus();
    const topic = bus.topic('calls');
    const work = new Subject<void>();
    const story = new Story();
    createMessageRouter(topic)
      .add(A, () => work)
      .add(B, story.to('b'));
    topic.publish(A(1));
    topic.publish(B(2));
    await new Promise(setImmediate);
    work.next();
    expect(story.lines).toEqual([]);
    work.complete();
    await bus.settled();
    expect(story.lines).toEqual(['b: b2']);
  });

  test('R1: a route that throws or rejects ends neither itself nor the others', async () => {
    const errors: string[] = [];
    const onError = (error: unknown) => {
      const { cause, dispatched } = error as DispatchError;
      errors.push(`${tell(dispatched)} ${(cause as Error).message}`);
    };
    const bus = createBus({ onError });
    const topic = bus.topic('calls');
    const story = new Story();
    createMessageRouter(topic)
      .add(A, (message) => {
        story.to('a')(message);
        throw new Error('thrown');
      })
      .add(B, (message) => {
        story.to('b')(message);
        return Promise.reject(new Error('rejected'));
      })
      .setDefault(story.to('default'));
    for (const message of [A(1), B(2), A(3), B(4), Json(5)]) topic.publish(message);
    await bus.settled();
    expect(story.lines).toEqual(['default: Subscribe', 'a: a1', 'b: b2', 'a: a3', 'b: b4', 'default: json5']);
    expect(errors).toEqual(['a1 thrown', 'b2 rejected', 'a3 thrown', 'b4 rejected']);
  });

  test('R1: a route that never settles holds up its own router and nobody else', async () => {
    const bus = createBus();
    const topic = bus.topic('calls');
    const story = new Story();
    createMessageRouter(topic)
      .add(A, () => new Promise(() => {}))
      .add(B, story.to('stuck'));
    createMessageRouter(topic).add(A, story.to('a')).add(B, story.to('b'));
    topic.publish(A(1));
    topic.publish(B(2));
    await new Promise(setImmediate);
    expect(story.lines).toEqual(['a: a1', 'b: b2']);
  });

  test('R1: with synchronous delivery too, one message at a time and in order', async () => {
    const bus = createBus();
    const topic = bus.topic('calls');
    const gate = new Subject<void>();
    const story = new Story();
    createMessageRouter(topic, { delivery: 'synchronous' })
      .add(A, (message) => {
        story.to('a starts')(message);
        topic.publish(B(2));
        story.to('a ends')(message);
      })
      .add(B, async (message) => {
        story.to('b starts')(message);
        await firstValueFrom(gate);
        story.to('b ends')(message);
      })
      .add(Json, story.to('json'));
    topic.publish(A(1));
    topic.publish(Json(3));
    expect(story.lines).toEqual(['a starts: a1', 'a ends: a1', 'b starts: b2']);
    gate.next();
    await bus.settled();
    expect(story.lines.slice(3)).toEqual(['b ends: b2', 'json: json3']);
  });

  test('T3: what a route publishes comes after what was published before', async () => {
    const bus = createBus();
    const topic = bus.topic('calls');
    const story = new Story();
    createMessageRouter(topic)
      .add(A, (message) => {
        story.to('a')(message);
        topic.publish(Json(3));
      })
      .add(B, story.to('b'))
      .add(Json, story.to('json'));
    topic.publish(A(1));
    topic.publish(B(2));
    await bus.settled();
    expect(story.lines).toEqual(['a: a1', 'b: b2', 'json: json3']);
  });

  test('S2: a route gets the message, the topic it was first published to, and the subscription', async () => {
    const bus = createBus();
    const [child, parent] = [bus.topic('child'), bus.topic('parent')];
    forwardAll(child, parent);
    const route = jest.fn();
    const fallback = jest.fn();
    const router = createMessageRouter(parent).add(A, route);
    await bus.settled();
    router.setDefault(fallback);
    const [first, second] = [A(1), B(2)];
    child.publish(first);
    parent.publish(second);
    await bus.settled();
    expect(route.mock.calls).toEqual([[first, child, router.subscription]]);
    expect(fallback.mock.calls).toEqual([[second, parent, router.subscription]]);
  });

  test('T5: publishSync waits until the route has finished, while others get the message as usual', async () => {
    const topic = createBus().topic('calls');
    const story = new Story();
    createMessageRouter(topic).add(A, story.to('other'));
    const router = createMessageRouter(topic).add(A, async (message) => {
      await Promise.resolve();
      story.to('own')(message);
    });
    await router.publishSync(A(1));
    expect(story.lines).toEqual(['other: a1', 'own: a1']);
  });

  test('T5: publishSync resolves also when the route fails, when there is none, and after the end', async () => {
    const topic = createBus().topic('calls');
    const onError = jest.fn();
    const router = createMessageRouter(topic, { onError }).add(A, () => Promise.reject(new Error('rejected')));
    await router.publishSync(A(1));
    expect(onError).toHaveBeenCalledTimes(1);
    await router.publishSync(B(2));
    router.unsubscribe();
    await router.join();
    await router.publishSync(A(3));
    expect(onError).toHaveBeenCalledTimes(1);
  });

  test('100,000 messages of two types on a flat stack, results being Observables or promises', async () => {
    const bus = createBus();
    const topic = bus.topic('calls');
    let handled = 0;
    const count = () => {
      handled++;
    };
    createMessageRouter(topic)
      .add(A, () => {
        count();
        return of(1);
      })
      .add(B, async () => count());
    for (let n = 0; n < 50_000; n++) {
      topic.publish(A(n));
      topic.publish(B(n));
    }
    await bus.settled();
    expect(handled).toBe(100_000);
  });
});

describe('M2: routes go by the identity of a type', () => {
  test('M2: two types of one name have a route each', async () => {
    const bus = createBus();
    const topic = bus.topic('calls');
    const [first, second] = [messageType<number>('call'), messageType<number>('call')];
    const story = new Story();
    createMessageRouter(topic).add(first, story.to('first')).add(second, story.to('second'));
    topic.publish(second(1));
    topic.publish(first(2));
    await bus.settled();
    expect(story.lines).toEqual(['second: call1', 'first: call2']);
  });

  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('M2: a type may be called %s', async (name) => {
    const bus = createBus();
    const topic = bus.topic('calls');
    const type = messageType<number>(name);
    const story = new Story();
    const router = createMessageRouter(topic).setDefault(story.to('default'));
    topic.publish(type(1));
    await bus.settled();
    router.add(type, story.to('route'));
    topic.publish(type(2));
    await bus.settled();
    expect(story.lines).toEqual(['default: Subscribe', `default: ${name}1`, `route: ${name}2`]);
  });
});
