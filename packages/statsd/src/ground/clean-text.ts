/** Control characters, line and paragraph separators, halves of surrogate pairs, and what separates the parts of a line. */
const unsafeInText = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}:|]/gu;

/** The same, and what separates one tag from the next. */
const unsafeInTagKey = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}:|,]/gu;

/** The same but for the colon: a key ends at the first one, and no server looks for more. */
const unsafeInTagValue = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}|,]/gu;

/**
 * A name or a value with a `_` for every character that could end it, or begin another line, tag or metric: `:`, `|`,
 * control characters, line separators, lone surrogates. All else stays as it is.
 */
export function cleanText(text: string): string {
  return text.replace(unsafeInText, '_');
}

/** The key of a tag: as {@link cleanText}, and without commas. */
export function cleanTagKey(text: string): string {
  return text.replace(unsafeInTagKey, '_');
}

/** The value of a tag: as its key, but with its colons. */
export function cleanTagValue(text: string): string {
  return text.replace(unsafeInTagValue, '_');
}
