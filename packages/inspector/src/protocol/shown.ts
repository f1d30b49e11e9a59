/**
 * A value as it is shown: JSON, bounded in depth and size, in which nothing of the value runs. Text, numbers, booleans and
 * `null` are as they are; everything else is a `ShownPart`.
 */
export type Shown = null | boolean | number | string | ShownPart;

/** A value that JSON has no form of its own for, or of which only a part is shown. */
export type ShownPart = ShownList | ShownObject | ShownText | ShownOther;

/** An array or a `Set`. */
export interface ShownList {
  /** What it is. */
  readonly is: 'array' | 'set';
  /** Those that are shown. */
  readonly items: readonly Shown[];
  /** How many there are; more than `items` when the rest is left out. */
  readonly size: number;
}

/** An object or a `Map`. Pairs rather than properties, so that no key means anything to who reads it. */
export interface ShownObject {
  /** What it is. */
  readonly is: 'object' | 'map';
  /** The constructor's name; absent for plain objects. */
  readonly name?: string;
  /** Those that are shown. */
  readonly entries: readonly (readonly [key: Shown, value: Shown])[];
  /** How many there are; more than `entries` when the rest is left out. */
  readonly size: number;
}

/** A text that is longer than texts are shown. */
export interface ShownText {
  /** What it is. */
  readonly is: 'text';
  /** Its beginning. */
  readonly text: string;
  /** Its length in UTF-16 units. */
  readonly length: number;
}

/** What stands for something else. */
export interface ShownOther {
  /** What it is. */
  readonly is:
    | 'undefined'
    | 'bigint'
    | 'symbol'
    | 'function'
    | 'date'
    | 'number'
    | 'bytes'
    | 'cycle'
    | 'getter'
    | 'deeper'
    | 'redacted';
  /** In words: digits of a bigint, an ISO date, `NaN`, a name. */
  readonly text: string;
}
