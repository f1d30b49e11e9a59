import ts from 'typescript';

/**
 * Finds the contract suites: functions that return `contractCases(create, { title: test, … })`.
 *
 * @param {import('./read-tests.mjs').SourceFile[]} files
 * @returns {Map<string, string[]>} the titles of each suite, by the name of its function
 */
export function contractTitles(files) {
  /** @type {Map<string, string[]>} */
  const suites = new Map();
  for (const { path, text } of files.filter((file) => file.text.includes('contractCases('))) {
    for (const statement of ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true).statements) {
      if (!ts.isFunctionDeclaration(statement) || statement.name === undefined) continue;
      const titles = titlesIn(statement);
      if (titles.length > 0) suites.set(statement.name.text, titles);
    }
  }
  return suites;
}

/**
 * @param {ts.Node} node
 * @returns {string[]}
 */
function titlesIn(node) {
  if (ts.isCallExpression(node) && node.expression.getText() === 'contractCases') {
    const [, tests] = node.arguments;
    return tests !== undefined && ts.isObjectLiteralExpression(tests) ? keysOf(tests) : [];
  }
  /** @type {string[]} */
  const titles = [];
  ts.forEachChild(node, (child) => void titles.push(...titlesIn(child)));
  return titles;
}

/**
 * @param {ts.ObjectLiteralExpression} literal
 * @returns {string[]}
 */
function keysOf({ properties }) {
  return properties.flatMap(({ name }) => (name !== undefined && ts.isStringLiteralLike(name) ? [name.text] : []));
}
