/** Control characters, line and paragraph separators, halves of surrogate pairs, and what separates the parts of a line. */
const unsafeInText = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}:|]/gu;

/** The same, and what separates one tag from the next. */
const unsafeInTag = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}:|,]/gu;

/**
 * A name or a value with a `_` for every character that could end it, or begin another line, tag or metric: `:`, `|`,
 * control characters, line separators, lone surrogates. All else stays as it is.
 */
export function cleanText(text: string): string {
  return text.replace(unsafeInText, '_');
}

/** The key or the value of a tag: as {@link cleanText}, and without commas. */
export function cleanTagText(text: string): string {
  return text.replace(unsafeInTag, '_');
}
