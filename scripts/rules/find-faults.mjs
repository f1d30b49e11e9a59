import { needsNoRule } from './needs-no-rule.mjs';

/**
 * What is wrong between the rules and the tests.
 *
 * @param {import('./read-rules.mjs').Rule[]} rules
 * @param {ReturnType<typeof import('./rule-table.mjs').countTests>} counts
 * @param {import('./rule-table.mjs').TestFile[]} testFiles
 * @returns {string[]} a sentence for each fault
 */
export function findFaults(rules, counts, testFiles) {
  const known = new Set(rules.map(({ number }) => number));
  const named = new Set([...counts.values()].flatMap(({ files }) => [...files]));
  const silent = testFiles.map(({ path }) => path).filter((path) => !named.has(path));
  return [
    ...(rules.length === 0 ? ['docs/semantics.md has no rule.'] : []),
    ...rules
      .filter(({ number, isComing }) => !isComing && !counts.has(number))
      .map(({ number, heading }) => `${number} (${heading}) stands in no title of a test.`),
    ...[...counts]
      .filter(([number]) => !known.has(number))
      .flatMap(([number, { files }]) => [...files].map((path) => `${path} names ${number}, which is no rule.`)),
    ...silent
      .filter((path) => reasonFor(path) === undefined)
      .map((path) => `${path} names no rule in its titles, and scripts/rules/needs-no-rule.mjs does not say why.`),
    ...unneeded(testFiles, silent),
  ];
}

/**
 * Entries of the list for what is not there, or for a file that does name a rule.
 *
 * @param {import('./rule-table.mjs').TestFile[]} testFiles
 * @param {string[]} silent files that name no rule
 * @returns {string[]}
 */
function unneeded(testFiles, silent) {
  const packages = new Set(testFiles.map(({ path }) => packageOf(path)));
  return Object.keys(needsNoRule)
    .filter((entry) => packages.has(packageOf(entry)) && !silent.some((path) => path.startsWith(entry)))
    .map(
      (entry) => `scripts/rules/needs-no-rule.mjs lists ${entry} for nothing: no test file there is without a rule.`,
    );
}

/** @param {string} path */
function reasonFor(path) {
  return Object.entries(needsNoRule).find(([entry]) => path.startsWith(entry))?.[1];
}

/** @param {string} path */
function packageOf(path) {
  return path.split('/')[1];
}
