import { ruleNumbers } from './rule-numbers.mjs';

/**
 * @typedef {import('./read-rules.mjs').Rule} Rule
 *
 * @typedef {object} TestFile
 * @property {string} path
 * @property {string[]} titles
 */

/**
 * Counts the tests that name each rule, and each number that is none.
 *
 * @param {Rule[]} rules
 * @param {TestFile[]} testFiles
 * @returns {Map<string, { tests: number, files: Set<string> }>} by rule number; only those that are named
 */
export function countTests(rules, testFiles) {
  const chapters = new Set(rules.map(({ number }) => number.charAt(0)));
  const counts = new Map();
  for (const { path, titles } of testFiles) {
    for (const number of titles.flatMap((title) => [...ruleNumbers(title, chapters)])) {
      const count = counts.get(number) ?? { tests: 0, files: new Set() };
      counts.set(number, { tests: count.tests + 1, files: count.files.add(path) });
    }
  }
  return counts;
}

/**
 * The rules with their tests, as lines of text.
 *
 * @param {Rule[]} rules
 * @param {ReturnType<typeof countTests>} counts
 * @param {TestFile[]} testFiles
 * @returns {string[]}
 */
export function ruleTable(rules, counts, testFiles) {
  const rows = rules.map(({ number, heading, isComing }) => {
    const { tests = 0, files = new Set() } = counts.get(number) ?? {};
    return row(number, String(tests), String(files.size), isComing ? `${heading} (coming)` : heading);
  });
  const titleCount = testFiles.reduce((sum, { titles }) => sum + titles.length, 0);
  const summary = `${rules.length} rules, ${titleCount} titles in ${testFiles.length} test files`;
  return [row('rule', 'tests', 'files', ''), ...rows, '', summary];
}

/**
 * @param {string} number
 * @param {string} tests
 * @param {string} files
 * @param {string} heading
 */
function row(number, tests, files, heading) {
  return `${number.padEnd(4)} ${tests.padStart(5)} ${files.padStart(5)}  ${heading}`.trimEnd();
}
