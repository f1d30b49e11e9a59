// Lets Node run this project's TypeScript as it stands, for tests of the real program before anything was built.
import { transformSync } from '@swc/core';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** `./x.js` in sources is `./x.ts`; what the program takes from `dist/esm` is in `src`. */
export function resolve(specifier, context, next) {
  if (specifier.startsWith('.') && !context.parentURL?.includes('/node_modules/')) {
    const source = new URL(specifier, context.parentURL).href.replace('/dist/esm/', '/src/').replace(/\.js$/, '.ts');
    if (existsSync(fileURLToPath(source))) return { url: source, format: 'module', shortCircuit: true };
  }
  return next(specifier, context);
}

export function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const filename = fileURLToPath(url);
  const jsc = { target: 'es2022', parser: { syntax: 'typescript' } };
  const { code } = transformSync(readFileSync(filename, 'utf8'), { filename, jsc, module: { type: 'es6' } });
  return { format: 'module', source: code, shortCircuit: true };
}
