import { existsSync, readFileSync } from 'node:fs';

const CHARACTERS = /** @type {Record<string, string>} */ ({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" });

/**
 * The titles of the tests that passed, as a runner reports them in the XML of JUnit, which all of them can write.
 *
 * @param {string} report the path of the file; a runner that has written none has run none
 * @returns {string[]}
 */
export function passedTests(report) {
  if (!existsSync(report)) return [];
  const cases = readFileSync(report, 'utf8').matchAll(/<testcase\s([^>]*?)(?:\/>|>(.*?)<\/testcase>)/gs);
  return [...cases]
    .filter(([, , body = '']) => !/<(failure|error|skipped)\b/.test(body))
    .map(([, attributes = '']) => /\bname="([^"]*)"/.exec(attributes)?.[1] ?? '')
    .map((title) => title.replace(/&(amp|lt|gt|quot|apos);/g, (text, name) => CHARACTERS[name] ?? text));
}
