import { createBus, messageType, subscribe, type Message, type MessageType } from '@stasis-rx/core';
import { EventEmitter } from 'eventemitter3';
import { concatMap, EMPTY, Subject } from 'rxjs';
import { entry, type Contender, type Entry, type Load } from '../harness/contender.js';
import { Tally } from '../harness/tally.js';
import { OURS } from './ours.js';
import { BURST, type Numbered } from './samples.js';

const TYPES = 50;
const TOPICS = 20;
const SUBSCRIPTIONS = 5;

/** A message for one of the topics. */
interface Addressed {
  readonly to: number;
  readonly message: Message<Numbered>;
}

const types: readonly MessageType<Numbered>[] = Array.from({ length: TYPES }, (_, index) => {
  return messageType<Numbered>(`mixed ${index}`);
});

/**
 * As in a program: 50 message types, no two with data of one shape, on 20 topics with 5 subscriptions each. Engines make fast
 * code for few shapes at a place; here each place meets all of them, ours and the peers' alike.
 */
export function mixedQueued(): Entry[] {
  return [entry(ours('queued'), mixedMessages()), entry(concatMapped(), mixedMessages())];
}

/** The same on the publisher's stack. */
export function mixedSynchronous(): Entry[] {
  return [
    entry(ours('synchronous'), mixedMessages()),
    entry(subjects(), mixedMessages()),
    entry(emitter(), mixedMessages()),
  ];
}

function ours(delivery: 'queued' | 'synchronous'): Contender<Addressed> {
  const bus = createBus();
  const handlers = new Handlers();
  const topics = handlers.forEachTopic((to, handlersOf) => {
    const topic = bus.topic<Message<Numbered>>(`topic ${to}`);
    for (const handle of handlersOf) subscribe(topic, handle, { accept: types, delivery });
    return topic;
  });
  return {
    name: OURS,
    tallies: handlers.tallies,
    collect: handlers.collect,
    deliver(items) {
      for (const { to, message } of items) topics[to]?.publish(message);
      return delivery === 'queued' ? bus.settled() : undefined;
    },
  };
}

function concatMapped(): Contender<Addressed> {
  return ofSubjects('Subject + concatMap', (subject, handle) => {
    const project = (message: Message<Numbered>): typeof EMPTY => {
      handle(message);
      return EMPTY;
    };
    subject.pipe(concatMap(project)).subscribe();
  });
}

function subjects(): Contender<Addressed> {
  return ofSubjects('raw Subject', (subject, handle) => {
    subject.subscribe(handle);
  });
}

function ofSubjects(
  name: string,
  add: (subject: Subject<Message<Numbered>>, handle: (message: Message<Numbered>) => void) => void,
): Contender<Addressed> {
  const handlers = new Handlers();
  const topics = handlers.forEachTopic((_, handlersOf) => {
    const subject = new Subject<Message<Numbered>>();
    for (const handle of handlersOf) add(subject, handle);
    return subject;
  });
  return {
    name,
    tallies: handlers.tallies,
    collect: handlers.collect,
    deliver(items) {
      for (const { to, message } of items) topics[to]?.next(message);
      return undefined;
    },
  };
}

function emitter(): Contender<Addressed> {
  const events = new EventEmitter<Record<string, (message: Message<Numbered>) => void>>();
  const handlers = new Handlers();
  const names = handlers.forEachTopic((to, handlersOf) => {
    for (const handle of handlersOf) events.on(`topic ${to}`, handle);
    return `topic ${to}`;
  });
  return {
    name: 'eventemitter3',
    tallies: handlers.tallies,
    collect: handlers.collect,
    deliver(items) {
      for (const { to, message } of items) events.emit(names[to] ?? '', message);
      return undefined;
    },
  };
}

/**
 * The handlers of a contender. Those of one topic see its messages in order, and that is looked at by themselves: between
 * mailboxes of several topics there is no order. So the tallies only count.
 */
class Handlers {
  readonly tallies: readonly Tally[] = Array.from({ length: SUBSCRIPTIONS }, () => new Tally());
  #isOutOfOrder = false;

  /** Makes what stands for each topic, with its handlers. */
  forEachTopic<Made>(make: (to: number, handlers: readonly ((message: Message<Numbered>) => void)[]) => Made): Made[] {
    return Array.from({ length: TOPICS }, (_, to) =>
      make(
        to,
        this.tallies.map((tally) => this.#handler(tally)),
      ),
    );
  }

  readonly collect = (): void => {
    if (this.#isOutOfOrder) throw new Error('messages of one topic came out of order');
  };

  /** The numbers of a burst count up, and each burst begins anew, at less than the number of topics. */
  #handler(tally: Tally): (message: Message<Numbered>) => void {
    let last = -1;
    return ({ data: { n } }) => {
      if (n <= last && n >= TOPICS) this.#isOutOfOrder = true;
      last = n;
      tally.add(1);
    };
  }
}

function mixedMessages(): Load<Addressed> {
  const burst = Array.from({ length: BURST }, (_, n) => addressed(n));
  return { bursts: [burst], proof: burst, numberOf: () => 1 };
}

function addressed(n: number): Addressed {
  const type = types[n % TYPES] as MessageType<Numbered>;
  const shape = Object.fromEntries(
    Array.from({ length: 1 + (n % 4) }, (_, index) => [`field${n % TYPES}_${index}`, n]),
  );
  // On each topic all types come by, however the two numbers divide each other.
  return { to: (n + Math.floor(n / TYPES)) % TOPICS, message: type(n % 2 === 0 ? { n, ...shape } : { ...shape, n }) };
}
