import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkRules } from '../rules/check-rules.mjs';

const SEMANTICS = 'docs/semantics.md';
const TESTS = 'packages/demo/test/demo.test.ts';

/** A page with the rules A1 to A9 or fewer. */
const rules = (count: number) =>
  `# Semantics\n\n## A. Apples\n\n${Array.from({ length: count }, (_, n) => `### A${n + 1}. Rule ${n + 1}\n\nText.\n\n`).join('')}`;
const test12 = "it('A1, A2: is round and red', () => {});";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-rules-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What is said of a repository of these files. */
function check(files: Readonly<Record<string, string>>) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return checkRules(folder);
}

describe('check-rules', () => {
  test('passes when every rule stands in the title of a test, and says how often', () => {
    const tests = `${test12} it('A1: is round', () => {});`;
    const { table, faults } = check({ [SEMANTICS]: rules(2), [TESTS]: tests });

    expect(faults).toEqual([]);
    expect(table).toEqual(
      expect.arrayContaining([
        'A1       2     1  Rule 1',
        'A2       1     1  Rule 2',
        '2 rules, 2 titles in 1 test files',
      ]),
    );
  });

  test('fails when a rule has no test, though a comment or another text names it', () => {
    const tests = "// A2: red\nit('A1: is round', () => say('A2: red'));";
    const { faults } = check({ [SEMANTICS]: rules(2), [TESTS]: tests });

    expect(faults).toEqual(['A2 (Rule 2) stands in no title of a test.']);
  });

  test('asks for no test of a rule, or of a chapter, that is marked as coming', () => {
    const marked = rules(3).replace('Text.\n\n### A3', '**Coming:** the colour.\n\n### A3');
    const page = `${marked}## B. Beans\n\n**Coming**, all of it.\n\n### B1. Long\n\nText.\n`;
    const { faults } = check({ [SEMANTICS]: page, [TESTS]: "it('A1: is round', () => {});" });

    expect(faults).toEqual(['A3 (Rule 3) stands in no title of a test.']);
  });

  test('fails when a title names a rule that is not there', () => {
    const titles = [
      'A3: is sweet',
      'A1, A4: is both',
      'A1–A5: is all of it',
      'is sweet (A6)',
      'Q7: is sour',
      'plays an MP3',
    ];
    const tests = titles.map((title) => `it('${title}', () => {});`).join('');
    const { faults } = check({ [SEMANTICS]: rules(2), [TESTS]: tests });

    expect(faults.sort()).toEqual(
      ['A3', 'A4', 'A5', 'A6', 'Q7'].map((number) => `${TESTS} names ${number}, which is no rule.`),
    );
  });

  test('fails when a test file names no rule and is not listed, or is listed and names one', () => {
    const silent = 'packages/demo/test/deep/silent.test.tsx';
    const listed = 'packages/router/test/readme.test.ts';
    const { faults } = check({ [SEMANTICS]: rules(2), [listed]: test12, [silent]: "it('is nice', () => {});" });

    expect(faults).toEqual([
      expect.stringContaining(`${silent} names no rule in its titles`),
      expect.stringContaining(`lists ${listed} for nothing`),
    ]);
  });

  test('reads titles however they are written', () => {
    const tests = [
      "describe('A1: an apple', () => { it('is nice', () => {}); });",
      "describe('A2: an apple', () => { test(title, run); });",
      'it(`A3: is ${colour}`, () => {});',
      "it('A4: is ' + 'round', () => {});",
      "it.each(['A0'])('A5: is %s', () => {});",
      "describe.each`a\n${1}`('A6: $a', () => { it('is nice', () => {}); });",
      "test.only('A7: is red', () => {});",
      "it('A8–A9: is round and red', () => {});",
    ];
    expect(check({ [SEMANTICS]: rules(9), [TESTS]: tests.join('\n') }).faults).toEqual([]);
  });

  test('takes the tests of a contract suite for those of the files that run it', () => {
    const contracts = 'packages/demo/src/contracts/apple-contract.ts';
    const suite =
      "export function appleContract(c) { return contractCases(c, { 'A1: is round': f, 'A2: is red': g }); }";
    const running = 'for (const { title, run } of appleContract(create)) test(title, run);';

    expect(check({ [SEMANTICS]: rules(2), [contracts]: suite, [TESTS]: running }).faults).toEqual([]);
    expect(check({ [SEMANTICS]: rules(2), [contracts]: suite, [TESTS]: '' }).faults).toHaveLength(3);
  });
});
