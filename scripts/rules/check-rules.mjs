import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { contractTitles } from './contract-titles.mjs';
import { findFaults } from './find-faults.mjs';
import { readRules } from './read-rules.mjs';
import { readTests } from './read-tests.mjs';
import { countTests, ruleTable } from './rule-table.mjs';

/**
 * Holds docs/semantics.md and the titles of the tests together.
 *
 * @param {string} folder a repository that is laid out like this one
 * @returns {{ table: string[], faults: string[] }} how often each rule is tested, and what is wrong, a line each
 */
export function checkRules(folder) {
  const rules = readRules(readFileSync(join(folder, 'docs', 'semantics.md'), 'utf8'));
  const contracts = contractTitles(filesIn(folder, 'src', /\.ts$/));
  const tests = filesIn(folder, 'test', /\.test\.tsx?$/);
  const testFiles = tests.map((file) => ({ path: file.path, ...readTests(file, contracts) }));
  const counts = countTests(rules, testFiles);
  return { table: ruleTable(rules, counts, testFiles), faults: findFaults(rules, counts, testFiles) };
}

/**
 * The files of all packages below one of their folders.
 *
 * @param {string} folder
 * @param {string} subfolder
 * @param {RegExp} name
 * @returns {import('./read-tests.mjs').SourceFile[]}
 */
function filesIn(folder, subfolder, name) {
  return readdirSync(join(folder, 'packages'))
    .map((packageName) => join(folder, 'packages', packageName, subfolder))
    .filter((directory) => existsSync(directory))
    .flatMap((directory) =>
      readdirSync(directory, { recursive: true, encoding: 'utf8' }).map((file) => join(directory, file)),
    )
    .filter((file) => name.test(file))
    .map((file) => ({ path: relative(folder, file).replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}
