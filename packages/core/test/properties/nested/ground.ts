import { createBus, type Message } from '@stasis-rx/core';
import { Observable, queueScheduler, Subject, type Observer, type Subscription } from 'rxjs';

/** Subjects of programs. */
export const channelNames = ['a', 'b', 'c'] as const;

export type ChannelName = (typeof channelNames)[number];

/** One subject of a program: as much of it as programs use. */
export type Channel = Pick<
  Subject<Message<number>>,
  'next' | 'error' | 'complete' | 'unsubscribe' | 'closed' | 'observed'
> & {
  subscribe(observer: Observer<Message<number>>): Subscription;
};

/** Where a program runs. */
export interface Ground {
  readonly channels: Readonly<Record<ChannelName, Channel>>;
  /** What was reported that should not have been. */
  readonly faults: readonly string[];
}

/** Topics of one bus. */
export function topics(): Ground {
  const faults: string[] = [];
  const bus = createBus({
    onError({ code }) {
      if (code !== 'TOPIC_FAILED') faults.push(`reported to the bus: ${code}`);
    },
  });
  return { ...ground((name) => bus.topic<Message<number>>(name)), faults };
}

/** What topics are to agree with: Subjects behind one trampoline. */
export function trampolinedSubjects(): Ground {
  const trampoline = new Trampoline();
  return ground(() => trampolined(trampoline));
}

/** What topics do not agree with, as soon as anything is done inside of an observer. */
export function plainSubjects(): Ground {
  return ground(() => new Subject());
}

function ground(create: (name: ChannelName) => Channel): Ground {
  return { channels: { a: create('a'), b: create('b'), c: create('c') }, faults: [] };
}

/**
 * A Subject that has two sides. The front is what one calls: it knows at once what has been called. The back is what one
 * observes, as if behind `observeOn(queueScheduler)`: who gets a value is known when that is given, and gets it when it
 * is its turn. The end waits for its turn as a whole, so that whoever comes late is told of it with the others, or at once
 * when they have been told. (Behind `observeOn` itself the end would be put off once more for each of them.)
 */
function trampolined(trampoline: Trampoline): Channel {
  const front = new Subject<Message<number>>();
  const back = new Subject<Message<number>>();
  front.subscribe({
    next: (message) => trampoline.run(() => back.next(message)),
    error: (error) => trampoline.runLater(() => back.error(error)),
    complete: () => trampoline.runLater(() => back.complete()),
  });
  const observed = new Observable<Message<number>>((observer) =>
    back.subscribe({
      next: (message) => trampoline.runLater(() => observer.next(message)),
      error: (error) => observer.error(error),
      complete: () => observer.complete(),
    }),
  );
  return {
    next: (message) => front.next(message),
    error: (error) => front.error(error),
    complete: () => front.complete(),
    unsubscribe() {
      front.unsubscribe();
      trampoline.runLater(() => back.unsubscribe());
    },
    get closed() {
      return front.closed;
    },
    get observed() {
      return back.observed;
    },
    // Who subscribes to a closed one gets the error of that.
    subscribe: (observer) => (front.closed ? front : observed).subscribe(observer),
  };
}

/** RxJS's queueScheduler, and whether it is at work. */
class Trampoline {
  #isBusy = false;

  /** Runs the task now, and before this returns what it puts off. */
  run(task: () => void): void {
    if (this.#isBusy) task();
    else this.#start(task);
  }

  /** Runs the task after what has been put off before. */
  runLater(task: () => void): void {
    if (this.#isBusy) queueScheduler.schedule(task);
    else this.#start(task);
  }

  #start(task: () => void): void {
    this.#isBusy = true;
    try {
      queueScheduler.schedule(task);
    } finally {
      this.#isBusy = false;
    }
  }
}
