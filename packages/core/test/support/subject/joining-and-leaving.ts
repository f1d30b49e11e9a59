import { Subscription, take } from 'rxjs';
import { watched, type MakeSubject } from './subject-under-test.js';

export function isJoinedAndLeftAsASubject(make: MakeSubject): void {
  describe('T3: whoever observes it', () => {
    it('gets what comes between subscribing and leaving', () => {
      const { heard, send, watch } = watched(make());
      send(1);
      const a = watch('a');
      send(2);
      const b = watch('b');
      send(3);
      a.unsubscribe();
      send(4);
      b.unsubscribe();
      send(5);
      watch('c');
      send(6);

      expect(heard).toEqual(['a 2', 'a 3', 'b 3', 'b 4', 'c 6']);
    });

    it('has a subscription that is open until it leaves, and may leave twice', () => {
      const { heard, send, watch } = watched(make());
      const [a] = [watch('a'), watch('b')];
      expect(a.closed).toBe(false);
      a.unsubscribe();
      a.unsubscribe();
      send(1);

      expect(a.closed).toBe(true);
      expect(heard).toEqual(['b 1']);
    });

    it('is counted: it is observed as long as there is one', () => {
      const { subject, watch } = watched(make());
      const observed = [subject.observed];
      const [a, b] = [watch('a'), watch('b')];
      observed.push(subject.observed);
      a.unsubscribe();
      observed.push(subject.observed);
      b.unsubscribe();
      observed.push(subject.observed);

      expect(observed).toEqual([false, true, true, false]);
    });

    it('is not counted any more when an operator has enough', () => {
      const { subject, send } = watched(make());
      subject.pipe(take(2)).subscribe();
      send(1);
      expect(subject.observed).toBe(true);
      send(2);

      expect(subject.observed).toBe(false);
    });

    it('leaves together with what its subscription was added to', () => {
      const { heard, send, watch } = watched(make());
      const all = new Subscription();
      all.add(watch('a'));
      all.add(watch('b'));
      send(1);
      all.unsubscribe();
      send(2);

      expect(heard).toEqual(['a 1', 'b 1']);
    });

    it('leaves before its teardowns run: once, in the order in which they were added, later ones at once', () => {
      const { subject, heard, watch } = watched(make());
      const a = watch('a');
      for (const name of ['first', 'second']) a.add(() => heard.push(`${name}, observed: ${String(subject.observed)}`));
      a.unsubscribe();
      a.unsubscribe();
      a.add(() => heard.push('late'));

      expect(heard).toEqual(['first, observed: false', 'second, observed: false', 'late']);
    });
  });

  describe('T3: while a value is being delivered, whoever', () => {
    it('leaves does not get it any more; the others do', () => {
      const { heard, send, watch } = watched(make());
      watch('a', () => {
        b.unsubscribe();
      });
      const b = watch('b');
      watch('c');
      send(1, 2);

      expect(heard).toEqual(['a 1', 'c 1', 'a 2', 'c 2']);
    });

    it('leaves by itself was there for the last time; the others miss nothing', () => {
      const { heard, send, watch } = watched(make());
      watch('a');
      const b = watch('b', () => {
        b.unsubscribe();
      });
      watch('c');
      send(1, 2);

      expect(heard).toEqual(['a 1', 'b 1', 'c 1', 'a 2', 'c 2']);
    });

    it('has had it leaves in peace', () => {
      const { heard, send, watch } = watched(make());
      const a = watch('a');
      watch('b', () => {
        a.unsubscribe();
      });
      watch('c');
      send(1, 2);

      expect(heard).toEqual(['a 1', 'b 1', 'c 1', 'b 2', 'c 2']);
    });

    it('is thrown out with all others gets nothing', () => {
      const { subject, heard, send, watch } = watched(make());
      const all = new Subscription();
      all.add(watch('a', () => all.unsubscribe()));
      all.add(watch('b'));
      all.add(watch('c'));
      send(1, 2);

      expect(heard).toEqual(['a 1']);
      expect(subject.observed).toBe(false);
    });

    it('subscribes gets the next one first', () => {
      const { heard, send, watch } = watched(make());
      watch('a', (number) => {
        if (number === 1) watch('c');
      });
      watch('b');
      send(1, 2);

      expect(heard).toEqual(['a 1', 'b 1', 'a 2', 'b 2', 'c 2']);
    });

    it('leaves and comes back has lost its place', () => {
      const { heard, send, watch } = watched(make());
      watch('a', (number) => {
        if (number !== 1) return;
        b.unsubscribe();
        b = watch('b');
      });
      let b = watch('b');
      watch('c');
      send(1, 2);

      expect(heard).toEqual(['a 1', 'c 1', 'a 2', 'c 2', 'b 2']);
    });

    it('subscribes at every value grows in number by one at a time', () => {
      const { heard, send, watch } = watched(make());
      watch('a', () => {
        watch('b');
      });
      send(1, 2, 3);

      expect(heard).toEqual(['a 1', 'a 2', 'b 2', 'a 3', 'b 3', 'b 3']);
    });

    it('subscribes and leaves at once was never there', () => {
      const { subject, heard, send, watch } = watched(make());
      const a = watch('a', () => {
        watch('b').unsubscribe();
      });
      send(1, 2);
      a.unsubscribe();

      expect(heard).toEqual(['a 1', 'a 2']);
      expect(subject.observed).toBe(false);
    });
  });
}
