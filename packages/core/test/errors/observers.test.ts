import { finalize, type Observable } from 'rxjs';
import { createBus, subscribe, SubscriptionChange, type StasisError } from '../../src/index.js';

/** A bus with two topics, and observers of the first; the teardown of one of them throws. */
function crowdedBus() {
  const errors: StasisError[] = [];
  const ends: string[] = [];
  const bus = createBus({ onError: (error) => errors.push(error) });
  const [calls, others] = [bus.topic('calls'), bus.topic('others')];
  const note = (name: string) => ({
    complete: () => ends.push(`${name} completes`),
    error: () => ends.push(`${name} fails`),
  });
  calls.subscribe(note('first'));
  calls.pipe(failingTeardown()).subscribe(note('failing'));
  calls.subscribe(note('last'));
  others.subscribe(note('other'));
  return { bus, calls, errors, ends };
}

/** What `finalize` does is a teardown: RxJS lets what it throws through to whoever ends the source. */
function failingTeardown<Value>(): (source: Observable<Value>) => Observable<Value> {
  return finalize(() => {
    throw new Error('cannot tear down');
  });
}

const failure = (name: string): unknown =>
  expect.objectContaining({ code: 'OBSERVER', message: `[core] an observer of ${name} failed as that ended.` });

describe('an observer whose teardown throws', () => {
  it('T6: keeps neither others from the completion of the topic nor the caller from going on', () => {
    const { calls, errors, ends } = crowdedBus();
    calls.complete();

    expect(ends).toEqual(['first completes', 'failing completes', 'last completes']);
    expect(errors).toEqual([failure('topic "calls"')]);
  });

  it('T6: nor from its error', () => {
    const { calls, errors, ends } = crowdedBus();
    calls.error(new Error('line dropped'));

    expect(ends).toEqual(['first fails', 'failing fails', 'last fails']);
    expect(errors).toEqual([failure('topic "calls"')]);
  });

  it('T6, S4: nor the bus from closing, and subscriptions from their final messages', async () => {
    const { bus, calls, errors, ends } = crowdedBus();
    const finals: string[] = [];
    for (const delivery of ['queued', 'synchronous'] as const) {
      const handler = ({ data }: { data: { description: string } }) => finals.push(`${delivery} ${data.description}`);
      subscribe(calls, handler, { delivery, accept: [SubscriptionChange] });
    }
    await bus.close();
    await bus.close();

    expect(ends.at(-1)).toBe('other completes');
    expect(finals.filter((text) => text.endsWith('Unsubscribe'))).toHaveLength(2);
    expect(errors).toEqual([failure('topic "calls"')]);
  });

  it('T6, S6: of congestion$ does not keep join from resolving', async () => {
    const { bus, calls, errors } = crowdedBus();
    const subscription = subscribe(calls, () => undefined);
    subscription.congestion$.pipe(failingTeardown()).subscribe();
    const complete = jest.fn();
    subscription.congestion$.subscribe({ complete });
    subscription.unsubscribe();
    await subscription.join();
    await bus.settled();

    expect(complete).toHaveBeenCalledTimes(1);
    expect(errors).toEqual([failure('congestion$ of subscription "calls#1"')]);
  });

  it('T6: of events$ does not keep the bus from closing', async () => {
    const errors: StasisError[] = [];
    const bus = createBus({ onError: (error) => errors.push(error) });
    bus.events$.pipe(failingTeardown()).subscribe();
    const complete = jest.fn();
    bus.events$.subscribe({ complete });
    await bus.close();

    expect(complete).toHaveBeenCalledTimes(1);
    expect(errors).toEqual([failure('bus.events$')]);
  });
});
