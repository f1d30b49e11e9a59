import { join } from 'node:path';
import ts from 'typescript';
import type { Example } from '../../../packages/core/test/support/markdown-examples.js';

const PACKAGE = join(__dirname, '../../../packages/core');

/** What the TypeScript compiler has to say against the examples, under the compiler options of core's tests. */
export function typeErrors(examples: readonly Example[]): string[] {
  const options = compilerOptions();
  const files = new Map(examples.map((example) => [fileOf(example), `${example.code}\nexport {};\n`]));
  const program = ts.createProgram([...files.keys()], options, hostWith(files, options));
  return [...files.keys()]
    .flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)))
    .map((diagnostic) => ts.formatDiagnostic(diagnostic, FORMAT));
}

const FORMAT: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => PACKAGE,
  getNewLine: () => '\n',
};

/** Beside the tests of the package that the example is of, so that it finds what they find. */
function fileOf({ language, title }: Example): string {
  const [, name = 'core'] = /^packages\/([\w-]+)/.exec(title) ?? [];
  return join(PACKAGE, '..', name, 'test', `${title.replace(/\W+/g, '-')}.${language}`);
}

function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(PACKAGE, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, PACKAGE);
  delete options.tsBuildInfoFile;
  return { ...options, incremental: false, jsx: ts.JsxEmit.ReactJSX, experimentalDecorators: true };
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
