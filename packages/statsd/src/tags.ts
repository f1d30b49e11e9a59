import { InvalidArgumentError } from '@stasis-rx/core';
import { cleanTagText } from './clean-text.js';
import { plainNumber } from './plain-number.js';

/** The value of a tag. Numbers are written without an exponent; NaN and the infinities are refused. */
export type StatsDTagValue = string | number | boolean;

/**
 * Tags: keys with their values, or a list of `'key:value'` and of keys that have no value. They are written in the order
 * in which they are given. Characters that would break the line (`:`, `|`, `,`, control characters) become `_`.
 */
export type StatsDTags = Readonly<Record<string, StatsDTagValue>> | readonly string[];

/**
 * Tags as they stand on a line: `key:value,key:value`; `''` without any.
 *
 * @param call whom to name in errors: `[statsd] increment()`
 * @throws InvalidArgumentError when they are neither a list of strings nor an object of strings, finite numbers and booleans
 */
export function formatTags(call: string, tags: StatsDTags): string {
  if (typeof tags !== 'object' || (tags as unknown) === null) {
    throw new InvalidArgumentError(call, 'tags to be an object or a list of strings', tags);
  }
  if (isList(tags)) return tags.map((tag) => formatListed(call, tag)).join(',');
  return Object.entries(tags)
    .map(([key, value]) => `${formatKey(call, key)}:${formatValue(call, key, value)}`)
    .join(',');
}

function isList(tags: StatsDTags): tags is readonly string[] {
  return Array.isArray(tags);
}

function formatListed(call: string, tag: unknown): string {
  if (typeof tag !== 'string') throw new InvalidArgumentError(call, 'every listed tag to be a string', tag);
  const colon = tag.indexOf(':');
  if (colon === -1) return formatKey(call, tag);
  return `${formatKey(call, tag.slice(0, colon))}:${cleanTagText(tag.slice(colon + 1))}`;
}

function formatKey(call: string, key: string): string {
  if (key === '') throw new InvalidArgumentError(call, 'the key of a tag not to be empty', key);
  return cleanTagText(key);
}

function formatValue(call: string, key: string, value: StatsDTagValue): string {
  if (typeof value === 'string') return cleanTagText(value);
  const text = typeof value === 'boolean' ? String(value) : plainNumber(value);
  if (text !== '') return text;
  throw new InvalidArgumentError(
    call,
    `the tag ${JSON.stringify(key)} to be a string, a finite number or a boolean`,
    value,
  );
}
