// `npm run rules`: holds docs/semantics.md and the titles of the tests together, and prints how often each rule is tested.
// Fails when a rule has no test, a title names a rule that is not there, or a test file names no rule without a reason.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './packages.mjs';
import { contractTitles } from './rules/contract-titles.mjs';
import { findFaults } from './rules/find-faults.mjs';
import { readRules } from './rules/read-rules.mjs';
import { readTests } from './rules/read-tests.mjs';
import { countTests, ruleTable } from './rules/rule-table.mjs';

// Another folder that is laid out like this repository: for the tests of this script.
const folder = process.argv[2] ?? root;
const rules = readRules(readFileSync(join(folder, 'docs', 'semantics.md'), 'utf8'));
const contracts = contractTitles(filesIn('src', /\.ts$/));
const testFiles = filesIn('test', /\.test\.tsx?$/).map((file) => ({ path: file.path, ...readTests(file, contracts) }));

const counts = countTests(rules, testFiles);
for (const line of ruleTable(rules, counts, testFiles)) console.log(line);

const faults = findFaults(rules, counts, testFiles);
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;

/**
 * The files of all packages below one of their folders.
 *
 * @param {string} subfolder
 * @param {RegExp} name
 * @returns {import('./rules/read-tests.mjs').SourceFile[]}
 */
function filesIn(subfolder, name) {
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
