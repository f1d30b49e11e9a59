import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** A `js` block of a Markdown page: a program for a browser, and what the page says that it prints. */
export interface PageExample {
  /** The line and the heading above: `12 From a topic`. */
  readonly title: string;
  /** The body of a function of `modules`: the block, behind the page's setup block, without imports. */
  readonly code: string;
  /** The texts of its `// → ...` comments. */
  readonly stated: readonly string[];
}

/** The `js` blocks of a page of the guide, in order. The one marked `setup` is no example; it stands before each other. */
export function pageExamplesOf(page: string): PageExample[] {
  const text = readFileSync(resolve(__dirname, '../../../../../docs', page), 'utf8');
  const blocks = [...text.matchAll(/^```js( setup)?\n(.*?)^```$/gms)];
  const setup = blocks.find(([, mark]) => mark !== undefined)?.[2] ?? '';
  return blocks
    .filter(([, mark]) => mark === undefined)
    .map(({ 2: code = '', index }) => ({
      title: titleAfter(text.slice(0, index)),
      code: withoutImports(`${setup}{\n${code}}`),
      stated: [...code.matchAll(/\/\/ → (.*)$/gm)].map(([, line = '']) => line),
    }));
}

function titleAfter(before: string): string {
  const heading = [...before.matchAll(/^#+ (.*)$/gm)].at(-1)?.[1] ?? '';
  return `${String(before.split('\n').length)} ${heading}`;
}

/** `import { a as b } from 'c'` becomes `const { a: b } = modules['c']`. */
function withoutImports(code: string): string {
  return code.replaceAll(
    /^import \{(.*)\} from '(.*)';$/gm,
    (_, names: string, module: string) => `const {${names.replaceAll(' as ', ': ')}} = modules['${module}'];`,
  );
}
