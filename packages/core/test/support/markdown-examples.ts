import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import ts from 'typescript';

/** A TypeScript block of a Markdown page: a program of its own, and what the page says that it prints. */
export interface Example {
  /** The page, the line and the heading above: `README.md:12 Quick start`. */
  readonly title: string;
  /** The block, behind the page's setup block if it has one. */
  readonly code: string;
  /** The texts of its `// → ...` comments, from top to bottom. */
  readonly stated: readonly string[];
}

const ROOT = join(__dirname, '../../../..');

/**
 * The `ts` blocks of a page, in order. A block marked `ts setup` is no example; it stands before each one that follows.
 *
 * @param page path of the page, from the root of the repository
 */
export function examplesOf(page: string): Example[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const examples: Example[] = [];
  let setup = '';
  for (const { 1: mark, 2: code = '', index } of text.matchAll(/^```ts( setup)?\n(.*?)^```$/gms)) {
    const title = titleAfter(page, text.slice(0, index));
    if (mark === undefined) examples.push({ title, code: setup + code, stated: stated(code) });
    else setup = code;
  }
  return examples;
}

/**
 * What the TypeScript compiler has to say against the examples.
 *
 * @param folder path, from the root of the repository, of the package as whose tests they are compiled
 */
export function typeErrors(examples: readonly Example[], folder = 'packages/core'): string[] {
  const options = compilerOptions(join(ROOT, folder));
  const files = new Map(examples.map(({ title, code }) => [fileOf(folder, title), `${code}\nexport {};\n`]));
  const program = ts.createProgram([...files.keys()], options, hostWith(files, options));
  return [...files.keys()]
    .flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)))
    .map((diagnostic) => ts.formatDiagnostic(diagnostic, FORMAT));
}

/** Runs an example on the sources of the packages. Returns what it printed with `console.log`, a call each. */
export async function run({ code }: Example): Promise<string[]> {
  const modules = new Map<string, unknown>();
  for (const [, name = ''] of code.matchAll(/ from '(.+)';$/gm)) modules.set(name, await import(name));
  const printed: string[] = [];
  const log = (...values: unknown[]): void => void printed.push(format(...values));
  const program = new AsyncFunction('exports', 'require', 'console', 'jest', toCommonJS(code));
  await program({}, (name: string) => modules.get(name), { log }, jest);
  return printed;
}

type Program = (...args: unknown[]) => Promise<void>;

/** Examples await at their top level, so they run as the body of an asynchronous function. */
const AsyncFunction = (async () => {}).constructor as new (...parametersAndBody: string[]) => Program;

const FORMAT: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => ROOT,
  getNewLine: () => '\n',
};

function titleAfter(page: string, before: string): string {
  const heading = [...before.matchAll(/^#+ (.*)$/gm)].at(-1)?.[1] ?? '';
  return `${page}:${before.split('\n').length} ${heading}`;
}

function stated(code: string): string[] {
  return [...code.matchAll(/\/\/ → (.*)$/gm)].map(([, text = '']) => text);
}

function fileOf(folder: string, title: string): string {
  return join(ROOT, folder, 'test', `${title.replace(/\W+/g, '-')}.ts`);
}

function toCommonJS(code: string): string {
  const { ES2022: target } = ts.ScriptTarget;
  const compilerOptions = { target, module: ts.ModuleKind.CommonJS, experimentalDecorators: true };
  return ts.transpileModule(code, { compilerOptions }).outputText;
}

function compilerOptions(directory: string): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(directory, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, directory);
  delete options.tsBuildInfoFile;
  return { ...options, incremental: false };
}

/** A compiler host for files that exist in memory only. */
function hostWith(files: ReadonlyMap<string, string>, options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  return {
    ...host,
    fileExists: (path) => files.has(path) || host.fileExists(path),
    readFile: (path) => files.get(path) ?? host.readFile(path),
    getSourceFile: (path, ...rest) => {
      const text = files.get(path);
      return text === undefined ? host.getSourceFile(path, ...rest) : ts.createSourceFile(path, text, rest[0]);
    },
  };
}
