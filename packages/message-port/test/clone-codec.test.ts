import fc from 'fast-check';
import { inspect } from 'node:util';
import { MessageChannel } from 'node:worker_threads';
import { createBus, messageType, subscribe, type Message } from '@stasis-rx/core';
import { bridgeOverMessagePort, withCodec, type BridgedType, type BridgeEvent } from '@stasis-rx/message-port';

const Value = messageType<unknown>('value');
const Last = messageType('last');
const PLAIN = [Value, Last];

/** What comes of some data at the other end, as messages, and what is told of here. */
async function send(
  types: readonly BridgedType[],
  ...values: readonly unknown[]
): Promise<{ messages: Message[]; events: BridgeEvent[] }> {
  const { port1, port2 } = new MessageChannel();
  const [here, there] = [createBus({ eid: 'here' }), createBus({ eid: 'there' })];
  const options = { topics: ['values'], types, discoveryMs: 0 };
  const [link, other] = [bridgeOverMessagePort(here, port1, options), bridgeOverMessagePort(there, port2, options)];
  const events: BridgeEvent[] = [];
  for (const each of [link, other]) each.events$.subscribe((event) => events.push(event));
  await Promise.all([link.ready, other.ready]);
  const messages: Message[] = [];
  await new Promise<void>((resolve) => {
    subscribe(there.topic('values'), (message) => (Last.is(message) ? resolve() : void messages.push(message)), {
      accept: [Value, Last],
    });
    for (const value of values) here.topic('values').publish(Value(value));
    here.topic('values').publish(Last());
  });
  await Promise.all([here.close(), there.close()]);
  port1.close();
  return { messages, events };
}

const dataOf = async (...values: readonly unknown[]) => (await send(PLAIN, ...values)).messages.map(({ data }) => data);

describe('data over a port', () => {
  it.each([
    ['nothing', undefined],
    ['undefined, also in objects and arrays', { a: undefined, b: [undefined, 1] }],
    ['numbers that JSON does not have', [NaN, Infinity, -Infinity, -0, 0, 1.5]],
    ['integers of any size', [0n, -1n, 2n ** 80n]],
    ['dates', { at: new Date(86_400_000) }],
    ['maps and sets, in each other', new Map<unknown, unknown>([[new Date(0), new Set([1, new Map([['x', 2n]])])]])],
    ['objects with the key that stands for such values', { $clone: 'Date', value: { $clone: 1, more: undefined } }],
    ['what is nested as deeply as can be', nested(61, new Map())],
    ['what JSON has, unchanged', { $text: 'ä\u2028"', list: [1, null, true, { deep: [[]] }] }],
  ])('B2: carries %s', async (_, value) => {
    expect(await dataOf(value)).toEqual([value]);
  });

  it('B2: carries objects of classes as plain ones, as a structured clone does', async () => {
    class Point {
      x = 1;
      toJSON() {
        return 'a point';
      }
    }
    const [data] = await dataOf({ point: new Point() });
    expect(data).toStrictEqual({ point: { x: 1 } });
  });

  it('B2: carries a date that is none', async () => {
    const [data] = await dataOf(new Date(NaN));
    expect((data as Date).getTime()).toBeNaN();
  });

  it('B2: leaves a type with a codec to that', async () => {
    const at = withCodec(Value, { encode: (data) => [data], decode: (value) => ({ value }) });
    expect((await send([at, Last], 7)).messages).toMatchObject([{ data: { value: [7] } }]);
  });

  it('B2: carries whatever data of such kinds', async () => {
    const leaf = fc.oneof(fc.anything({ maxDepth: 0, withBigInt: true }), fc.date({ noInvalidDate: true }));
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('value')),
        fc.dictionary(fc.oneof(fc.string(), fc.constant('$clone')), tie('value'), { noNullPrototype: true }),
        fc.array(fc.tuple(tie('value'), tie('value'))).map((entries) => new Map(entries)),
        fc.array(tie('value')).map((values) => new Set(values)),
      ),
    }));
    const values = fc.sample(
      value.filter((each) => !inspect(each, { depth: Infinity }).includes('__proto__')), // hostile, whatever it is for
      300,
    );
    const { messages, events } = await send(PLAIN, ...values);
    expect(messages.map(({ data }) => data)).toEqual(values);
    expect(events.filter(({ type }) => type === 'unsendable' || type === 'rejected')).toEqual([]);
  });

  it.each([
    ['a function', () => undefined, 'a value of the kind Function cannot be cloned: it takes a codec'],
    ['a function in it', { id: 1, done: [() => undefined] }, 'a value of the kind Function cannot be cloned'],
    ['a symbol', Symbol('x'), 'a value of the kind Symbol cannot be cloned'],
    ['bytes', { bytes: new Uint8Array(3) }, 'a value of the kind Uint8Array cannot be cloned'],
    ['what is nested too deeply', nested(65), 'it is nested more than 64 levels deep'],
    ['what is nested too deeply as it is written', nested(62, new Map()), 'it is nested more than 64 levels deep'],
    [
      'an object that is too deep with the key',
      nested(62, { $clone: undefined }),
      'it is nested more than 64 levels deep',
    ],
    ['what holds itself', holdsItself(), 'or holds itself'],
  ])('B6: tells of %s where it is published, and carries what follows', async (_, value, text) => {
    const { messages, events } = await send(PLAIN, value, 1);
    const told = events.filter(({ type }) => type === 'unsendable' || type === 'rejected' || type === 'error');
    expect(told).toMatchObject([
      { type: 'unsendable', topic: 'values', messageType: 'value', error: { message: expect.stringContaining(text) } },
    ]);
    expect(messages.map(({ data }) => data)).toEqual([1]);
  });
});

function nested(depth: number, innermost: unknown = 1): unknown {
  return depth === 0 ? innermost : [nested(depth - 1, innermost)];
}

function holdsItself(): unknown {
  const object: Record<string, unknown> = {};
  return Object.assign(object, { object });
}
