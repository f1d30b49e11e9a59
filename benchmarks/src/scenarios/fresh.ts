import { createBus, subscribe } from '@stasis-rx/core';
import { freeze } from 'immer';
import { concatMap, EMPTY, Subject } from 'rxjs';
import type { Contender, Load } from '../harness/contender.js';
import { Tally } from '../harness/tally.js';
import { OURS } from './ours.js';
import { counting, Sample, type Numbered } from './samples.js';

/** Numbers, of which the contenders make messages. */
export function numbers(burst: number): Load<number> {
  const items = Array.from({ length: burst }, (_, n) => n);
  return { bursts: [items], proof: items, numberOf: (n) => n };
}

/** Each message is made, frozen and published. */
export function freshMessages(): Contender<number> {
  const bus = createBus();
  const topic = bus.topic<Sample>('samples');
  const tally = new Tally();
  subscribe(topic, counting(tally), { accept: [Sample] });
  return {
    name: OURS,
    tallies: [tally],
    async deliver(items) {
      for (const n of items) topic.publish(Sample({ n }));
      await bus.settled();
    },
  };
}

interface Envelope {
  readonly type: string;
  readonly data: Numbered;
  readonly timestamp: number;
}

/** The same by hand: an envelope with a timestamp, frozen deeply by immer, through Subject and concatMap. */
export function freshByHand(): Contender<number> {
  const subject = new Subject<Envelope>();
  const tally = new Tally();
  subject
    .pipe(
      concatMap((envelope) => {
        tally.add(envelope.data.n);
        return EMPTY;
      }),
    )
    .subscribe();
  return {
    name: 'freeze + Subject + concatMap',
    tallies: [tally],
    deliver(items) {
      for (const n of items) subject.next(freeze({ type: 'sample', data: { n }, timestamp: Date.now() }, true));
      return undefined;
    },
  };
}
