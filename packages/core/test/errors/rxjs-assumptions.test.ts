import {
  concatMap,
  config,
  EMPTY,
  filter,
  finalize,
  firstValueFrom,
  from,
  isObservable,
  map,
  NEVER,
  ObjectUnsubscribedError,
  Observable,
  of,
  Subject,
  Subscriber,
  takeUntil,
  throwError,
  type Observer,
} from 'rxjs';
import type * as Rx from 'rxjs';

// What core takes for granted of RxJS, each by itself and without core: on the highest version of the peer range and on the
// lowest. A version on which one of these fails needs another core. The first two blocks are what no documentation promises.

/** The list that `observers.ts` reads, there and nowhere else. */
const observersOf = (subject: object): Observer<number>[] | null =>
  (subject as { readonly observers: Observer<number>[] | null }).observers;

const nothing = (): void => undefined;

/** An observer that writes down what it hears. */
const listener = (heard: string[], name = ''): Observer<number> => ({
  next: (value) => heard.push(`${name}${value}`),
  error: (error) => heard.push(`${name}${String(error)}`),
  complete: () => heard.push(`${name}complete`),
});

const failing = (text: string) => (): never => {
  throw new Error(text);
};

/** What RxJS reports as unhandled, from now on. */
function unhandled(): string[] {
  const errors: string[] = [];
  config.onUnhandledError = (error: Error) => errors.push(error.message);
  return errors;
}

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
  config.onUnhandledError = null;
});

describe('not documented: the list of observers of a Subject', () => {
  it('holds those who are there, in the order in which they came, and is changed in place', () => {
    const subject = new Subject<number>();
    const list = observersOf(subject);
    const heard: string[] = [];
    const [first, second] = ['a', 'b'].map((name) => subject.subscribe(listener(heard, name)));
    for (const observer of observersOf(subject) ?? []) observer.next(1);
    expect(heard).toEqual(['a1', 'b1']);

    first!.unsubscribe();
    expect(observersOf(subject)).toHaveLength(1);
    second!.unsubscribe();
    expect(observersOf(subject)).toEqual([]);
    expect(observersOf(subject)).toBe(list);
  });

  it('holds Subscribers of RxJS, of which each can be asked whether it has left', () => {
    const subject = new Subject<number>();
    const subscription = subject.subscribe();
    subject.pipe(map(String)).subscribe();
    const all = [...observersOf(subject)!] as Subscriber<number>[];
    expect(all.map((observer) => observer instanceof Subscriber)).toEqual([true, true]);

    subscription.unsubscribe();
    expect(all.map(({ closed }) => closed)).toEqual([true, false]);
  });

  it('can be emptied: then the end of the Subject tells nobody, but for those who come later', () => {
    for (const end of ['complete', 'error'] as const) {
      const subject = new Subject<number>();
      const heard: string[] = [];
      subject.subscribe(listener(heard, 'there '));
      const taken = observersOf(subject)!.splice(0);
      Subject.prototype[end].call(subject, 'error');
      expect(heard).toEqual([]);
      subject.subscribe(listener(heard, 'late '));
      expect(heard).toEqual([`late ${end}`]);
      for (const observer of taken) observer[end]('error');
      expect(heard).toEqual([`late ${end}`, `there ${end}`]);
    }
  });

  it('has lost an observer when what was added to its subscription is called', () => {
    const subject = new Subject<number>();
    const left: number[] = [];
    const subscriptions = ['ends', 'leaves'].map(() => subject.subscribe());
    for (const subscription of subscriptions) subscription.add(() => left.push(observersOf(subject)!.length));
    observersOf(subject)![0]!.complete();
    subscriptions[1]!.unsubscribe();

    expect(left).toEqual([1, 0]);
  });

  it('is none of a Subject that is unsubscribed', () => {
    const subject = new Subject<number>();
    subject.subscribe();
    subject.unsubscribe();

    expect(observersOf(subject)).toBeNull();
  });
});

describe('not documented: the flag `closed` of a Subject', () => {
  it('may be set: whoever uses it is refused from then on, and those who are there stay', () => {
    const subject = new Subject<number>();
    const heard: string[] = [];
    subject.subscribe(listener(heard));
    subject.closed = true;

    const uses = [() => subject.next(1), () => subject.error(1), () => subject.complete(), () => subject.subscribe()];
    for (const use of uses) expect(use).toThrow(ObjectUnsubscribedError);
    for (const observer of observersOf(subject)!) observer.next(2);
    expect(heard).toEqual(['2']);
  });
});

