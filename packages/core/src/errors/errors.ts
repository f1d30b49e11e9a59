/** The base of every error of this project. `code` is stable and made to be compared; `message` is made to be read. */
export class StasisError extends Error {
  /** Which error it is: stable, upper snake case. */
  readonly code: string;

  /**
   * @param code stable, upper snake case
   * @param message `[package] call(): what went wrong`
   * @param options `cause`: what was thrown underneath
   */
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** A call was made with an argument that cannot work. Thrown at that call, before anything was changed. Code `INVALID_ARGUMENT`. */
export class InvalidArgumentError extends StasisError {
  /**
   * @param call who complains: `[core] subscribe()`
   * @param expectation what was expected: `highWater to be an integer of at least 1`
   * @param got the offending value, described in the message by {@link describeValue}
   * @param hint a closing sentence that says what to do instead
   */
  constructor(call: string, expectation: string, got: unknown, hint = '') {
    super('INVALID_ARGUMENT', `${call}: expected ${expectation}, got ${describeValue(got)}.${hint && ` ${hint}`}`);
  }
}

/** The data given to a message type did not pass its schema. Thrown by the message type. Code `VALIDATION`. */
export class ValidationError extends StasisError {
  /** What the schema found, as it said it. */
  readonly issues: readonly ValidationIssue[];

  constructor(typeName: string, issues: readonly ValidationIssue[]) {
    super(
      'VALIDATION',
      `[core] ${typeName}(): the data does not pass the schema: ${issues.map(describeIssue).join('; ')}.`,
    );
    this.issues = issues;
  }
}

/** One finding of a Standard Schema. */
export interface ValidationIssue {
  /** What is wrong, in words. */
  readonly message: string;
  /** Where in the data: keys, from the outermost inwards, as they are or each in an object. */
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** Describes a value for an error message: `-5 (number)`, `"abc" (string)`, `null`, `Date (object)`. Never throws. */
export function describeValue(value: unknown): string {
  try {
    return `${printed(value)}${value === null || value === undefined ? '' : ` (${typeof value})`}`;
  } catch {
    return typeof value;
  }
}

function printed(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (typeof value === 'function') return value.name || 'anonymous';
  if (typeof value !== 'object' || value === null) return String(value);
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype?.constructor.name ?? 'Object';
}

/** Describes what was thrown, which may be anything, also an error whose message cannot be read. Never throws. */
export function describeCause(cause: unknown): string {
  try {
    if (cause instanceof Error && typeof cause.message === 'string') return cause.message;
  } catch {
    // Described like any other value.
  }
  return describeValue(cause);
}

/** A schema may say anything. */
function describeIssue(issue: Partial<ValidationIssue> | null): string {
  const { message, path } = Object(issue) as Partial<ValidationIssue>;
  const parts = Array.isArray(path) ? (path as readonly unknown[]) : [];
  const keys = parts.map((part) =>
    String(typeof part === 'object' && part !== null ? (part as { key?: unknown }).key : part),
  );
  return keys.length > 0 ? `${keys.join('.')}: ${String(message)}` : String(message);
}
