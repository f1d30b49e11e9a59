import {
  connectable,
  firstValueFrom,
  from,
  isObservable,
  lastValueFrom,
  map,
  NEVER,
  Observable,
  observable,
  of,
  share,
  Subject,
  toArray,
} from 'rxjs';
import type { Message } from '../../../src/index.js';
import { Ping, watched, watcherOf, type MakeSubject, type Numbers } from './subject-under-test.js';

const data = map(({ data: number }: Message<number>) => number);

export function isAnObservable(make: MakeSubject): void {
  describe('T2: is an Observable', () => {
    it('for instanceof, isObservable, from and Symbol.observable', () => {
      const subject = make();
      const self = (subject as unknown as Record<string | symbol, () => unknown>)[observable]!();

      expect(subject).toBeInstanceOf(Subject);
      expect(subject).toBeInstanceOf(Observable);
      expect(isObservable(subject)).toBe(true);
      expect(from(subject)).toBe(subject);
      expect(self).toBe(subject);
    });

    it('that can be piped', async () => {
      const { subject, send } = watched(make());
      const all = lastValueFrom(subject.pipe(data, toArray()));
      send(1, 2);
      subject.complete();

      expect(await all).toEqual([1, 2]);
    });

    it('that makes promises', async () => {
      const { subject, heard, send } = watched(make());
      const first = firstValueFrom(subject);
      const all = subject.forEach(({ data: number }) => heard.push(String(number)));
      send(1, 2);
      subject.complete();
      await all;

      expect((await first).data).toBe(1);
      expect(heard).toEqual(['1', '2']);
      await expect(firstValueFrom(subject)).rejects.toThrow('no elements in sequence');
    });

    it('that makes promises, which are broken when it fails', async () => {
      const { subject, send } = watched(make());
      const last = lastValueFrom(subject);
      send(1);
      subject.error(new Error('no'));

      await expect(last).rejects.toThrow('no');
      await expect(subject.forEach(() => {})).rejects.toThrow('no');
    });

    it('whose pipes feed it, as what lift gives does', () => {
      const { subject, heard, watch } = watched(make());
      const lifted = subject.pipe(map((message) => message)) as unknown as Numbers;
      watch('a');
      expect(lifted).toBeInstanceOf(Subject);
      lifted.next(Ping(1));
      lifted.complete();

      expect(heard).toEqual(['a 1', 'a completes']);
    });

    it('that glues to an observer, or to another Observable', () => {
      const { subject, heard, send, watch } = watched(make());
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- part of RxJS all the same
      const create = Subject.create as (destination: object, source: Observable<unknown>) => Numbers;
      watch('a');
      const outlet = create({ next: ({ data: number }: Message<number>) => heard.push(`sent ${number}`) }, subject);
      watcherOf(outlet, heard)('outlet');
      watched(create(subject, NEVER)).send(1);
      watched(outlet).send(2);
      send(3);

      expect(heard).toEqual(['a 1', 'outlet 1', 'sent 2', 'a 3', 'outlet 3']);
    });

    it('that can stand between a source and its observers', async () => {
      const source = of(1, 2, 3).pipe(map((number) => Ping(number)));
      const shared = source.pipe(share({ connector: make }), data, toArray());
      const connected = connectable(source, { connector: make });
      const all = lastValueFrom(connected.pipe(data, toArray()));
      connected.connect();

      expect(await lastValueFrom(shared)).toEqual([1, 2, 3]);
      expect(await all).toEqual([1, 2, 3]);
    });
  });

  describe('T2: asObservable', () => {
    it('gives an Observable that is no Subject', () => {
      const subject = make();
      const hidden = subject.asObservable();

      expect(hidden).toBeInstanceOf(Observable);
      expect(hidden).not.toBeInstanceOf(Subject);
      expect('next' in hidden).toBe(false);
    });

    it('hands on values, completion, and leaving', () => {
      const { subject, heard, send } = watched(make());
      const watch = watcherOf(subject.asObservable(), heard);
      expect(subject.observed).toBe(false);
      const a = watch('a');
      watch('b');
      send(1);
      a.unsubscribe();
      send(2);
      subject.complete();
      watch('late');

      expect(heard).toEqual(['a 1', 'b 1', 'b 2', 'b completes', 'late completes']);
    });

    it('hands on the error', () => {
      const { subject, heard } = watched(make());
      const watch = watcherOf(subject.asObservable(), heard);
      watch('a');
      subject.error(new Error('no'));
      watch('late');

      expect(heard).toEqual(['a fails: no', 'late fails: no']);
    });
  });
}
