import { firstValueFrom, map, take, toArray } from 'rxjs';
import { createBus, forwardAll, messages, messageType, SubscriptionChange, type Message } from '../../src/index.js';
import { createManualDispatcher } from '../../src/testing/index.js';
import { inWords } from '../support/in-words.js';
import { busOf } from '../../src/subscriptions/subscriptions-context.js';

const Ping = messageType<number>('ping');
const bothDeliveries = ['queued', 'synchronous'] as const;

function numbersTopic() {
  const bus = createBus();
  return { bus, numbers: bus.topic<Message<number>>('numbers') };
}

const toWords = map(inWords);

describe('messages', () => {
  it('is cold: each subscriber has a subscription of its own', async () => {
    const { bus, numbers } = numbersTopic();
    const all$ = messages(numbers).pipe(toWords);
    expect(numbers.audience.recipients.length).toBe(0);
    const [one, other]: [string[], string[]] = [[], []];

    all$.subscribe((words) => one.push(words));
    numbers.publish(Ping(1));
    all$.subscribe((words) => other.push(words));
    numbers.publish(Ping(2));
    await bus.settled();

    expect(one).toEqual(['Subscribe numbers#1', '1', 'Subscribe numbers#2', '2']);
    expect(other).toEqual(['Subscribe numbers#2', '2']);
  });

  it.each(bothDeliveries)(
    'S4: emits what is queued and the final message when the topic completes, then completes (%s)',
    async (delivery) => {
      const { numbers } = numbersTopic();
      const all = firstValueFrom(messages(numbers, { delivery }).pipe(toWords, toArray()));

      numbers.publish(Ping(1));
      numbers.complete();

      expect(await all).toEqual(['Subscribe numbers#1', '1', 'Unsubscribe numbers#1']);
    },
  );

  it('S8: emits what is accepted only, and completes without a final message that is not', async () => {
    const { numbers } = numbersTopic();
    const pings = firstValueFrom(messages(numbers, { accept: [Ping] }).pipe(toWords, toArray()));
    const changes = firstValueFrom(messages(numbers, { accept: [SubscriptionChange] }).pipe(toWords, toArray()));

    numbers.publish(Ping(1));
    numbers.complete();

    expect(await pings).toEqual(['1']);
    expect(await changes).toEqual(['Subscribe numbers#2', 'Unsubscribe numbers#2']);
  });

  it('S2: emits what is forwarded to the topic', async () => {
    const { bus, numbers } = numbersTopic();
    const child = bus.topic<Message<number>>('child');
    forwardAll(child, numbers);
    const first = firstValueFrom(messages(numbers, { accept: [Ping] }));

    child.publish(Ping(1));

    expect(await first).toMatchObject({ data: 1 });
  });

  it('S4: leaving it unsubscribes, and emits nothing more', async () => {
    const { bus, numbers } = numbersTopic();
    const dispatcher = createManualDispatcher();
    const seen: string[] = [];
    const subscription = messages(numbers, { dispatcher })
      .pipe(toWords)
      .subscribe((words) => seen.push(words));
    numbers.publish(Ping(1));
    dispatcher.flush();
    numbers.publish(Ping(2));

    subscription.unsubscribe();
    expect(numbers.audience.recipients.length).toBe(0);
    dispatcher.flush();
    await bus.settled();

    expect(seen).toEqual(['Subscribe numbers#1', '1']);
    expect(busOf(numbers).subscriptions.size).toBe(0);
  });

  it.each(bothDeliveries)('S7: may be left inside it (%s)', async (delivery) => {
    const { bus, numbers } = numbersTopic();
    const two = firstValueFrom(messages(numbers, { delivery }).pipe(toWords, take(2), toArray()));

    for (const n of [1, 2, 3]) numbers.publish(Ping(n));
    expect(await two).toEqual(['Subscribe numbers#1', '1']);
    await bus.settled();

    expect(numbers.audience.recipients.length).toBe(0);
  });

  it('S7: may be left with its very first message', async () => {
    const { bus, numbers } = numbersTopic();

    expect(await firstValueFrom(messages(numbers, { delivery: 'synchronous' }).pipe(toWords))).toBe(
      'Subscribe numbers#1',
    );
    await bus.settled();

    expect(numbers.audience.recipients.length).toBe(0);
  });

  it('completes at once on a topic that has ended', async () => {
    const { numbers } = numbersTopic();
    numbers.complete();

    expect(await firstValueFrom(messages(numbers).pipe(toWords, toArray()))).toEqual([
      'Subscribe numbers#1',
      'Unsubscribe numbers#1',
    ]);
  });

  it('S4: fails when the topic ends by an error, after what is queued and the final message', async () => {
    const onError = jest.fn();
    const bus = createBus({ onError });
    const numbers = bus.topic<Message<number>>('numbers');
    const heard: string[] = [];
    messages(numbers)
      .pipe(toWords)
      .subscribe({ next: (words) => heard.push(words), error: (error) => heard.push(String(error)) });
    numbers.publish(Ping(1));

    numbers.error(new Error('no'));
    await bus.settled();

    expect(heard).toEqual(['Subscribe numbers#1', '1', 'Unsubscribe numbers#1', 'Error: no']);
    expect(onError).not.toHaveBeenCalled();
  });

  it('S4: fails after its final message on a topic that has ended by an error', async () => {
    const numbers = createBus({ onError() {} }).topic('numbers');
    numbers.error(new Error('no'));

    await expect(firstValueFrom(messages(numbers).pipe(toArray()))).rejects.toThrow('no');
  });

  it('is refused at once without a topic', () => {
    expect(() => messages(undefined as never)).toThrow(
      '[core] messages(): expected topic to be a topic of a bus, got undefined.',
    );
  });

  it('tells its subscriber of an option that cannot work', async () => {
    const { numbers } = numbersTopic();

    await expect(firstValueFrom(messages(numbers, { highWater: 0 }))).rejects.toThrow(
      '[core] subscribe(): expected highWater to be an integer of at least 1, got 0 (number).',
    );
  });
});
