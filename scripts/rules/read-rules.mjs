/**
 * A rule of docs/semantics.md.
 *
 * @typedef {object} Rule
 * @property {string} number such as `T3`
 * @property {string} heading such as `Order`
 * @property {boolean} isComing whether the page marks it, or its whole chapter, as not finished
 */

/** A paragraph that begins with this says what no test holds yet. */
const COMING = /^\*\*Coming/m;

/**
 * Reads the rules of the page: the headings of the third level that begin with a number. What stands between the heading
 * of a chapter and its first rule is said of all its rules.
 *
 * @param {string} page the text of docs/semantics.md
 * @returns {Rule[]} in the order of the page
 */
export function readRules(page) {
  return page.split(/^## /m).flatMap((chapter) => {
    const [introduction = '', ...sections] = chapter.split(/^### /m);
    return sections.flatMap((section) => readRule(section, COMING.test(introduction)));
  });
}

/**
 * @param {string} section from its heading on
 * @param {boolean} isChapterComing
 * @returns {Rule[]} none where the heading is not that of a rule
 */
function readRule(section, isChapterComing) {
  const [, number, heading] = /^([A-Z]\d+)\. (.+)/.exec(section) ?? [];
  if (number === undefined || heading === undefined) return [];
  return [{ number, heading, isComing: isChapterComing || COMING.test(section) }];
}
