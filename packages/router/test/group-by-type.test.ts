import {
  createBus,
  messages,
  messageType,
  SubscriptionChange,
  type AnyMessageType,
  type Message,
} from '@stasis-rx/core';
import { groupByType } from '@stasis-rx/router';
import { count, from, map, mergeMap, Subject, throwError } from 'rxjs';
import { A, B, tell } from './support/story.js';

describe('groupByType', () => {
  test('parts a stream into a group for each message type, as the types appear', () => {
    const topic = createBus().topic('calls');
    const seen: string[] = [];
    topic.pipe(groupByType()).subscribe((group) => {
      seen.push(`group ${group.key.name}`);
      group.subscribe((message) => seen.push(tell(message)));
    });
    for (const message of [B(1), A(2), B(3)]) topic.publish(message);
    expect(seen).toEqual(['group b', 'b1', 'group a', 'a2', 'b3']);
  });

  test('M2: the key is the message type itself, so types of one name have groups of their own', () => {
    const [first, second] = [messageType<number>('call'), messageType<number>('call')];
    const keys: AnyMessageType[] = [];
    from([first(1), second(2), first(3)])
      .pipe(groupByType())
      .subscribe(({ key }) => keys.push(key));
    expect(keys).toEqual([first, second]);
    expect(keys[0]).toBe(first);
    expect(keys[1]).toBe(second);
  });

  test('groups subscription changes like any other type', async () => {
    const bus = createBus();
    const topic = bus.topic('calls');
    const seen: string[] = [];
    messages(topic)
      .pipe(
        groupByType(),
        mergeMap((group) =>
          group.pipe(map((message) => `${String(group.key === SubscriptionChange)} ${tell(message)}`)),
        ),
      )
      .subscribe((line) => seen.push(line));
    topic.publish(A(1));
    topic.complete();
    await bus.settled();
    expect(seen).toEqual(['true Subscribe', 'false a1', 'true Unsubscribe']);
  });

  test('has one group for a built-in type, whichever loaded copy of core made the message', async () => {
    let other = SubscriptionChange;
    await jest.isolateModulesAsync(async () => {
      ({ SubscriptionChange: other } = await import('@stasis-rx/core'));
    });
    const change = { topic: 'calls', uniqueId: 'calls#1', description: 'Subscribe' } as const;
    const groups: string[] = [];
    from<Message[]>([SubscriptionChange(change), other(change), other(change)])
      .pipe(
        groupByType(),
        mergeMap((group) =>
          group.pipe(
            count(),
            map((n) => `${String(group.key === SubscriptionChange)} ${String(n)}`),
          ),
        ),
      )
      .subscribe((line) => groups.push(line));
    expect(other).not.toBe(SubscriptionChange);
    expect(groups).toEqual(['true 3']);
  });

  test('starts anew for every observer, and ends its groups as the source ends', () => {
    const source = new Subject<Message>();
    const grouped = source.pipe(groupByType());
    const ends: string[] = [];
    for (const name of ['first', 'second']) {
      grouped.subscribe((group) => group.subscribe({ complete: () => ends.push(`${name} ${group.key.name}`) }));
    }
    source.next(A(1));
    source.complete();
    expect(ends).toEqual(['first a', 'second a']);
  });

  test('passes on an error of the source', () => {
    const failure = new Error('line cut');
    const onError = jest.fn();
    throwError(() => failure)
      .pipe(groupByType())
      .subscribe({ error: onError });
    expect(onError).toHaveBeenCalledWith(failure);
  });
});
