import ts from 'typescript';

/**
 * @typedef {object} SourceFile
 * @property {string} path from the root of the repository
 * @property {string} text
 */

/** What stands for the parts of a title that only a run of the tests would show. */
const UNKNOWN = '…';

const DESCRIBE = new Set(['describe', 'fdescribe', 'xdescribe']);
const TEST = new Set(['it', 'test', 'fit', 'xit', 'xtest']);

/**
 * Reads the titles of a test file without running it: each test's with those of the `describe`s around it, the way jest
 * prints them. A file that mentions a contract suite has the suite's tests too.
 *
 * @param {SourceFile} file
 * @param {ReadonlyMap<string, readonly string[]>} contracts titles of the contract suites, by the name of their function
 * @returns {{ titles: string[] }}
 */
export function readTests({ path, text }, contracts) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  /** @type {string[]} */
  const titles = [];
  const mentioned = new Set();
  visit(source, '');
  for (const name of mentioned) titles.push(...(contracts.get(name) ?? []));
  return { titles };

  /**
   * @param {ts.Node} node
   * @param {string} around titles of the describes around it
   */
  function visit(node, around) {
    if (ts.isIdentifier(node) && contracts.has(node.text)) mentioned.add(node.text);
    const name = ts.isCallExpression(node) ? calledFunction(node.expression) : undefined;
    if (!ts.isCallExpression(node) || name === undefined || node.arguments[0] === undefined) {
      ts.forEachChild(node, (child) => visit(child, around));
      return;
    }
    const title = `${around}${titleOf(node.arguments[0])}`;
    if (TEST.has(name)) titles.push(title);
    ts.forEachChild(node, (child) => visit(child, DESCRIBE.has(name) ? `${title} ` : around));
  }
}

/**
 * The name behind `it(…)`, `it.only(…)`, `it.each(table)(…)` and `` it.each`table`(…) ``.
 *
 * @param {ts.Expression} callee
 * @returns {string | undefined} nothing for other calls, that of `each` itself among them
 */
function calledFunction(callee) {
  if (ts.isCallExpression(callee) && isEach(callee.expression)) return calledFunction(callee.expression.expression);
  if (ts.isTaggedTemplateExpression(callee) && isEach(callee.tag)) return calledFunction(callee.tag.expression);
  if (isEach(callee)) return undefined;
  if (ts.isPropertyAccessExpression(callee)) return calledFunction(callee.expression);
  return ts.isIdentifier(callee) && (DESCRIBE.has(callee.text) || TEST.has(callee.text)) ? callee.text : undefined;
}

/**
 * @param {ts.Expression} expression
 * @returns {expression is ts.PropertyAccessExpression}
 */
function isEach(expression) {
  return ts.isPropertyAccessExpression(expression) && expression.name.text === 'each';
}

/**
 * @param {ts.Expression} expression
 * @returns {string}
 */
function titleOf(expression) {
  if (ts.isStringLiteralLike(expression)) return expression.text;
  if (ts.isTemplateExpression(expression)) {
    return expression.templateSpans.reduce((text, { literal }) => text + UNKNOWN + literal.text, expression.head.text);
  }
  if (ts.isBinaryExpression(expression)) return titleOf(expression.left) + titleOf(expression.right);
  return UNKNOWN;
}
