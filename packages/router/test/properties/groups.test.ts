import { messageType, type Message } from '@stasis-rx/core';
import * as fc from 'fast-check';
import { groupBy, Subject, type GroupedObservable, type Observable, type Subscription } from 'rxjs';
import { propertyRuns } from '../../../core/test/properties/check-property.js';
import { groupByType } from '../../src/index.js';

const types = ['a', 'b', 'c'].map((name) => messageType<number>(name));

type Groups = Observable<GroupedObservable<{ readonly name: string }, Message<number>>>;
type Step =
  | { readonly call: 'next'; readonly type: number }
  | { readonly call: 'observe' | 'leave'; readonly group: number }
  | { readonly call: 'leave all' | 'complete' | 'error' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ call: fc.constant('next' as const), type: fc.nat(2) }) },
  {
    weight: 3,
    arbitrary: fc.record({ call: fc.constantFrom('observe' as const, 'leave' as const), group: fc.nat(3) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ call: fc.constantFrom('leave all' as const, 'complete' as const, 'error' as const) }),
  },
);

/** What is seen of the groups while the steps are taken; a group is observed at once when its type is in `eager`. */
function play(
  steps: readonly Step[],
  eager: ReadonlySet<number>,
  parted: (source: Observable<Message<number>>) => Groups,
) {
  const source = new Subject<Message<number>>();
  const log: string[] = [];
  const groups: Parameters<Parameters<Groups['forEach']>[0]>[0][] = [];
  const observing: Subscription[] = [];
  let isEnded = false;
  const observerOf = (name: string) => ({
    next: (value: { data?: number }) => log.push(`${name}: ${value.data}`),
    error: (error: unknown) => log.push(`${name} failed: ${String(error)}`),
    complete: () => log.push(`${name} ended`),
  });
  const observe = (index: number) => {
    const group = groups[index];
    if (group !== undefined) observing[index] = group.subscribe(observerOf(`${group.key.name}#${observing.length}`));
  };
  const all = parted(source).subscribe({
    ...observerOf('all'),
    next: (group) => {
      log.push(`group ${group.key.name}`);
      groups.push(group);
      if (eager.has(groups.length)) observe(groups.length - 1);
    },
  });
  steps.forEach((step, n) => {
    if (step.call === 'next') source.next(types[step.type]!(n));
    // Whoever comes after the end is told of it here, while RxJS forgets some of the groups that nobody observed.
    else if (step.call === 'observe' && !isEnded) observe(step.group);
    else if (step.call === 'leave') observing[step.group]?.unsubscribe();
    else if (step.call === 'leave all') all.unsubscribe();
    else if (step.call === 'complete') source.complete();
    else if (step.call === 'error') source.error('E');
    isEnded ||= step.call === 'complete' || step.call === 'error';
    log.push(source.observed ? '' : 'the source is left');
  });
  return log;
}

it('M2: is what RxJS makes of groupBy with the type as the key, whoever comes and goes', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), fc.uniqueArray(fc.integer({ min: 1, max: 3 })), (steps, eager) => {
      const [ours, theirs] = [groupByType<Message<number>>(), groupBy(({ type }: Message<number>) => type)].map(
        (operator) => play(steps, new Set(eager), (source) => source.pipe(operator as never)),
      );
      expect(ours).toEqual(theirs);
    }),
    { numRuns: propertyRuns },
  );
});
