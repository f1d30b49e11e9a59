import fc from 'fast-check';
import { EVERYTHING, matcherOf, type MessageFilter, type Outcome } from '../../src/model/messages/message-filter.js';
import { MessageList } from '../../src/model/messages/message-list.js';
import { Model } from '../../src/model/model.js';
import type { InspectorRecord } from '../../src/protocol/records.js';
import { object, published, told } from '../support/told.js';

/** A step of any kind; of the other kinds' parts nothing is read. */
interface Step {
  readonly is:
    'publish' | 'advance' | 'pause' | 'resume' | 'clear' | 'filter' | 'queued' | 'began' | 'ended' | 'dropped';
  readonly topic: string;
  readonly type: string;
  readonly back: number;
  readonly s: number;
  readonly fails: boolean;
  readonly limit: number;
  readonly subscription: string;
  readonly outcome: Outcome;
}

const idsOf = (list: MessageList) => Array.from({ length: list.length }, (_, index) => list.at(index)?.id);

describe('a list of messages', () => {
  test.each<[string, Partial<MessageFilter>, number[]]>([
    ['nothing', {}, [1, 2, 3]],
    ['a type', { type: 'PAID' }, [2]],
    ['a topic', { topic: 'stock' }, [3]],
    ['a text in the data', { text: 'ann' }, [1]],
    ['a number in the data', { text: '42' }, [3]],
    ['a key in the data', { text: 'who' }, [1]],
    ['a subscription', { subscription: '#2' }, [1]],
    ['what failed', { outcome: 'failed' }, [2]],
    ['what was dropped', { outcome: 'dropped' }, [1]],
    ['what nobody heard', { outcome: 'unheard' }, [3]],
    ['two things', { type: 'placed', subscription: '#9' }, []],
  ])('is filtered by %s', (_what, filter, ids) => {
    const model = new Model();
    const list = new MessageList(model.messages);
    list.filter = { ...EVERYTHING, ...filter };
    list.advance();
    model.apply({
      is: 'records',
      records: [
        published(1, { data: object({ who: 'Ann' }) }),
        published(2, { type: 'paid' }),
        published(3, { topic: 'stock', data: object({ n: 42 }) }),
        told('dropped', 1, 5, { subscription: 'orders#2' }),
        told('ended', 2, 5, { error: 'no' }),
      ],
    });
    list.advance();
    expect(idsOf(list)).toEqual(ids);
    expect(list.isComplete).toBe(true);
  });

  test('stands still while it is paused, and shows nothing older after it was cleared', () => {
    const model = new Model();
    const list = new MessageList(model.messages);
    model.apply({ is: 'records', records: [published(1), published(2)] });
    list.pause();
    model.apply({ is: 'records', records: [published(3)] });
    expect(idsOf(list)).toEqual([1, 2]);
    list.resume();
    expect(idsOf(list)).toEqual([1, 2, 3]);
    list.clear();
    model.apply({ is: 'records', records: [published(4)] });
    expect(idsOf(list)).toEqual([4]);
    list.filter = { ...EVERYTHING, topic: 'orders' };
    list.advance();
    expect(idsOf(list)).toEqual([4]);
  });

  test('shows what a fresh look at everything would show, whatever came in whatever order', () => {
    const record = fc.oneof(
      fc.record({ is: fc.constant('publish'), topic: fc.constantFrom('a', 'b'), type: fc.constantFrom('x', 'y') }),
      fc.record({
        is: fc.constantFrom('queued', 'began', 'ended', 'dropped'),
        back: fc.nat(12),
        s: fc.nat(2),
        fails: fc.boolean(),
      }),
      fc.record({ is: fc.constant('advance'), limit: fc.integer({ min: 1, max: 5 }) }),
      fc.record({ is: fc.constant('pause') }),
      fc.record({ is: fc.constant('resume') }),
      fc.record({ is: fc.constant('clear') }),
      fc.record({
        is: fc.constant('filter'),
        topic: fc.constantFrom('', 'a'),
        subscription: fc.constantFrom('', '#1'),
        outcome: fc.constantFrom('any', 'failed', 'unheard', 'dropped'),
      }),
    );
    fc.assert(
      fc.property(fc.array(record, { maxLength: 60 }), (steps) => {
        const model = new Model({ maxMessages: 8 });
        const list = new MessageList(model.messages);
        let [id, filter, from, to] = [0, EVERYTHING, 0, Infinity];
        const take = (...records: InspectorRecord[]) => model.apply({ is: 'records', records });
        for (const step of steps as unknown as Step[]) {
          const { is, topic, type, back, s, fails, limit, subscription, outcome } = step;
          if (is === 'publish') take(published(++id, { topic, type }));
          else if (is === 'advance') list.advance(limit);
          else if (is === 'pause') to = (list.pause(), model.messages.taken);
          else if (is === 'resume') to = (list.resume(), Infinity);
          else if (is === 'clear') [from, to] = (list.clear(), [model.messages.taken, Infinity]);
          else if (is === 'filter') list.filter = filter = { ...EVERYTHING, topic, subscription, outcome };
          else take(told(is, id - back, id, { subscription: `a#${String(s)}`, ...(fails && { error: 'no' }) }));
        }
        while (!list.isComplete) list.advance(3);
        list.advance();
        const matches = matcherOf(filter);
        const expected: number[] = [];
        for (let at = Math.max(from, model.messages.firstSequence); at < Math.min(to, model.messages.taken); at++) {
          const row = model.messages.bySequence(at)!;
          if (matches(row)) expected.push(row.id);
        }
        expect(idsOf(list)).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });
});
