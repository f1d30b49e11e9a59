import { InvalidArgumentError } from '@stasis-rx/core';
import { cleanTagKey, cleanTagValue } from '../ground/clean-text.js';
import { plainNumber } from '../ground/plain-number.js';

/** The value of a tag. Numbers are written without an exponent; NaN and the infinities are refused. */
export type StatsDTagValue = string | number | boolean;

/**
 * Tags: keys with their values, or a list of `'key:value'` and of keys that have no value. They are written in the order
 * in which they are given. Characters that would break the line (`|`, `,`, control characters) become `_`, and in keys `:`
 * too: a key ends at the first colon, its value may have more.
 */
export type StatsDTags = Readonly<Record<string, StatsDTagValue>> | readonly string[];

/** A tag, ready to be written. */
export interface Tag {
  readonly key: string;
  /** As it stands on a line: `key:value`, or `key`. */
  readonly text: string;
}

/**
 * Reads tags.
 *
 * @param call whom to name in errors: `[statsd] increment()`
 * @throws InvalidArgumentError when they are neither a list of strings nor an object of strings, finite numbers and booleans
 */
export function readTags(call: string, tags: StatsDTags): readonly Tag[] {
  if (typeof tags !== 'object' || (tags as unknown) === null) {
    throw new InvalidArgumentError(call, 'tags to be an object or a list of strings', tags);
  }
  if (isList(tags)) return tags.map((tag) => readListed(call, tag));
  return Object.entries(tags).map(([key, value]) => tagOf(readKey(call, key), readValue(call, key, value)));
}

/** Those of a metric after those of its client, of which they replace the ones with the same key. */
export function mergeTags(client: readonly Tag[], metric: readonly Tag[]): readonly Tag[] {
  if (client.length === 0 || metric.length === 0) return client.length === 0 ? metric : client;
  return [...client.filter(({ key }) => !metric.some((tag) => tag.key === key)), ...metric];
}

/** As they stand on a line: `key:value,key:value`; `''` for none. */
export function formatTags(tags: readonly Tag[]): string {
  return tags.map(({ text }) => text).join(',');
}

function isList(tags: StatsDTags): tags is readonly string[] {
  return Array.isArray(tags);
}

function readListed(call: string, tag: unknown): Tag {
  if (typeof tag !== 'string') throw new InvalidArgumentError(call, 'every listed tag to be a string', tag);
  const colon = tag.indexOf(':');
  if (colon !== -1) return tagOf(readKey(call, tag.slice(0, colon)), cleanTagValue(tag.slice(colon + 1)));
  const key = readKey(call, tag);
  return { key, text: key };
}

function tagOf(key: string, value: string): Tag {
  return { key, text: `${key}:${value}` };
}

function readKey(call: string, key: string): string {
  if (key === '') throw new InvalidArgumentError(call, 'the key of a tag not to be empty', key);
  return cleanTagKey(key);
}

function readValue(call: string, key: string, value: StatsDTagValue): string {
  if (typeof value === 'string') return cleanTagValue(value);
  const text = typeof value === 'boolean' ? String(value) : plainNumber(value);
  if (text !== '') return text;
  throw new InvalidArgumentError(
    call,
    `the tag ${JSON.stringify(key)} to be a string, a finite number or a boolean`,
    value,
  );
}
