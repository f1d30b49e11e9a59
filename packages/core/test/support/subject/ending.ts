import { Subscription } from 'rxjs';
import { watched, type MakeSubject, type Numbers } from './subject-under-test.js';

interface End {
  readonly how: 'complete' | 'error';
  end(subject: Numbers): void;
  /** What the observer of a name hears of it. */
  told(name: string): string;
}

const ends: readonly End[] = [
  {
    how: 'complete',
    end: (subject) => {
      subject.complete();
    },
    told: (name) => `${name} completes`,
  },
  {
    how: 'error',
    end: (subject) => {
      subject.error(new Error('no'));
    },
    told: (name) => `${name} fails: no`,
  },
];

export function endsAsASubject(make: MakeSubject): void {
  describe.each(ends)('T1: by $how', ({ how, end, told }) => {
    it('tells its observers, in the order in which they subscribed, before it returns', () => {
      const { subject, heard, send, watch } = watched(make());
      for (const name of ['a', 'b']) watch(name);
      send(1);
      end(subject);
      heard.push('returned');

      expect(heard).toEqual(['a 1', 'b 1', told('a'), told('b'), 'returned']);
    });

    it('tells nobody who has left', () => {
      const { subject, heard, watch } = watched(make());
      watch('a').unsubscribe();
      watch('b');
      end(subject);

      expect(heard).toEqual([told('b')]);
    });

    it('closes the subscriptions, and is observed by nobody', () => {
      const { subject, watch } = watched(make());
      const subscriptions = [watch('a'), watch('b')];
      end(subject);

      expect(subscriptions.map(({ closed }) => closed)).toEqual([true, true]);
      expect(subject.observed).toBe(false);
    });

    it('ends once: what is called later changes nothing', () => {
      const { subject, heard, send, watch } = watched(make());
      watch('a');
      end(subject);
      send(1);
      subject.complete();
      subject.error(new Error('later'));
      send(2);
      watch('late');

      expect(heard).toEqual([told('a'), told('late')]);
    });

    it('tells those who subscribe later at once, and closes their subscriptions', () => {
      const { subject, heard, send, watch } = watched(make());
      end(subject);
      const late = watch('late');
      heard.push('returned');
      late.add(() => heard.push('torn down'));
      send(1);

      expect(heard).toEqual([told('late'), 'returned', 'torn down']);
      expect([late.closed, subject.observed]).toEqual([true, false]);
    });

    it('is not closed by that', () => {
      const subject = make();
      end(subject);

      expect(subject.closed).toBe(false);
    });

    it('tells an observer, runs its teardowns, and goes on to the next one', () => {
      const { subject, heard, watch } = watched(make());
      for (const name of ['a', 'b']) {
        const subscription = watch(name);
        subscription.add(() => heard.push(`first of ${name}`));
        subscription.add(() => heard.push(`second of ${name}`));
      }
      end(subject);

      expect(heard).toEqual([told('a'), 'first of a', 'second of a', told('b'), 'first of b', 'second of b']);
    });

    it('has ended already for whoever is told: values go nowhere, and those who subscribe are told before the rest', () => {
      const { subject, heard, send, watch } = watched(make());
      const onEnd = (): void => {
        heard.push('first');
        send(1);
        end(subject);
        watch('late');
        heard.push('first is done');
      };
      subject.subscribe({ [how]: onEnd, error: onEnd });
      watch('b');
      end(subject);

      expect(heard).toEqual(['first', told('late'), 'first is done', told('b')]);
    });

    it('does not tell those whom an observer throws out as it is told', () => {
      const { subject, heard, watch } = watched(make());
      const others = new Subscription();
      const onEnd = (): void => others.unsubscribe();
      subject.subscribe({ [how]: onEnd, error: onEnd });
      others.add(watch('b'));
      watch('c');
      end(subject);

      expect(heard).toEqual([told('c')]);
    });
  });

  describe('T1: by error', () => {
    it.each([
      ['an Error', new Error('no')],
      ['a text', 'no'],
      ['null', null],
      ['undefined', undefined],
      ['0', 0],
    ])('hands on %s as it is, to those who subscribe later too', (_, error) => {
      const subject = make();
      const errors: unknown[] = [];
      subject.subscribe({ error: (given) => errors.push(given) });
      subject.error(error);
      subject.subscribe({ error: (given) => errors.push(given), complete: () => errors.push('completed') });

      expect(errors).toHaveLength(2);
      for (const given of errors) expect(given).toBe(error);
    });

    it('says nothing of its own, and throws nothing, where nobody observes it', () => {
      const { subject, heard, watch } = watched(make());
      subject.error(new Error('no'));
      expect(heard).toEqual([]);
      watch('late');

      expect(heard).toEqual(['late fails: no']);
    });
  });
}
