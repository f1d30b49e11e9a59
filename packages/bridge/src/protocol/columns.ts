import type { Batch, WrittenHead } from './batch.js';
import { check, isText } from './checks.js';
import { MAX_CHILD_LENGTH, RecordKind, type LaneRecord } from './record.js';

/*
 * Records as they are on the wire: column by column, and what is the same for many in a row is said once. A column is a list of
 * runs: how many records, and what they have. Numbers count up in a run, by the step that stands third.
 */

/** Writes records as fields of a JSON object, without its braces. */
export function columnsText({ heads, data }: Pick<Batch, 'heads' | 'data'>): string {
  const kinds = new RunList<RecordKind>();
  const types = new RunList<string>();
  const times = new RunList<number>();
  const children = new RunList<string | null>();
  const missing: number[] = [];
  for (let index = 0; index < heads.length; index++) {
    const { kind, type, timestamp, child, hasData } = heads[index] as WrittenHead;
    kinds.add(kind);
    types.add(type);
    times.add(timestamp);
    children.add(child);
    if (!hasData) missing.push(index);
  }
  const names = [...new Set(types.values)];
  const indices = types.pairs((type) => names.indexOf(type));
  const rest = missing.length === 0 ? '' : `"u":[${missing.join()}],`;
  return (
    `"y":${JSON.stringify(names)},"h":[${kinds.pairs().join()}],"t":[${indices.join()}],"n":[${numberRuns(heads).join()}],` +
    `"m":[${times.pairs().join()}],"q":${JSON.stringify(children.pairs())},${rest}"r":[${data}]`
  );
}

/** Reads records. @throws TypeError when they cannot be */
export function parseColumns(fields: Readonly<Record<string, unknown>>): LaneRecord[] {
  const { y: names, u: missing = [], r: data } = fields;
  check(Array.isArray(data) && Array.isArray(names) && Array.isArray(missing), 'records');
  const kinds = new Runs(fields.h, isKind, 'kind');
  const types = new Runs(fields.t, (index) => typeof (names as unknown[])[index as number] === 'string', 'type');
  const times = new Runs(fields.m, Number.isFinite, 'time');
  const children = new Runs(fields.q, isChild, 'pooled topic');
  const numbers = new NumberRuns(fields.n);
  const absent = new Set(missing as unknown[]);
  const records = (data as unknown[]).map((each, index) => ({
    kind: kinds.next() as RecordKind,
    type: (names as string[])[types.next() as number] as string,
    number: numbers.next(),
    timestamp: times.next() as number,
    child: children.next() as string | null,
    data: absent.has(index) ? undefined : each,
  }));
  check(![kinds, types, times, children, numbers].some(({ isOver }) => !isOver), 'records');
  return records;
}

/** One column, as it is written. */
class RunList<Value> {
  readonly values: Value[] = [];
  readonly #counts: number[] = [];

  add(value: Value): void {
    const end = this.values.length - 1;
    if (end >= 0 && this.values[end] === value) (this.#counts[end] as number)++;
    else {
      this.values.push(value);
      this.#counts.push(1);
    }
  }

  /** How many in a row, and what they have. */
  pairs(valueOf: (value: Value) => unknown = (value) => value): unknown[] {
    return this.values.flatMap((value, index) => [this.#counts[index], valueOf(value)]);
  }
}

/** Triples: how many in a row, the first number, and by how much it grows. */
function numberRuns(heads: readonly WrittenHead[]): number[] {
  const runs: number[] = [];
  let count = 0;
  let first = 0;
  let step = 1;
  for (const { number } of heads) {
    if (count === 1 && number === first) step = 0;
    if (count > 0 && number !== first + step * count) {
      runs.push(count, first, step);
      count = 0;
    }
    if (count++ === 0) [first, step] = [number, 1];
  }
  if (count > 0) runs.push(count, first, step);
  return runs;
}

/** One column, as it is read from its first run to the last. */
class Runs {
  readonly #runs: readonly unknown[];
  readonly #isValue: (value: unknown) => boolean;
  readonly #what: string;
  #at = 0;
  #left = 0;
  #value: unknown;

  constructor(runs: unknown, isValue: (value: unknown) => boolean, what: string) {
    check(Array.isArray(runs), what);
    this.#runs = runs;
    this.#isValue = isValue;
    this.#what = what;
  }

  get isOver(): boolean {
    return this.#left === 0 && this.#at === this.#runs.length;
  }

  next(): unknown {
    if (this.#left === 0) this.#begin();
    this.#left--;
    return this.#value;
  }

  #begin(): void {
    const count = this.#runs[this.#at++];
    this.#value = this.#runs[this.#at++];
    check(isIndex(count) && count > 0 && this.#isValue(this.#value), this.#what);
    this.#left = count;
  }
}

/** The numbers, which count up in a run. */
class NumberRuns {
  readonly #runs: readonly unknown[];
  #at = 0;
  #left = 0;
  #number = 0;
  #step = 0;

  constructor(runs: unknown) {
    check(Array.isArray(runs), 'number');
    this.#runs = runs;
  }

  get isOver(): boolean {
    return this.#left === 0 && this.#at === this.#runs.length;
  }

  next(): number {
    if (this.#left === 0) this.#begin();
    else this.#number += this.#step;
    this.#left--;
    return this.#number;
  }

  #begin(): void {
    const [count, first, step] = this.#runs.slice(this.#at, this.#at + 3);
    check(isIndex(count) && count > 0 && isIndex(first) && (step === 0 || step === 1), 'number');
    check(isIndex(first + count), 'number');
    this.#at += 3;
    [this.#left, this.#number, this.#step] = [count, first, step];
  }
}

function isKind(value: unknown): boolean {
  return isIndex(value) && value <= RecordKind.over;
}

function isChild(value: unknown): boolean {
  return value === null || isText(value, MAX_CHILD_LENGTH);
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
