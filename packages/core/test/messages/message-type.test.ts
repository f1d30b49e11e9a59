import { isMessageType, messageType, SubscriptionChange, ValidationError } from '../../src/index.js';
import type { SchemaResult, StandardSchema } from '../../src/index.js';
import { runInNewContext } from 'node:vm';

/** Takes an amount as text, returns it as a number. */
const amountSchema = schema<string, number>((value) => {
  const amount = Number(value);
  return Number.isNaN(amount)
    ? { issues: [{ message: 'not a number', path: ['items', { key: 0 }, 'amount'] }, { message: 'empty order' }] }
    : { value: amount };
});

function schema<Input, Output>(
  validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>,
): StandardSchema<Input, Output> {
  return { '~standard': { version: 1, vendor: 'test', validate } };
}

describe('a message type', () => {
  it('M2: is an object with a name', () => {
    const CallAnswered = messageType('call_answered');

    expect(CallAnswered.name).toBe('call_answered');
    expect(CallAnswered().type.name).toBe('call_answered');
  });

  it('M2: is told from another one of the same name', () => {
    const One = messageType('call');
    const Other = messageType('call');

    expect(One.is(One())).toBe(true);
    expect(Other.is(One())).toBe(false);
    expect(One.identity).not.toBe(Other.identity);
  });

  it('M2: is its own identity', () => {
    const Call = messageType('call');

    expect(Call.identity).toBe(Call);
    expect(Call().type).toBe(Call);
  });

  it('M2: cannot be changed', () => {
    const Call = messageType('call');

    expect(() => Object.assign(Call, { is: () => true })).toThrow(TypeError);
    expect(Object.isFrozen(Call)).toBe(true);
  });

  it.each([undefined, null, 7, 'call', {}, { type: messageType('call') }])('knows %p for no message of it', (value) => {
    expect(messageType('call').is(value)).toBe(false);
  });

  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'prototype'])(
    'M2: may be called %s, like something that every object has',
    (name) => {
      const Odd = messageType<number>(name, { formatters: { json: ({ data }) => data } });

      expect(Odd(1)).toMatchObject({ data: 1, eid: 'local' });
      expect(Odd.name).toBe(name);
      expect(Odd.is(Odd(1))).toBe(true);
      expect(messageType(name).is(Odd(1))).toBe(false);
      expect([...Odd.formatters.keys()]).toEqual(['json']);
    },
  );

  it.each([
    [[''], '[core] messageType(): expected name to be a string that is not empty, got "" (string).'],
    [[5], '[core] messageType(): expected name to be a string that is not empty, got 5 (number).'],
    [['call', null], '[core] messageType(): expected options to be an object, got null.'],
    [
      ['call', { formatters: null }],
      '[core] messageType(): expected formatters to be an object of functions by format name, got null.',
    ],
    [
      ['call', { formatters: { json: 'yes' } }],
      '[core] messageType(): expected the formatter "json" to be a function, got "yes" (string).',
    ],
    [
      ['call', { schema: {} }],
      '[core] messageType(): expected schema to be a Standard Schema (with "~standard".validate), got Object (object).',
    ],
  ])('refuses the arguments %j', (args, text) => {
    expect(() => messageType(...(args as ['call']))).toThrow(text);
  });
});

describe('isMessageType', () => {
  it('knows message types, and those that core brings along', () => {
    expect(isMessageType(messageType('call'))).toBe(true);
    expect(isMessageType(SubscriptionChange)).toBe(true);
  });

  it.each([undefined, null, 'call', {}, () => undefined, messageType('call')()])('knows %p for none', (value) => {
    expect(isMessageType(value)).toBe(false);
  });
});

describe('a schema', () => {
  const Order = messageType('order', { schema: amountSchema });

  it('M1: gives the data as it returns them', () => {
    expect(Order('12').data).toBe(12);
  });

  it('M3: returns data that is frozen like any other', () => {
    const Parsed = messageType('parsed', { schema: schema<string, { n: number[] }>(() => ({ value: { n: [1] } })) });

    expect(Object.isFrozen(Parsed('1').data.n)).toBe(true);
  });

  it('refuses data at the call, with every issue', () => {
    expect(() => Order('a dozen')).toThrow(
      new ValidationError('order', [
        { message: 'not a number', path: ['items', 0, 'amount'] },
        { message: 'empty order' },
      ]),
    );
    expect(() => Order('a dozen')).toThrow(
      '[core] order(): the data does not pass the schema: items.0.amount: not a number; empty order.',
    );
  });

  it('hands out its issues as it made them, under a stable code', () => {
    const error = thrownBy(() => Order('a dozen'));

    expect(error).toBeInstanceOf(ValidationError);
    expect(error).toMatchObject({ code: 'VALIDATION', name: 'ValidationError' });
    expect((error as ValidationError).issues[1]).toEqual({ message: 'empty order' });
  });

  it.each([
    ['a promise', Promise.resolve({ value: 1 })],
    ['a promise that rejects', Promise.reject(new Error('nobody hears this'))],
    ['a promise of another realm', runInNewContext('Promise.resolve({ value: 1 })') as Promise<{ value: number }>],
  ])('is refused when it answers with %s', (_, answer) => {
    const Later = messageType('later', { schema: schema<number, number>(() => answer) });

    expect(thrownBy(() => Later(1))).toMatchObject({
      code: 'ASYNC_SCHEMA',
      message: '[core] later(): expected a schema that validates synchronously, got a promise.',
    });
  });
});

function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('expected the call to throw');
}

describe('a schema that answers with something else', () => {
  it.each([null, undefined, 5, {}, { issues: null }, { issues: 'wrong' }])('M1: is told so: %p', (answer) => {
    const Odd = messageType('odd', { schema: schema<number, number>(() => answer as never) });

    expect(() => Odd(1)).toThrow('[core] odd(): expected schema to return { value } or { issues }, got');
  });

  it('M1: may say anything in its issues', () => {
    const issues = [null, 'wrong', { message: 5, path: 'a' }, { message: 'm', path: [null, { key: 'b' }] }] as never;
    const Odd = messageType('odd', { schema: schema<number, number>(() => ({ issues })) });

    expect(() => Odd(1)).toThrow(expect.objectContaining({ code: 'VALIDATION' }));
  });
});
