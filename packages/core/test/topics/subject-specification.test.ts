import { config, ObjectUnsubscribedError, Subject, Subscription, type Observer } from 'rxjs';
import {
  createBus,
  forwardAll,
  messages,
  subscribe,
  type Message,
  type StasisError,
  type Topic,
} from '../../src/index.js';
import { behavesAsASubject } from '../support/subject/behaves-as-a-subject.js';
import { Ping, watched, watcherOf, type Numbers, type Watched } from '../support/subject/subject-under-test.js';

type Play = (stage: Watched) => void;

function numbersTopic() {
  const reported: string[] = [];
  const bus = createBus({ onError: ({ code }: StasisError) => reported.push(code) });
  const topic: Topic<Message<number>> = bus.topic('numbers');
  return { bus, topic, reported };
}

/** What is heard as one thing is done to a subject, and what is thrown at whoever does it. */
function heardOf(subject: Numbers, play: Play): string[] {
  const stage = watched(subject);
  try {
    play(stage);
  } catch (error) {
    stage.heard.push(`thrown: ${(error as Error).name}`);
  }
  return stage.heard;
}

const onASubject = (play: Play): string[] => heardOf(new Subject(), play);

/** With what the bus is told, last. */
function onATopic(play: Play): string[] {
  const { topic, reported } = numbersTopic();
  return [...heardOf(topic, play), ...reported.map((code) => `reported: ${code}`)];
}

describe('an RxJS Subject', () => {
  behavesAsASubject(() => new Subject());
});

describe('a topic', () => {
  behavesAsASubject(() => numbersTopic().topic);
});

describe('a topic differs from a Subject', () => {
  it('T3: in what is published inside of an observer: after what is being delivered, not in the middle of it', () => {
    const play: Play = ({ heard, send, watch }) => {
      watch('a', (number) => {
        if (number > 2) return;
        send(number + 1);
        heard.push(`a is done with ${number}`);
      });
      watch('b');
      send(1);
    };

    expect(onASubject(play)).toEqual([
      ...['a 1', 'a 2', 'a 3', 'b 3', 'a is done with 2', 'b 2', 'a is done with 1', 'b 1'],
    ]);
    expect(onATopic(play)).toEqual([
      ...['a 1', 'a is done with 1', 'b 1', 'a 2', 'a is done with 2', 'b 2', 'a 3', 'b 3'],
    ]);
  });

  it('T3: in what is published inside of an observer on another one: that waits for the whole bus', () => {
    const { bus, topic } = numbersTopic();
    const playWith =
      (other: Numbers): Play =>
      ({ heard, send, watch }) => {
        watch('a', (number) => other.next(Ping(number)));
        watch('b');
        watcherOf(other, heard)('other');
        send(1);
      };

    expect(onASubject(playWith(new Subject()))).toEqual(['a 1', 'other 1', 'b 1']);
    expect(heardOf(topic, playWith(bus.topic('other')))).toEqual(['a 1', 'b 1', 'other 1']);
  });

  it.each([
    ['complete', 'completes'],
    ['error', 'fails: no'],
  ] as const)('T3: in %s inside of an observer: nobody misses what was published before', (how, told) => {
    const play: Play = ({ subject, heard, send, watch }) => {
      watch('a', () => {
        subject[how]('no');
        heard.push('a is done');
        send(2);
        watch('late');
      });
      watch('b');
      send(1);
    };

    expect(onASubject(play)).toEqual(['a 1', `a ${told}`, `b ${told}`, 'a is done', `late ${told}`]);
    expect(onATopic(play)).toEqual(['a 1', 'a is done', 'b 1', `a ${told}`, `b ${told}`, `late ${told}`]);
  });

  it('T3: in unsubscribe inside of an observer: everybody gets what was published before', () => {
    const play: Play = ({ subject, send, watch }) => {
      watch('a', (number) => {
        if (number > 1) return;
        send(2);
        subject.unsubscribe();
      });
      watch('b');
      send(1);
    };

    expect(onASubject(play)).toEqual(['a 1', 'a 2', 'b 2', 'b 1']);
    expect(onATopic(play)).toEqual(['a 1', 'b 1', 'a 2', 'b 2']);
  });

  it('T1: in who observes it while its observers are told of the end: nobody any more, as it has ended for all of them', () => {
    const play: Play = ({ subject, heard }) => {
      for (const name of ['a', 'b']) {
        subject.subscribe({ complete: () => heard.push(`${name}, observed: ${String(subject.observed)}`) });
      }
      subject.complete();
    };

    expect(onASubject(play)).toEqual(['a, observed: true', 'b, observed: false']);
    expect(onATopic(play)).toEqual(['a, observed: false', 'b, observed: false']);
  });

  it('T2: in what it takes: messages alone', () => {
    const play: Play = ({ subject, heard }) => {
      subject.subscribe((value: unknown) => heard.push(value as string));
      subject.next('no message' as never);
    };

    expect(onASubject(play)).toEqual(['no message']);
    expect(onATopic(play)).toEqual(['thrown: InvalidArgumentError']);
  });

  it('T6: in an observer that RxJS does not contain: the others get the value, and whoever publishes no error', () => {
    const play: Play = ({ subject, send, watch }) => {
      subject.subscribe(uncontained());
      watch('b');
      send(1);
    };

    expect(onASubject(play)).toEqual(['thrown: Error']);
    expect(onATopic(play)).toEqual(['b 1', 'reported: OBSERVER']);
  });

  it.each([
    ['complete', 'completes'],
    ['error', 'fails: no'],
  ] as const)(
    'T6: in a teardown that throws at %s: the others learn of the end, and whoever ends it of no error',
    (how, told) => {
      const play: Play = ({ subject, watch }) => {
        watch('a').add(() => {
          throw new Error('no');
        });
        watch('b');
        subject[how]('no');
      };

      expect(onASubject(play)).toEqual([`a ${told}`, 'thrown: UnsubscriptionError']);
      expect(onATopic(play)).toEqual([`a ${told}`, `b ${told}`, 'reported: OBSERVER']);
    },
  );
});

