/** How many bytes a text takes as UTF-8. */
export function utf8Length(text: string): number {
  for (let at = 0; at < text.length; at++) {
    // Rare enough here, and seen once for a name, to be left to the platform.
    if (text.charCodeAt(at) > 0x7f) return new TextEncoder().encode(text).length;
  }
  return text.length;
}
