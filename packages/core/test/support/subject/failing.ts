import { config, map } from 'rxjs';
import { catchUnhandled, stopCatching, watched, type MakeSubject } from './subject-under-test.js';

export function containsFailuresAsASubject(make: MakeSubject): void {
  afterEach(() => {
    stopCatching();
    config.onStoppedNotification = null;
  });

  describe('T6: what an observer throws', () => {
    it('in next is reported on a later task; the value reaches the others, and next does not throw', () => {
      const unhandled = catchUnhandled();
      const { heard, send, watch } = watched(make());
      watch('a');
      watch('b', failWith('no'));
      watch('c');
      send(1);
      expect(heard).toEqual(['a 1', 'b 1', 'c 1']);
      expect(unhandled).toEqual([]);
      jest.runAllTimers();

      expect(unhandled).toEqual(['no']);
    });

    it('in next does not unsubscribe it: it fails as often as it is called', () => {
      const unhandled = catchUnhandled();
      const { subject, heard, send, watch } = watched(make());
      const a = watch('a', (number) => failWith(`no ${number}`)());
      send(1, 2);
      subject.complete();
      jest.runAllTimers();

      expect(heard).toEqual(['a 1', 'a 2', 'a completes']);
      expect(unhandled).toEqual(['no 1', 'no 2']);
      expect(a.closed).toBe(true);
    });

    it.each(['complete', 'error'] as const)(
      'in %s is reported on a later task, and the others learn of the end',
      (how) => {
        const unhandled = catchUnhandled();
        const { subject, heard, watch } = watched(make());
        watch('a');
        const failing = subject.subscribe({ [how]: failWith('no'), error: failWith('no') });
        failing.add(() => heard.push('torn down'));
        watch('c');
        subject[how]('why');
        expect(unhandled).toEqual([]);
        jest.runAllTimers();

        const told = how === 'complete' ? 'completes' : 'fails: why';
        expect(heard).toEqual([`a ${told}`, 'torn down', `c ${told}`]);
        expect(unhandled).toEqual(['no']);
        expect(failing.closed).toBe(true);
      },
    );

    it.each([undefined, null, 'a text', 0])('is reported as it is: %p', (thrown) => {
      const unhandled = catchUnhandled();
      const { send, watch } = watched(make());
      watch('a', failWith(thrown));
      send(1);
      jest.runAllTimers();

      expect(unhandled).toEqual([thrown]);
    });

    it('reaches the host where config.onUnhandledError is not set', () => {
      catchUnhandled();
      config.onUnhandledError = null;
      const { send, watch } = watched(make());
      watch('a', failWith(new Error('no')));
      send(1);

      expect(() => jest.runAllTimers()).toThrow('no');
    });

    it('as it is told late of the end is reported in the same way', () => {
      const unhandled = catchUnhandled();
      const subject = make();
      subject.complete();
      subject.subscribe({ complete: failWith('no') });
      jest.runAllTimers();

      expect(unhandled).toEqual(['no']);
    });
  });

  describe('T6: an error that an observer does not take', () => {
    it('is reported once for each, on a later task; those who take theirs get it', () => {
      const unhandled = catchUnhandled();
      const { subject, heard, watch } = watched(make());
      subject.subscribe();
      subject.subscribe(() => {});
      subject.subscribe({ next() {}, complete() {} });
      watch('a');
      const error = new Error('no');
      subject.error(error);
      expect(heard).toEqual(['a fails: no']);
      expect(unhandled).toEqual([]);
      jest.runAllTimers();

      expect(unhandled).toEqual([error, error, error]);
    });

    it('is reported also where it subscribes only later', () => {
      const unhandled = catchUnhandled();
      const { subject, watch } = watched(make());
      watch('a');
      subject.error('no');
      jest.runAllTimers();
      expect(unhandled).toEqual([]);
      subject.subscribe(() => {});
      jest.runAllTimers();

      expect(unhandled).toEqual(['no']);
    });
  });

  it('T6: what an operator throws ends the one behind it, and nobody else', () => {
    const unhandled = catchUnhandled();
    const { subject, heard, send, watch } = watched(make());
    const projected = subject.pipe(
      map(({ data }) => {
        if (data === 2) throw new Error('no');
        return data;
      }),
    );
    watch('a');
    projected.subscribe({
      next: (number) => heard.push(`projected ${number}`),
      error: (error: Error) => heard.push(`projected fails: ${error.message}`),
    });
    watch('c');
    send(1, 2, 3);
    jest.runAllTimers();

    expect(heard).toEqual(['a 1', 'projected 1', 'c 1', 'a 2', 'projected fails: no', 'c 2', 'a 3', 'c 3']);
    expect(unhandled).toEqual([]);
  });

  it('T6: a value that comes too late for one who has just left is shown to config.onStoppedNotification', () => {
    catchUnhandled();
    const stopped: string[] = [];
    config.onStoppedNotification = ({ kind }) => stopped.push(kind);
    const { send, watch } = watched(make());
    watch('a', () => {
      b.unsubscribe();
    });
    const b = watch('b');
    send(1, 2);
    jest.runAllTimers();

    expect(stopped).toEqual(['N']);
  });
}

function failWith(thrown: unknown): () => never {
  return () => {
    throw thrown;
  };
}
