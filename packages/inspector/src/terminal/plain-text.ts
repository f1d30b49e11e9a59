import { stripVTControlCharacters } from 'node:util';

/** What moves the cursor, colours, or turns the direction of writing. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A text of the inspected process, such that it can do nothing to the terminal. */
export function plainText(text: string): string {
  return stripVTControlCharacters(text).replaceAll(UNPRINTABLE, '·');
}

/** A value as one line of JSON, of which the same holds. */
export function jsonLine(value: unknown): string {
  const escape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return `${JSON.stringify(value).replaceAll(UNPRINTABLE, escape)}\n`;
}