describe('a topic that is unsubscribed', () => {
  it.each(['', 'complete', 'error'] as const)('T1: refuses publish as it refuses next (before: %p)', (how) => {
    const { topic } = numbersTopic();
    topic.subscribe({ error() {} });
    topic.publish(Ping(1));
    if (how !== '') topic[how](new Error('no'));
    topic.unsubscribe();

    expect(() => topic.publish(Ping(2))).toThrow(ObjectUnsubscribedError);
  });
});

describe('a topic that ends by an error', () => {
  const observers: Record<string, Partial<Observer<Message<number>>>> = {
    'a function for values alone': { next() {} },
    'an observer with everything but an error callback': { next() {}, complete() {} },
  };

  afterEach(() => {
    jest.useRealTimers();
    config.onUnhandledError = null;
  });

  it('T1: reports it to the bus where nobody is there', () => {
    const { topic, reported } = numbersTopic();
    topic.error(new Error('no'));

    expect(reported).toEqual(['TOPIC_FAILED']);
  });

  it.each(Object.entries(observers))('T1: leaves it to RxJS to report it, for %s', (_, observer) => {
    jest.useFakeTimers();
    const unhandled: unknown[] = [];
    config.onUnhandledError = (error) => unhandled.push(error);
    const { topic, reported } = numbersTopic();
    topic.subscribe(observer);
    topic.error(new Error('no'));
    jest.runAllTimers();

    expect([reported, unhandled]).toEqual([[], [new Error('no')]]);
  });

  it('T1: reports it to the bus where there are mailboxes alone, which get their final message', async () => {
    const { bus, topic, reported } = numbersTopic();
    const own = subscribe(topic, () => {});
    topic.error(new Error('no'));
    await bus.settled();

    expect([own.isDone, reported]).toEqual([true, ['TOPIC_FAILED']]);
  });

  it('T1: reports it to the bus where the observer who would have taken it has left', () => {
    const { topic, reported } = numbersTopic();
    topic.subscribe({ error() {} }).unsubscribe();
    topic.error(new Error('no'));

    expect(reported).toEqual(['TOPIC_FAILED']);
  });

  it('T1: reports it to the bus where the only one who would have taken it leaves before it is told', () => {
    const { topic, reported } = numbersTopic();
    const error = jest.fn();
    const observer = topic.subscribe({
      next() {
        topic.error(new Error('no'));
        observer.unsubscribe();
      },
      error,
    });
    topic.publish(Ping(1));

    expect(error).not.toHaveBeenCalled();
    expect(reported).toEqual(['TOPIC_FAILED']);
  });

  it('T1: is silent where an observer has taken it, whoever else is there', async () => {
    jest.useFakeTimers();
    config.onUnhandledError = () => {};
    const { topic, reported } = numbersTopic();
    const error = jest.fn();
    topic.subscribe();
    topic.subscribe({ error });
    subscribe(topic, () => {});
    topic.error('no');
    jest.runAllTimers();

    expect(error.mock.calls).toEqual([['no']]);
    expect(reported).toEqual([]);
  });

  it('T1: is silent where an observer behind operators has taken it', () => {
    const { topic, reported } = numbersTopic();
    const error = jest.fn();
    topic.asObservable().pipe().subscribe({ error });
    topic.error('no');

    expect(error.mock.calls).toEqual([['no']]);
    expect(reported).toEqual([]);
  });

  it('T1: is silent where a loop over it has taken it', async () => {
    const { bus, topic, reported } = numbersTopic();
    const error = new Error('no');
    const looping = expect(topic[Symbol.asyncIterator]().next()).rejects.toBe(error);
    topic.error(error);
    await bus.settled();
    await looping;

    expect(reported).toEqual([]);
  });

  it('T1: is silent where messages() has handed it on', async () => {
    const { bus, topic, reported } = numbersTopic();
    const error = jest.fn();
    messages(topic).subscribe({ error });
    topic.error('no');
    await bus.settled();

    expect(error.mock.calls).toEqual([['no']]);
    expect(reported).toEqual([]);
  });
});

