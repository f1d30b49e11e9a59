import {
  createBus,
  InvalidArgumentError,
  messageType,
  subscribe,
  SubscriptionChange,
  type SubscribeOptions,
} from '../../src/index.js';
import { inWords } from '../support/in-words.js';

const Plain = messageType<string>('plain');
const Other = messageType<string>('other');
const WithJson = messageType<string>('with_json', { formatters: { json: ({ data }) => data } });
const WithAmi = messageType<string>('with_ami', { formatters: { ami: ({ data }) => data } });

/** One subscription, and what its handler has got. */
function subscribed(options?: SubscribeOptions) {
  const bus = createBus();
  const topic = bus.topic('topic');
  const seen: string[] = [];
  const subscription = subscribe(topic, (message) => seen.push(inWords(message)), options);
  const publishAll = (): void => {
    for (const type of [Plain, Other, WithJson, WithAmi]) topic.publish(type(type.name));
  };
  return { bus, topic, seen, subscription, publishAll };
}

/** What a subscription gets from beginning to end when one message of each type is published. */
async function lifeOf(options?: SubscribeOptions): Promise<string[]> {
  const { bus, seen, subscription, publishAll } = subscribed(options);
  publishAll();
  subscription.unsubscribe();
  await bus.settled();
  return seen;
}

describe('filters', () => {
  it('S8: without one everything passes', async () => {
    expect(await lifeOf()).toEqual([
      'Subscribe topic#1',
      'plain',
      'other',
      'with_json',
      'with_ami',
      'Unsubscribe topic#1',
    ]);
  });

  it('S8: by type lets only these types through', async () => {
    expect(await lifeOf({ accept: [Plain, WithAmi] })).toEqual(['plain', 'with_ami']);
  });

  it('S8: by type lets subscription changes, the final message too, through when they are accepted', async () => {
    expect(await lifeOf({ accept: [Plain, SubscriptionChange] })).toEqual([
      'Subscribe topic#1',
      'plain',
      'Unsubscribe topic#1',
    ]);
  });

  it('S8: by formats lets through types that have one of the formatters, and the final message', async () => {
    expect(await lifeOf({ acceptFormats: ['json'] })).toEqual(['with_json', 'Unsubscribe topic#1']);
    expect(await lifeOf({ acceptFormats: ['json', 'ami'] })).toEqual(['with_json', 'with_ami', 'Unsubscribe topic#1']);
  });

  it('S8: with both, either suffices', async () => {
    expect(await lifeOf({ accept: [Plain], acceptFormats: ['json'] })).toEqual(['plain', 'with_json']);
  });

  it('S8: with both, the final message passes only if subscription changes are accepted', async () => {
    expect(await lifeOf({ accept: [SubscriptionChange], acceptFormats: ['json'] })).toEqual([
      'Subscribe topic#1',
      'with_json',
      'Unsubscribe topic#1',
    ]);
  });

  it('S8: that are empty accept nothing', async () => {
    expect(await lifeOf({ accept: [] })).toEqual([]);
    expect(await lifeOf({ acceptFormats: [] })).toEqual(['Unsubscribe topic#1']);
  });

  it('S8: work in synchronous delivery as they do in a mailbox', async () => {
    expect(await lifeOf({ accept: [Plain], delivery: 'synchronous' })).toEqual(['plain']);
    expect(await lifeOf({ acceptFormats: ['ami'], delivery: 'synchronous' })).toEqual([
      'with_ami',
      'Unsubscribe topic#1',
    ]);
  });

  it('S8: tell types by identity: one of the same name does not pass', async () => {
    const { bus, topic, seen } = subscribed({ accept: [Plain] });

    topic.publish(messageType<string>('plain')('an impostor'));
    await bus.settled();

    expect(seen).toEqual([]);
  });

  it.each(['constructor', '__proto__', 'toString'])(
    'S8: find no formatter %s that a type does not have',
    async (name) => {
      expect(await lifeOf({ acceptFormats: [name] })).toEqual(['Unsubscribe topic#1']);
    },
  );

  it('S8: come before the queue: what is declined never waits in the mailbox', () => {
    const { subscription, publishAll } = subscribed({ accept: [Plain] });

    publishAll();

    expect(subscription.depth).toBe(1);
  });
});

describe('changing a filter', () => {
  it('S8: accept adds to the filter by type', async () => {
    const { bus, seen, subscription, publishAll } = subscribed({ accept: [Plain] });

    subscription.accept(Other, WithJson);
    publishAll();
    await bus.settled();

    expect(seen).toEqual(['plain', 'other', 'with_json']);
  });

  it('S8: accept makes a filter where there was none', async () => {
    const { bus, seen, subscription, publishAll } = subscribed();

    subscription.accept(Plain);
    publishAll();
    await bus.settled();

    expect(seen).toEqual(['Subscribe topic#1', 'plain']);
  });

  it('S8: accept without a type makes a filter that accepts nothing', async () => {
    const { bus, seen, subscription, publishAll } = subscribed();

    subscription.accept();
    publishAll();
    await bus.settled();

    expect(seen).toEqual(['Subscribe topic#1']);
  });

  it('S8: decline takes away from the filter by type', async () => {
    const { bus, seen, subscription, publishAll } = subscribed({ accept: [Plain, Other] });

    subscription.decline(Plain);
    publishAll();
    await bus.settled();

    expect(seen).toEqual(['other']);
  });

  it('S8: declining the last type leaves a filter that accepts nothing', async () => {
    const { bus, seen, subscription, publishAll } = subscribed({ accept: [Plain] });

    subscription.decline(Plain, Other);
    publishAll();
    await bus.settled();

    expect(seen).toEqual([]);
  });

  it('S8: decline changes nothing where no filter by type is', async () => {
    const { bus, seen, subscription, publishAll } = subscribed();

    subscription.decline(Plain);
    publishAll();
    await bus.settled();

    expect(seen).toContain('plain');
  });

  it('S8: acceptFormats replaces the filter by formats', async () => {
    const { bus, seen, subscription, publishAll } = subscribed({ acceptFormats: ['json'] });

    subscription.acceptFormats('ami');
    publishAll();
    await bus.settled();

    expect(seen).toEqual(['with_ami']);
  });

  it('S8: acceptAll drops both filters', async () => {
    const { bus, seen, subscription, publishAll } = subscribed({ accept: [], acceptFormats: [] });

    subscription.acceptAll();
    publishAll();
    await bus.settled();

    expect(seen).toEqual(['plain', 'other', 'with_json', 'with_ami']);
  });

  it('S8: leaves what is queued alone', async () => {
    const { bus, seen, subscription, publishAll } = subscribed({ accept: [Plain] });

    publishAll();
    subscription.decline(Plain);
    await bus.settled();

    expect(seen).toEqual(['plain']);
  });

  it('S8: leaves an array given as accept, and is left alone by it', async () => {
    const accept = [Plain];
    const { bus, seen, subscription, publishAll } = subscribed({ accept });

    subscription.accept(Other);
    accept.push(WithJson);
    publishAll();
    await bus.settled();

    expect(seen).toEqual(['plain', 'other']);
    expect(accept).toEqual([Plain, WithJson]);
  });

  it.each([
    ['accept', 'plain'],
    ['decline', undefined],
    ['acceptFormats', 5],
  ] as const)('S8: %s refuses %p', (method, argument) => {
    const { subscription } = subscribed();

    expect(() => {
      subscription[method](argument as never);
    }).toThrow(InvalidArgumentError);
  });
});
