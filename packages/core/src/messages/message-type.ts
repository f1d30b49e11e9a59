import { assert, assertEach, assertFunction, assertName, assertOptions, isRecord } from '../errors/assert.js';
import { StasisError, ValidationError } from '../errors/errors.js';
import { createMessage, isMessage, type AnyMessageType, type Message, type MessageOptions } from './message.js';
import { isAsynchronous, settlement } from '../errors/settlement.js';
import type { SchemaInput, SchemaOutput, StandardSchema } from './standard-schema.js';

const MESSAGE_TYPE: unique symbol = Symbol.for('stasis-rx.message-type');

/** A message type: an object with a name, called to make messages (M1, M2). Models `struct stasis_message_type`. */
export interface MessageType<T, Input = T> extends Omit<AnyMessageType, 'is'> {
  /**
   * Makes a message and freezes it, with its data, in place.
   * @throws ValidationError when the type has a schema and the data does not pass
   * @throws InvalidArgumentError when an option cannot work
   */
  (
    ...args: undefined extends Input
      ? [data?: Input, options?: MessageOptions]
      : [data: Input, options?: MessageOptions]
  ): Message<T>;
  /** Whether the message is of this type. */
  readonly is: (message: unknown) => message is Message<T>;
}

/** The message that a message type makes. */
export type MessageOf<Type extends AnyMessageType> = Type extends {
  /** What tells the type of the message. */
  readonly is: (message: unknown) => message is infer M;
}
  ? M
  : never;

/** Turns a message into one of its forms. */
export type Formatter<T> = (message: Message<T>) => unknown;

/** What a message type is given beside its name. */
export interface MessageTypeOptions<T> {
  /** A function for each form that messages of the type can take, by format name: `json`, or a name of your own (M5). */
  readonly formatters?: Readonly<Record<string, Formatter<T>>> | undefined;
}

/**
 * Makes a message type. Models `stasis_message_type_create`.
 *
 * Without a type argument the type carries no data; with a `schema`, the data is inferred from it, validated at each
 * call and taken as the schema returns it.
 *
 * @param name not empty; for people and for statistics
 * @throws InvalidArgumentError when the name, a formatter or the schema cannot work
 * @example
 * const CallAnswered = messageType<{ id: string; agent: string }>('call_answered');
 * const message = CallAnswered({ id: '1', agent: 'ann' });
 * CallAnswered.is(message); // true
 */
export function messageType<Schema extends StandardSchema>(
  name: string,
  options: MessageTypeOptions<SchemaOutput<Schema>> & { readonly schema: Schema },
): MessageType<SchemaOutput<Schema>, SchemaInput<Schema>>;
export function messageType<T = undefined>(name: string, options?: MessageTypeOptions<T>): MessageType<T>;
export function messageType(
  name: string,
  options: MessageTypeOptions<unknown> & { readonly schema?: StandardSchema | undefined } = {},
): MessageType<unknown> {
  const call = 'messageType';
  assertName(call, 'name', name);
  assertOptions(call, options, {});
  const { formatters = {}, schema } = options;
  assert(isRecord(formatters), call, 'formatters to be an object of functions by format name', formatters);
  for (const [format, formatter] of Object.entries(formatters)) {
    assertFunction(call, `the formatter "${format}"`, formatter);
  }
  const validates = typeof (schema as Partial<StandardSchema> | undefined)?.['~standard']?.validate === 'function';
  assert(schema === undefined || validates, call, 'schema to be a Standard Schema (with "~standard".validate)', schema);
  return defineType(name, formatters, schema);
}

/** Makes one of the types that core brings along: all loaded copies of core take it for the same type. */
export function builtInType<T>(name: string): MessageType<T> {
  return defineType(name, {}, undefined, Symbol.for(`stasis-rx.${name}`)) as MessageType<T>;
}

/** Whether a value is a message type, made by this copy of core or by another one. */
export function isMessageType(value: unknown): value is AnyMessageType {
  return typeof value === 'function' && MESSAGE_TYPE in value;
}

/** Throws unless the value is an array of message types. */
export function assertMessageTypes(call: string, name: string, value: unknown): void {
  assertEach(call, name, value, 'message type', isMessageType);
}

function defineType(
  name: string,
  formatters: Readonly<Record<string, Formatter<unknown>>>,
  schema: StandardSchema | undefined,
  builtIn?: symbol,
): MessageType<unknown> {
  // Born with its name: to rename a function makes a dictionary of it, and every look at a type is then a search.
  const { [name]: create } = {
    [name]: (data?: unknown, options?: MessageOptions): Message =>
      createMessage(type, schema === undefined ? data : validate(name, schema, data), options),
  } as Readonly<Record<string, () => Message>>;
  const identity: unknown = builtIn ?? create;
  const type = Object.defineProperties(create as () => Message, {
    identity: { value: identity },
    formatters: { value: new Map(Object.entries(formatters)) },
    is: { value: (message: unknown) => isMessage(message) && message.type.identity === identity },
    toJSON: { value: () => name },
    [MESSAGE_TYPE]: { value: true },
  }) as MessageType<unknown>;
  return Object.freeze(type);
}

function validate(name: string, schema: StandardSchema, data: unknown): unknown {
  const result = schema['~standard'].validate(data);
  if (isAsynchronous(result)) {
    settlement(result).then(undefined, () => undefined);
    throw new StasisError(
      'ASYNC_SCHEMA',
      `[core] ${name}(): expected a schema that validates synchronously, got a promise.`,
    );
  }
  const { issues } = Object(result) as Partial<typeof result>;
  const isResult = issues === undefined ? 'value' in Object(result) : Array.isArray(issues);
  assert(isResult, name, 'schema to return { value } or { issues }', result);
  if (issues !== undefined) throw new ValidationError(name, issues);
  return (result as { readonly value: unknown }).value;
}