describe('a topic is observed', () => {
  it('T1: as long as there is a plain observer', () => {
    const { topic } = numbersTopic();
    const observer = topic.subscribe();
    expect(topic.observed).toBe(true);
    observer.unsubscribe();

    expect(topic.observed).toBe(false);
  });

  it.each(['queued', 'synchronous'] as const)('T1: as long as there is a subscription (%s)', async (delivery) => {
    const { bus, topic } = numbersTopic();
    const own = subscribe(topic, () => {}, { delivery });
    expect(topic.observed).toBe(true);
    own.unsubscribe();
    await bus.settled();

    expect(topic.observed).toBe(false);
  });

  it('T1: as long as it is forwarded, whether or not anybody is there', () => {
    const { bus, topic } = numbersTopic();
    const other = bus.topic('other');
    const forward = forwardAll(topic, other);
    expect([topic.observed, other.observed]).toEqual([true, false]);
    forward.cancel();

    expect(topic.observed).toBe(false);
  });

  it('T1: no more when what it was forwarded to has ended', () => {
    const { bus, topic } = numbersTopic();
    const other = bus.topic('other');
    forwardAll(topic, other);
    other.complete();

    expect(topic.observed).toBe(false);
  });

  it('T1: as long as there is one of several, of whatever kind', async () => {
    const { bus, topic } = numbersTopic();
    const observer = topic.subscribe();
    const own = subscribe(topic, () => {});
    const forward = forwardAll(topic, bus.topic('other'));
    const steps = [() => observer.unsubscribe(), () => own.unsubscribe(), () => forward.cancel()];
    const observed = steps.map((step) => {
      const before = topic.observed;
      step();
      return before;
    });

    expect([...observed, topic.observed]).toEqual([true, true, true, false]);
  });

  it.each(['complete', 'error', 'unsubscribe'] as const)('T1: by nobody after %s', async (how) => {
    const { bus, topic } = numbersTopic();
    topic.subscribe({ error() {} });
    subscribe(topic, () => {});
    forwardAll(topic, bus.topic('other'));
    topic[how]('no');

    expect(topic.observed).toBe(false);
  });
});

/** An observer that RxJS takes for a subscriber of its own, so that it calls it without a net. */
function uncontained(): Observer<Message<number>> {
  const fail = (): never => {
    throw new Error('no');
  };
  return Object.assign(new Subscription(), { next: fail, error: fail, complete: fail });
}
