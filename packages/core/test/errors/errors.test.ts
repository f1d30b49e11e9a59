import { describeValue, DispatchError, InvalidArgumentError, messageType, StasisError } from '../../src/index.js';

const Ping = messageType<number>('ping');

describe('errors', () => {
  it('have a stable code, a name, and what lies underneath as their cause', () => {
    const cause = new Error('underneath');
    const error = new StasisError('BUS_CLOSED', '[core] bus.topic(): closed.', { cause });

    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      code: 'BUS_CLOSED',
      name: 'StasisError',
      message: '[core] bus.topic(): closed.',
      cause,
    });
  });

  it('are named after their class', () => {
    class LineDropped extends StasisError {}

    expect(new LineDropped('LINE_DROPPED', 'dropped').name).toBe('LineDropped');
  });

  it('say what was expected, what was got, and what to do instead', () => {
    const error = new InvalidArgumentError('[core] subscribe()', 'name to be text', 5, 'Leave it out.');

    expect(error).toBeInstanceOf(StasisError);
    expect(error.code).toBe('INVALID_ARGUMENT');
    expect(error.message).toBe('[core] subscribe(): expected name to be text, got 5 (number). Leave it out.');
  });

  it('T6: name the subscription, the topic and the message that failed', () => {
    const cause = new Error('line dropped');
    const message = Ping(1);
    const error = new DispatchError('calls', 'calls#7', message, cause);

    expect(error).toMatchObject({
      code: 'DISPATCH',
      topic: 'calls',
      subscriptionId: 'calls#7',
      dispatched: message,
      cause,
    });
    expect(error.message).toBe('[core] subscription "calls#7" failed on a "ping" of topic "calls": line dropped');
  });

  it('T6: can be made of whatever a handler throws', () => {
    const message = (cause: unknown) => new DispatchError('calls', 'calls#7', Ping(1), cause).message;

    expect(message('busy')).toMatch(/: "busy" \(string\)$/);
    expect(message(undefined)).toMatch(/: undefined$/);
    expect(message(Symbol('busy'))).toMatch(/: Symbol\(busy\) \(symbol\)$/);
    expect(message(Object.assign(new Error('busy'), { message: Symbol('busy') }))).toMatch(/"calls": ./);
    expect(message(withThrowingGetter(new Error('busy'), 'message'))).toMatch(/"calls": ./);
    expect(message(revokedProxy())).toMatch(/"calls": ./);
  });
});

describe('describeValue', () => {
  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [-5, '-5 (number)'],
    [Number.NaN, 'NaN (number)'],
    [10n, '10 (bigint)'],
    [true, 'true (boolean)'],
    [Symbol('s'), 'Symbol(s) (symbol)'],
    ['abc', '"abc" (string)'],
    ['two\nlines', '"two\\nlines" (string)'],
    ['x'.repeat(100), `"${'x'.repeat(60)}…" (string)`],
    [[1], 'Array (object)'],
    [{}, 'Object (object)'],
    [new Date(0), 'Date (object)'],
    [Object.create(null), 'Object (object)'],
    [parseInt, 'parseInt (function)'],
    [() => undefined, 'anonymous (function)'],
  ])('describes %p', (value, text) => {
    expect(describeValue(value)).toBe(text);
  });

  it.each([
    ['a revoked proxy', revokedProxy],
    ['a function whose name is a symbol', functionNamedBySymbol],
    [
      'an instance of a class whose name is a symbol',
      () => Object.create({ constructor: functionNamedBySymbol() }) as unknown,
    ],
    ['an object whose constructor throws', () => withThrowingGetter({}, 'constructor')],
    ['a function whose name throws', () => withThrowingGetter(() => undefined, 'name')],
  ])('never throws, not even at %s', (_, make: () => unknown) => {
    expect(typeof describeValue(make())).toBe('string');
  });
});

function revokedProxy(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function functionNamedBySymbol(): () => void {
  return Object.defineProperty(() => undefined, 'name', { value: Symbol('nobody') });
}

function withThrowingGetter<T extends object>(target: T, property: string): T {
  return Object.defineProperty(target, property, {
    get: () => {
      throw new Error('not to be read');
    },
  });
}
