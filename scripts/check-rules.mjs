// `npm run rules`: holds docs/semantics.md and the titles of the tests together, and prints how often each rule is tested.
// Fails when a rule has no test, a title names a rule that is not there, or a test file names no rule without a reason.
import { root } from './packages.mjs';
import { checkRules } from './rules/check-rules.mjs';

const { table, faults } = checkRules(root);
for (const line of table) console.log(line);
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
