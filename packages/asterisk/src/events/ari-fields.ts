import { parseAriTime } from './ari-time.js';
import { BrokenAriEventError } from '../ground/errors.js';

/** A JSON object, as parsed. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * One object of an ARI event, read field by field. A field that is not what it should be throws a
 * {@link BrokenAriEventError} that names it; `null` counts as left out.
 */
export class AriFields {
  /** The object itself, with whatever else Asterisk put into it. */
  readonly json: JsonObject;
  readonly #eventType: string;
  readonly #path: string;

  /**
   * @param json belongs to the reader from now on
   * @param path leads to the object inside the event: `''` for the event itself, else `channel.`
   */
  constructor(json: JsonObject, eventType: string, path = '') {
    this.json = json;
    this.#eventType = eventType;
    this.#path = path;
  }

  /** A string that is not empty. */
  id(key: string): string {
    const value = this.#get(key);
    return typeof value === 'string' && value !== '' ? value : this.#fail(key, 'a string that is not empty');
  }

  /** A string; `fallback` where it is left out. */
  text(key: string, fallback?: string): string {
    const value = this.#get(key) ?? fallback;
    return typeof value === 'string' ? value : this.#fail(key, 'a string');
  }

  /** A list of strings; empty where it is left out. */
  texts(key: string): readonly string[] {
    const value = this.#get(key) ?? [];
    const isList = Array.isArray(value) && value.every((item) => typeof item === 'string');
    return isList ? value : this.#fail(key, 'a list of strings');
  }

  /** A whole number; `fallback` where it is left out. */
  integer(key: string, fallback?: number): number {
    const value = this.#get(key) ?? fallback;
    return Number.isSafeInteger(value) ? (value as number) : this.#fail(key, 'an integer');
  }

  /** A whole number; `null` where it is left out. */
  optionalInteger(key: string): number | null {
    return this.#get(key) === undefined ? null : this.integer(key);
  }

  /** `true` or `false`; `false` where it is left out. */
  flag(key: string): boolean {
    const value = this.#get(key) ?? false;
    return typeof value === 'boolean' ? value : this.#fail(key, 'true or false');
  }

  /** A time as ARI writes it, left as a text. */
  time(key: string): string {
    this.timeMs(key);
    return this.#get(key) as string;
  }

  /** A time as ARI writes it, in milliseconds since the Unix epoch. */
  timeMs(key: string): number {
    const value = this.#get(key);
    const ms = typeof value === 'string' ? parseAriTime(value) : NaN;
    return Number.isNaN(ms) ? this.#fail(key, 'a time such as "2026-11-22T18:38:46.153+0000"') : ms;
  }

  /** An object. */
  object(key: string): AriFields {
    return this.optionalObject(key) ?? this.#fail(key, 'an object');
  }

  /** An object; one without fields where it is left out. */
  objectOrEmpty(key: string): AriFields {
    return this.optionalObject(key) ?? this.#inner(key, {});
  }

  /** An object; `null` where it is left out. */
  optionalObject(key: string): AriFields | null {
    const value = this.#get(key);
    if (value === undefined) return null;
    return isJsonObject(value) ? this.#inner(key, value) : this.#fail(key, 'an object');
  }

  #get(key: string): unknown {
    return this.json[key] ?? undefined;
  }

  #inner(key: string, json: JsonObject): AriFields {
    return new AriFields(json, this.#eventType, `${this.#path}${key}.`);
  }

  #fail(key: string, expectation: string): never {
    throw new BrokenAriEventError(
      `${this.#path}${key} of a ${this.#eventType} event to be ${expectation}`,
      this.json[key],
    );
  }
}

/** Whether a parsed JSON value is an object, and no list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
