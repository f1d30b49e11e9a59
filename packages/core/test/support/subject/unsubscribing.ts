import { map, ObjectUnsubscribedError, of, Subscription } from 'rxjs';
import { catchUnhandled, Ping, stopCatching, watched, type MakeSubject, type Numbers } from './subject-under-test.js';

const uses: Record<string, (subject: Numbers) => unknown> = {
  next: (subject) => {
    subject.next(Ping(1));
  },
  error: (subject) => {
    subject.error(new Error('no'));
  },
  complete: (subject) => {
    subject.complete();
  },
  subscribe: (subject) => subject.subscribe({ error() {} }),
  'asObservable().subscribe': (subject) => subject.asObservable().subscribe({ error() {} }),
};

const before: readonly [string, (subject: Numbers) => void][] = [
  ['', () => {}],
  [
    ', when it had completed before',
    (subject) => {
      subject.complete();
    },
  ],
  [
    ', when it had failed before',
    (subject) => {
      subject.error(new Error('no'));
    },
  ],
  [
    ', also the second time',
    (subject) => {
      subject.unsubscribe();
    },
  ],
];

export function unsubscribesAsASubject(make: MakeSubject): void {
  afterEach(stopCatching);

  describe('T1: after unsubscribe()', () => {
    it('is closed, and observed by nobody; its observers have heard nothing', () => {
      const { subject, heard, watch } = watched(make());
      const subscription = watch('a');
      expect(subject.closed).toBe(false);
      subject.unsubscribe();
      subject.unsubscribe();

      expect(heard).toEqual([]);
      expect([subject.closed, subject.observed]).toEqual([true, false]);
      expect(subscription.closed).toBe(false);
      subscription.unsubscribe();
      expect(subscription.closed).toBe(true);
    });

    it.each(before)('throws an ObjectUnsubscribedError at every use%s', (_, prepare) => {
      const { subject, heard, watch } = watched(make());
      watch('a');
      prepare(subject);
      subject.unsubscribe();
      const heardBefore = [...heard];

      expect(usesThatThrow(subject)).toEqual(Object.keys(uses));
      expect(subject.closed).toBe(true);
      expect(heard).toEqual(heardBefore);
    });

    it.each(before)('gives that error to whoever subscribes behind an operator%s', (_, prepare) => {
      const subject = make();
      const errors: unknown[] = [];
      prepare(subject);
      subject.unsubscribe();
      subject.pipe(map(({ data }) => data)).subscribe({ error: (error) => errors.push(error) });

      expect(errors).toEqual([expect.any(ObjectUnsubscribedError)]);
    });

    it('has the Observables that it observes report it', () => {
      const unhandled = catchUnhandled();
      const subject = make();
      subject.unsubscribe();
      of(Ping(1)).subscribe(subject);
      jest.runAllTimers();

      // Once for the value, once for the end.
      expect(unhandled).toEqual([expect.any(ObjectUnsubscribedError), expect.any(ObjectUnsubscribedError)]);
    });
  });

  describe('T1: unsubscribe()', () => {
    it('comes with what it was added to', () => {
      const { subject, send, watch } = watched(make());
      watch('a');
      const all = new Subscription();
      all.add(subject);
      all.unsubscribe();

      expect(subject.closed).toBe(true);
      expect(() => {
        send(1);
      }).toThrow(ObjectUnsubscribedError);
    });

    it('takes from nobody the value that is being delivered', () => {
      const { subject, heard, send, watch } = watched(make());
      watch('a', () => {
        subject.unsubscribe();
      });
      watch('b');
      send(1);

      expect(heard).toEqual(['a 1', 'b 1']);
      expect([subject.closed, subject.observed]).toEqual([true, false]);
    });

    it('counts at once, also inside of an observer', () => {
      const { subject, heard, send, watch } = watched(make());
      const throwing: string[] = [];
      watch('a', () => {
        subject.unsubscribe();
        throwing.push(...usesThatThrow(subject), `closed: ${String(subject.closed)}`);
      });
      watch('b');
      send(1);

      expect(throwing).toEqual([...Object.keys(uses), 'closed: true']);
      expect(heard).toEqual(['a 1', 'b 1']);
    });
  });
}

/** Those that throw what RxJS throws. */
function usesThatThrow(subject: Numbers): string[] {
  return Object.keys(uses).filter((name) => {
    try {
      uses[name]!(subject);
      return false;
    } catch (error) {
      return error instanceof ObjectUnsubscribedError;
    }
  });
}
