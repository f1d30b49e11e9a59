import { concat, interval, map, of, Subject, take, throwError, VirtualTimeScheduler } from 'rxjs';
import type { Message } from '../../../src/index.js';
import { Ping, watched, type MakeSubject } from './subject-under-test.js';

export function isAnObserver(make: MakeSubject): void {
  describe('T2: is an observer', () => {
    it('of an Observable that completes', () => {
      const { subject, heard, watch } = watched(make());
      watch('a');
      of(Ping(1), Ping(2)).subscribe(subject);

      expect(heard).toEqual(['a 1', 'a 2', 'a completes']);
    });

    it('of an Observable that fails', () => {
      const { subject, heard, watch } = watched(make());
      watch('a');
      const failing = throwError(() => new Error('no'));
      concat(of(Ping(1)), failing).subscribe(subject);

      expect(heard).toEqual(['a 1', 'a fails: no']);
    });

    it('of an Observable that takes its time', () => {
      const scheduler = new VirtualTimeScheduler();
      const { subject, heard, watch } = watched(make());
      watch('a');
      interval(10, scheduler)
        .pipe(
          take(2),
          map((number) => Ping(number)),
        )
        .subscribe(subject);
      expect(heard).toEqual([]);
      scheduler.flush();

      expect(heard).toEqual(['a 0', 'a 1', 'a completes']);
    });

    it('of several: the first that ends ends it, and the others are heard no more', () => {
      const { subject, heard, watch } = watched(make());
      const [first, second] = [new Subject<Message<number>>(), new Subject<Message<number>>()];
      watch('a');
      first.subscribe(subject);
      second.subscribe(subject);
      first.next(Ping(1));
      second.next(Ping(2));
      first.complete();
      second.next(Ping(3));
      second.error(new Error('too late'));

      expect(heard).toEqual(['a 1', 'a 2', 'a completes']);
    });

    it('that may stop observing, and goes on', () => {
      const { subject, heard, send, watch } = watched(make());
      const source = new Subject<Message<number>>();
      watch('a');
      const observing = source.subscribe(subject);
      source.next(Ping(1));
      observing.unsubscribe();
      source.next(Ping(2));
      source.complete();
      send(3);

      expect(heard).toEqual(['a 1', 'a 3']);
      expect(source.observed).toBe(false);
    });

    it('of another one of its kind', () => {
      const [source, target] = [watched(make()), watched(make())];
      target.watch('a');
      source.subject.subscribe(target.subject);
      source.send(1, 2);
      source.subject.complete();

      expect(target.heard).toEqual(['a 1', 'a 2', 'a completes']);
    });
  });
}
