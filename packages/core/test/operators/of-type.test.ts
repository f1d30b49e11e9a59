import { createBus, messages, messageType, ofType, SubscriptionChange } from '../../src/index.js';

const Ping = messageType<number>('ping');
const Other = messageType<number>('other');
const Third = messageType<number>('third');

describe('ofType', () => {
  it('lets the messages of a type through', () => {
    const topic = createBus().topic('topic');
    const seen: number[] = [];
    topic.pipe(ofType(Ping)).subscribe(({ data }) => seen.push(data));

    for (const message of [Ping(1), Other(2), Ping(3)]) topic.publish(message);

    expect(seen).toEqual([1, 3]);
  });

  it('takes several types, and none', () => {
    const topic = createBus().topic('topic');
    const [two, none]: [number[], number[]] = [[], []];
    topic.pipe(ofType(Ping, Other)).subscribe(({ data }) => two.push(data));
    topic.pipe(ofType()).subscribe(({ data }) => none.push(data));

    for (const message of [Ping(1), Other(2), Third(3)]) topic.publish(message);

    expect([two, none]).toEqual([[1, 2], []]);
  });

  it('M2: tells types by identity, not by name', () => {
    const topic = createBus().topic('topic');
    const seen: number[] = [];
    topic.pipe(ofType(Ping)).subscribe(({ data }) => seen.push(data));

    topic.publish(messageType<number>('ping')(1));

    expect(seen).toEqual([]);
  });

  it('S3: finds subscription changes where there are any', () => {
    const topic = createBus().topic('topic');
    const seen: string[] = [];
    messages(topic, { delivery: 'synchronous' })
      .pipe(ofType(SubscriptionChange))
      .subscribe(({ data }) => seen.push(data.description));

    topic.complete();

    expect(seen).toEqual(['Subscribe', 'Unsubscribe']);
  });

  it('refuses what is no message type, a name for instance', () => {
    expect(() => ofType('ping' as never)).toThrow(
      '[core] ofType(): expected types[0] to be a message type, got "ping" (string).',
    );
  });
});
