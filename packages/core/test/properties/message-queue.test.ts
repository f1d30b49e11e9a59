import * as fc from 'fast-check';
import { MessageQueue } from '../../src/mailbox/message-queue.js';
import { checkProperty, PROPERTY_TIMEOUT_MS } from './check-property.js';

interface Entry {
  readonly item: number;
  readonly origin: string | undefined;
}

/** A queue, and the array that it has to be like. */
interface Pair {
  readonly queue: MessageQueue<number, string>;
  readonly array: Entry[];
  pushed: number;
}

interface Operation {
  readonly code: string;
  run(pair: Pair): void;
}

// Chunks hold 16 items, then 64, 256 and 1024: a burst can cross all of their borders.
const burst = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(16, 64, 80, 336, 1360), fc.nat(1500));

const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc
    .tuple(burst, fc.option(fc.constantFrom('a', 'b'), { nil: undefined }))
    .map(([count, origin]) => push(count, origin)),
  burst.map(shift),
  fc.constant(pushAndPop()),
  fc.constant<Operation>({
    code: 'queue.clear()',
    run({ queue, array }) {
      queue.clear();
      array.length = 0;
    },
  }),
);

it(
  'S1: the queue of a mailbox gives out what was put in, in that order, beside its origin',
  async () => {
    const property = fc.property(operations(), (program) => {
      const pair: Pair = { queue: new MessageQueue(), array: [], pushed: 0 };
      for (const { run } of program.operations) {
        run(pair);
        expect(pair.queue.length).toBe(pair.array.length);
      }
      shift(pair.array.length).run(pair);
    });
    await checkProperty(property);
  },
  PROPERTY_TIMEOUT_MS,
);

function operations(): fc.Arbitrary<{ readonly operations: readonly Operation[] }> {
  return fc.array(operation, { maxLength: 12, size: 'max' }).map((list) => ({
    operations: list,
    toString: () => list.map(({ code }) => `${code};`).join('\n'),
  }));
}

function push(count: number, origin: string | undefined): Operation {
  const call = origin === undefined ? 'push(item)' : `push(item, '${origin}')`;
  return {
    code: `times(${count}, () => queue.${call})`,
    run: (pair) => {
      for (let n = 0; n < count; n++) pushOne(pair, origin);
    },
  };
}

/** As many as there are, of that number. */
function shift(count: number): Operation {
  return {
    code: `times(${count}, () => queue.shift())`,
    run({ queue, array }) {
      for (const { item, origin } of array.splice(0, count)) {
        if (queue.nextOrigin !== origin || queue.shift() !== item) {
          throw new Error(`expected ${item} from ${origin ?? 'the topic itself'}, got something else`);
        }
      }
    },
  };
}

function pushAndPop(): Operation {
  return {
    code: 'queue.push(item); queue.pop()',
    run(pair) {
      pushOne(pair, undefined);
      expect(pair.queue.pop()).toBe(pair.array.pop()?.item);
    },
  };
}

function pushOne(pair: Pair, origin: string | undefined): void {
  const item = ++pair.pushed;
  pair.array.push({ item, origin });
  if (origin === undefined) pair.queue.push(item);
  else pair.queue.push(item, origin);
}