describe('subscribing', () => {
  /** Counts who comes by its own `subscribe`, as a topic does. */
  class Counting extends Subject<number> {
    count = 0;

    override subscribe(...observer: unknown[]): ReturnType<Subject<number>['subscribe']> {
      this.count++;
      return super.subscribe(...(observer as []));
    }
  }

  it.each<[string, (subject: Subject<number>) => unknown]>([
    ['an operator', (subject) => subject.pipe(map(String)).subscribe()],
    ['several operators', (subject) => subject.pipe(map(Number), filter(Boolean)).subscribe()],
    ['asObservable', (subject) => subject.asObservable().subscribe()],
    ['from', (subject) => from(subject).subscribe()],
    ['firstValueFrom', (subject) => firstValueFrom(subject)],
    ['a notifier', (subject) => NEVER.pipe(takeUntil(subject)).subscribe()],
    [
      'an inner Observable',
      (subject) =>
        of(1)
          .pipe(concatMap(() => subject))
          .subscribe(),
    ],
    ['forEach', (subject) => subject.forEach(nothing)],
  ])('comes to the public method `subscribe` of the source: %s', (_, subscribe) => {
    const subject = new Counting();
    void subscribe(subject);
    expect(subject.count).toBe(1);
  });

  it('calls at once what is added to a subscription that is over', () => {
    const subject = new Subject<number>();
    subject.complete();
    const added = jest.fn();
    subject.subscribe().add(added);
    expect(added).toHaveBeenCalledTimes(1);
  });

  it('takes what looks like a Subscriber for one, and calls it as it is', () => {
    const subject = new Subject<number>();
    const foreign = { closed: false, next: failing('raw'), add: nothing, remove: nothing, unsubscribe: nothing };
    subject.subscribe({ ...foreign, error: nothing, complete: nothing } as never);
    expect(() => observersOf(subject)![0]!.next(1)).toThrow('raw');
  });

  it('calls what a producer has added when its consumer leaves, and when it ends itself; `closed` is true by then', () => {
    for (const end of ['unsubscribe', 'complete', 'error'] as const) {
      const seen: boolean[] = [];
      let producer!: Subscriber<number>;
      const source = new Observable<number>((subscriber) => {
        producer = subscriber;
        subscriber.add(() => seen.push(subscriber.closed));
      });
      const subscription = source.subscribe({ error: nothing });
      if (end === 'unsubscribe') subscription.unsubscribe();
      else producer[end](1);
      expect(seen).toEqual([true]);
    }
  });
});

describe('what a consumer throws', () => {
  it('T6: comes back from none of its three functions; it is reported on a later task', () => {
    const errors = unhandled();
    const subject = new Subject<number>();
    subject.subscribe({ next: failing('next'), complete: failing('complete') });
    subject.subscribe({ error: failing('error') });
    const [one, other] = [...observersOf(subject)!];
    one!.next(1);
    one!.complete();
    other!.error(new Error('taken'));
    expect(errors).toEqual([]);

    jest.runAllTimers();
    expect(errors).toEqual(['next', 'complete', 'error']);
  });

  it('T6: leaves it subscribed', () => {
    unhandled();
    const subject = new Subject<number>();
    const next = jest.fn(failing('next'));
    subject.subscribe({ next });
    subject.next(1);
    subject.next(2);
    jest.runAllTimers();
    expect(next).toHaveBeenCalledTimes(2);
  });

  it('T6: does come back when a teardown throws it, and keeps the others of a Subject from its end', () => {
    const subject = new Subject<number>();
    const heard: string[] = [];
    subject.pipe(finalize(failing('teardown'))).subscribe();
    subject.subscribe(listener(heard));
    expect(() => subject.complete()).toThrow('teardown');
    expect(heard).toEqual([]);
  });

  it('T6: is not asked for of who has left or ended: what comes then is dropped', () => {
    const subject = new Subject<number>();
    const next = jest.fn();
    subject.subscribe({ next });
    subject.subscribe({ next });
    const [one, other] = [...observersOf(subject)!] as Subscriber<number>[];
    one!.unsubscribe();
    other!.complete();
    for (const observer of [one!, other!]) {
      observer.next(1);
      observer.error(new Error('nobody hears it'));
      observer.complete();
    }
    jest.runAllTimers();
    expect(next).not.toHaveBeenCalled();
  });
});

describe('an error that nobody takes', () => {
  it('T6: is told to the hook that is there on a later task', () => {
    throwError(() => new Error('nobody')).subscribe();
    const errors = unhandled();
    jest.runAllTimers();
    expect(errors).toEqual(['nobody']);
  });

  it('T6: is thrown there when there is no hook', () => {
    throwError(() => new Error('nobody')).subscribe();
    expect(() => jest.runAllTimers()).toThrow('nobody');
  });
});

describe('concatMap', () => {
  it('S1: begins with the next when the one before has completed: at once when it does so as it begins', () => {
    const order: number[] = [];
    const open = new Subject<never>();
    const source = new Subject<number>();
    const inner = (n: number): Observable<never> => {
      order.push(n);
      return n === 2 ? open : EMPTY;
    };
    source.pipe(concatMap(inner)).subscribe();
    for (const n of [1, 2, 3, 4]) source.next(n);
    expect(order).toEqual([1, 2]);
    open.complete();
    expect(order).toEqual([1, 2, 3, 4]);
    source.next(5);
    expect(order).toEqual([1, 2, 3, 4, 5]);
  });

  it('S1: has what comes while one begins wait until that has begun', () => {
    const order: string[] = [];
    const source = new Subject<number>();
    const inner = (n: number): Observable<never> => {
      order.push(`begin ${n}`);
      if (n === 1) source.next(2);
      order.push(`begun ${n}`);
      return EMPTY;
    };
    source.pipe(concatMap(inner)).subscribe();
    source.next(1);
    expect(order).toEqual(['begin 1', 'begun 1', 'begin 2', 'begun 2']);
  });
});

describe('another loaded copy of RxJS', () => {
  let other: typeof Rx;

  beforeEach(async () => {
    await jest.isolateModulesAsync(async () => {
      other = await import('rxjs');
    });
  });

  it('has classes of its own, and Observables that count here', async () => {
    expect(other.Observable).not.toBe(Observable);
    expect(isObservable(other.of(1))).toBe(true);
    expect(await firstValueFrom(from(other.of(1)))).toBe(1);
  });

  it('subscribes to a Subject of here with Subscribers that are called as they are', () => {
    const subject = new Subject<number>();
    const heard: string[] = [];
    subject.pipe(other.map((n) => n + 1)).subscribe(listener(heard));
    expect(observersOf(subject)![0]).toBeInstanceOf(other.Subscriber);
    subject.next(1);
    subject.complete();
    expect(heard).toEqual(['2', 'complete']);
  });
});
