/**
 * A page with the part between two markers written anew.
 *
 * @param {string} page
 * @param {{ begin: string, end: string }} markers comments, which stay
 * @param {string} text the part, which ends with a line break
 * @throws {Error} when the page has no place for it
 */
export function withWrittenPart(page, { begin, end }, text) {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from === -1 || to === -1) throw new Error(`there is no place for what is written: ${begin} … ${end}`);
  return `${page.slice(0, from)}${begin}\n\n${text}\n${page.slice(to)}`;
}
