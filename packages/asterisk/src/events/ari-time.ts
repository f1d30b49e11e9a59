const ARI_TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(\.\d+)?(?:Z|([+-]\d{2}):?(\d{2}))$/;

/**
 * Reads a time as ARI writes it, such as `2026-11-22T18:38:46.153+0000`.
 *
 * ARI writes the offset without a colon, which `Date.parse` need not understand outside Node and Chromium.
 *
 * @returns milliseconds since the Unix epoch; `NaN` for a text that is no such time, as `Date.parse` does
 * @example
 * parseAriTime('2026-11-22T18:38:46.153+0000'); // 1795372726153
 */
export function parseAriTime(text: string): number {
  const parts = ARI_TIME.exec(text);
  if (parts === null) return NaN;

  const [, secondsText = '', fraction = '', hours = '+00', minutes = '00'] = parts;
  // Dates know milliseconds: more digits are cut off, as Asterisk itself does.
  return Date.parse(`${secondsText}${fraction.slice(0, 4)}${hours}:${minutes}`);
}
