const encoder = /* @__PURE__ */ new TextEncoder();
// Strict: what is not UTF-8 is not ours.
const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true });

/** Where text is encoded to be measured. */
const scratch = /* @__PURE__ */ new Uint8Array(16_384);

/** Text from what a transport hands over. @throws TypeError when it is not UTF-8 */
export function textOf(bytes: Uint8Array | string): string {
  return typeof bytes === 'string' ? bytes : decoder.decode(bytes);
}

/** Whether the text takes at most so many bytes in UTF-8. */
export function fitsInto(text: string, maxBytes: number): boolean {
  return text.length <= maxBytes && bytesOf(text) <= maxBytes;
}

/** How many bytes the text takes in UTF-8. */
export function bytesOf(text: string): number {
  let bytes = 0;
  for (let rest = text; rest !== '';) {
    const { read, written } = encoder.encodeInto(rest, scratch);
    bytes += written;
    rest = rest.slice(read);
  }
  return bytes;
}

/** 96 random bits as text. */
export function randomText(): string {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
