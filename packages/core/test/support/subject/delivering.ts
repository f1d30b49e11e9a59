import { Observable } from 'rxjs';
import type { Message } from '../../../src/index.js';
import { Ping, watched, type MakeSubject } from './subject-under-test.js';

export function deliversAsASubject(make: MakeSubject): void {
  describe('T3: hands on what it is given', () => {
    it('before next returns', () => {
      const { subject, heard, watch } = watched(make());
      watch('a');
      subject.next(Ping(1));
      heard.push('returned');

      expect(heard).toEqual(['a 1', 'returned']);
    });

    it('to each observer, in the order in which they subscribed, one value after the other', () => {
      const { heard, send, watch } = watched(make());
      for (const name of ['a', 'b', 'c']) watch(name);
      send(1, 2);

      expect(heard).toEqual(['a 1', 'b 1', 'c 1', 'a 2', 'b 2', 'c 2']);
    });

    it('as the very object that it was given, as often as it was given', () => {
      const subject = make();
      const seen: Message<number>[] = [];
      subject.subscribe((message) => seen.push(message));
      const message = Ping(1);
      subject.next(message);
      subject.next(message);

      expect(seen).toHaveLength(2);
      for (const one of seen) expect(one).toBe(message);
    });

    it('to nobody when nobody observes it, and keeps nothing for those who come later', () => {
      const { heard, send, watch } = watched(make());
      send(1, 2);
      watch('a');
      send(3);

      expect(heard).toEqual(['a 3']);
    });

    it('to ten thousand observers, and knows none of them once they have left', () => {
      const { subject, send } = watched(make());
      let calls = 0;
      const subscriptions = Array.from({ length: 10_000 }, () => subject.subscribe(() => calls++));
      send(1);
      expect([calls, subject.observed]).toEqual([10_000, true]);

      for (const subscription of subscriptions) subscription.unsubscribe();
      send(2);

      expect([calls, subject.observed]).toEqual([10_000, false]);
    });
  });

  describe('T3: takes for an observer', () => {
    it('a function', () => {
      const { subject, send } = watched(make());
      const next = jest.fn();
      subject.subscribe(next);
      send(1);
      subject.complete();

      expect(next.mock.calls).toEqual([[expect.objectContaining({ data: 1 })]]);
    });

    it('a next, an error and a complete function, or null in the place of any of them', () => {
      const heard: string[] = [];
      const [completing, failing] = [make(), make()];
      for (const subject of [completing, failing]) {
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- RxJS takes them all the same
        subject.subscribe(
          ({ data }) => heard.push(`next ${data}`),
          (error) => heard.push(`error ${String(error)}`),
          () => heard.push('complete'),
        );
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- RxJS takes them all the same
        subject.subscribe(null, () => heard.push('error only'), null);
        subject.next(Ping(1));
      }
      completing.complete();
      failing.error('no');

      expect(heard).toEqual(['next 1', 'next 1', 'complete', 'error no', 'error only']);
    });

    it('an object with some of the three methods, each called on that object', () => {
      const { subject, send } = watched(make());
      const next = {
        sum: 0,
        next({ data }: Message<number>) {
          this.sum += data;
        },
      };
      const complete = {
        isDone: false,
        complete() {
          this.isDone = true;
        },
      };
      subject.subscribe(next);
      subject.subscribe(complete);
      send(1, 2);
      subject.complete();

      expect([next.sum, complete.isDone]).toEqual([3, true]);
    });

    it('nothing at all', () => {
      const { subject, send } = watched(make());
      const subscription = subject.subscribe();
      expect(subject.observed).toBe(true);
      send(1);
      subject.complete();

      expect(subscription.closed).toBe(true);
    });

    it('the same one several times: it gets everything that often, until it has left that often', () => {
      const { subject, send } = watched(make());
      const [asFunction, asObject] = [jest.fn(), { next: jest.fn() }];
      const subscriptions = [asFunction, asFunction, asObject, asObject].map((observer) => subject.subscribe(observer));
      send(1);
      subscriptions[0]!.unsubscribe();
      subscriptions[2]!.unsubscribe();
      send(2);

      for (const next of [asFunction, asObject.next]) {
        expect(next.mock.calls.map(([{ data }]: [Message<number>]) => data)).toEqual([1, 1, 2]);
      }
    });

    it('one subscriber of RxJS several times: it gets every value that often, and the end once', () => {
      const { subject, heard, send } = watched(make());
      const twice = new Observable<Message<number>>((subscriber) => {
        subject.subscribe(subscriber);
        subject.subscribe(subscriber);
      });
      twice.subscribe({ next: ({ data }) => heard.push(String(data)), complete: () => heard.push('complete') });
      send(1, 2);
      subject.complete();

      expect(heard).toEqual(['1', '1', '2', '2', 'complete']);
      expect(subject.observed).toBe(false);
    });
  });
}
