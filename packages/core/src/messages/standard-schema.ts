import type { ValidationIssue } from '../errors/errors.js';

/**
 * What core needs of a Standard Schema (version 1), the interface that Zod, Valibot, ArkType and others share. Any of
 * their schemas fits; only synchronous validation is possible, since a message is made at once.
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  /** Under this key, so that it collides with nothing of the schema's own. */
  readonly '~standard': {
    /** Of the Standard Schema specification. */
    readonly version: 1;
    /** Name of the library. */
    readonly vendor: string;
    /** Gives the value as the schema has it, or its findings. A promise is refused: code `ASYNC_SCHEMA`. */
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
    /** For the compiler only; never there at run time. */
    readonly types?:
      | {
          /** The data that the schema takes. */
          readonly input: Input;
          /** The data that it returns. */
          readonly output: Output;
        }
      | undefined;
  };
}

/** Either the value, as the schema returns it, or what is wrong with it. */
export type SchemaResult<Output> =
  | {
      /** The value, which may be another one than was given. */
      readonly value: Output;
      /** Nothing is wrong with it. */
      readonly issues?: undefined;
    }
  | {
      /** What is wrong with it. */
      readonly issues: readonly ValidationIssue[];
    };

/** The data that a schema takes. */
export type SchemaInput<Schema extends StandardSchema> = NonNullable<Schema['~standard']['types']>['input'];

/** The data that a schema returns, which is what the message carries. */
export type SchemaOutput<Schema extends StandardSchema> = NonNullable<Schema['~standard']['types']>['output'];
