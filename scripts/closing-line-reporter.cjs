'use strict';

/**
 * A jest reporter whose last line is `N passed, N failed`, alone (`, N skipped` follows when there are any).
 * A suite that failed to run counts as one failure.
 */
class ClosingLineReporter {
  /**
   * @param {unknown} _contexts
   * @param {Record<'numPassedTests' | 'numFailedTests' | 'numRuntimeErrorTestSuites' | 'numPendingTests' | 'numTodoTests', number>} results
   */
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const counts = [`${results.numPassedTests} passed`, `${failed} failed`];
    if (skipped > 0) counts.push(`${skipped} skipped`);

    // Jest's own summary always comes after custom reporters: only at exit is the last word ours.
    process.once('exit', () => process.stdout.write(`${counts.join(', ')}\n`));
  }
}

module.exports = ClosingLineReporter;
