/**
 * One thing that a runner did.
 *
 * @typedef {object} Row
 * @property {string} name of the runner
 * @property {string} version
 * @property {string} what
 * @property {string} outcome
 * @property {number} seconds
 */

/**
 * The lines of a table that says what was tried, and how it went.
 *
 * @param {readonly Row[]} rows
 * @returns {string[]}
 */
export function closingTable(rows) {
  const texts = rows.map(({ seconds, ...row }) => ({ ...row, seconds: seconds.toFixed(1) }));
  const all = [{ name: 'runner', version: 'version', what: 'what', seconds: 'seconds', outcome: 'outcome' }, ...texts];
  const widthOf = (/** @type {keyof Row} */ column) => Math.max(...all.map((row) => row[column].length));
  const [nameWidth, versionWidth, whatWidth] = [widthOf('name'), widthOf('version'), widthOf('what')];
  return all.map(({ name, version, what, seconds, outcome }) =>
    [
      name.padEnd(nameWidth),
      version.padEnd(versionWidth),
      what.padEnd(whatWidth),
      seconds.padStart('seconds'.length),
      outcome,
    ].join('  '),
  );
}
