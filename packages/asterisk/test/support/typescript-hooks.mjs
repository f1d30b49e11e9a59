// Lets Node run this project's TypeScript as it stands, for tests of the real program before anything was built.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** What was transformed once: each test starts a process of its own. */
const CACHE = new URL('../../../../node_modules/.cache/typescript-hooks/', import.meta.url);

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
  return { format: 'module', source: javaScriptOf(filename, readFileSync(filename, 'utf8')), shortCircuit: true };
}

function javaScriptOf(filename, typescript) {
  const cached = new URL(createHash('sha256').update(filename).update(typescript).digest('hex'), CACHE);
  if (existsSync(cached)) return readFileSync(cached, 'utf8');
  const { transformSync } = createRequire(import.meta.url)('@swc/core');
  const jsc = { target: 'es2022', parser: { syntax: 'typescript' } };
  const { code } = transformSync(typescript, { filename, jsc, module: { type: 'es6' } });
  mkdirSync(CACHE, { recursive: true });
  const unfinished = new URL(`${cached.href}.${process.pid}`);
  writeFileSync(unfinished, code);
  renameSync(unfinished, cached);
  return code;
}
