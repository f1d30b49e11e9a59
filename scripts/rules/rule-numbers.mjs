/** A number, or the first and the last of some: `S4`, `T3–T6`. */
const REFERENCE = /\b([A-Z])(\d{1,2})(?:[–-]\1(\d{1,2}))?\b/g;

/** What titles begin with: `S4: …`, `S3, S4: …`, `T3–T6, S1–S8: …`. */
const PREFIX = /^(?:[A-Z]\d{1,2}(?:, |[–-]| and )?)+(?=:)/;

/**
 * The rules that a title names: at its beginning any, elsewhere those of the chapters that there are. A model number in
 * the middle of a sentence is no rule.
 *
 * @param {string} title
 * @param {ReadonlySet<string>} chapters letters of the chapters
 * @returns {Set<string>} rule numbers, whether there are such rules or not
 */
export function ruleNumbers(title, chapters) {
  const [prefix = ''] = PREFIX.exec(title) ?? [];
  const numbers = new Set();
  for (const { 1: letter = '', 2: first = '', 3: last = first, index } of title.matchAll(REFERENCE)) {
    if (!chapters.has(letter) && index >= prefix.length) continue;
    for (let number = Number(first); number <= Number(last); number++) numbers.add(letter + String(number));
  }
  return numbers;
}
