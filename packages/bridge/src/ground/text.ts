const encoder = /* @__PURE__ */ new TextEncoder();
// Strict: what is not UTF-8 is not ours.
const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true });

// Once: where it stands in a function, each call makes another one.
// eslint-disable-next-line no-control-regex -- all of ASCII is a byte each, its control characters too
const BEYOND_ASCII = /[^\u0000-\u007f]/;

/** Text from what a transport hands over. @throws TypeError when it is not UTF-8 */
export function textOf(bytes: Uint8Array | string): string {
  return typeof bytes === 'string' ? bytes : decoder.decode(bytes);
}

/** Whether the text takes at most so many bytes in UTF-8. */
export function fitsInto(text: string, maxBytes: number): boolean {
  if (maxBytesOf(text) <= maxBytes) return true;
  return text.length <= maxBytes && encoder.encode(text).length <= maxBytes;
}

/** At least as many bytes as the text takes in UTF-8, without counting them. */
export function maxBytesOf(text: string): number {
  return BEYOND_ASCII.test(text) ? text.length * 3 : text.length;
}
