import { transformSync } from '@swc/core';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';

/** A TypeScript block of a Markdown page: a program of its own, and what the page says that it prints. */
export interface Example {
  /** `tsx` where there is JSX in it. */
  readonly language: 'ts' | 'tsx';
  /** The page, the line and the heading above: `README.md:12 Quick start`. */
  readonly title: string;
  /** The block, behind the page's setup block if it has one. */
  readonly code: string;
  /** The texts of its `// → ...` comments, from top to bottom. */
  readonly stated: readonly string[];
}

const ROOT = join(__dirname, '../../../..');

/**
 * The `ts` and `tsx` blocks of a page, in order. One marked `setup` is no example; it stands before each that follows.
 *
 * @param page path of the page, from the root of the repository
 */
export function examplesOf(page: string): Example[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const examples: Example[] = [];
  let setup = '';
  for (const { 1: x = '', 2: mark, 3: code = '', index } of text.matchAll(/^```ts(x?)( setup)?\n(.*?)^```$/gms)) {
    const title = titleAfter(page, text.slice(0, index));
    const language = x === '' ? 'ts' : 'tsx';
    if (mark === undefined) examples.push({ language, title, code: setup + code, stated: stated(code) });
    else setup = code;
  }
  return examples;
}

/** Runs an example on the sources of the packages. Returns what it printed with `console.log`, a call each. */
export async function run({ code }: Example): Promise<string[]> {
  const modules = new Map<string, unknown>();
  const program = toCommonJS(code);
  for (const [, name = ''] of program.matchAll(/ require\("(.+?)"\)/g)) modules.set(name, await import(name));
  const printed: string[] = [];
  const log = (...values: unknown[]): void => void printed.push(format(...values));
  const start = new AsyncFunction('exports', 'require', 'console', 'jest', program);
  await start({}, (name: string) => modules.get(name), { log }, jest);
  return printed;
}

type Program = (...args: unknown[]) => Promise<void>;

/** Examples await at their top level, so they run as the body of an asynchronous function. */
const AsyncFunction = (async () => {}).constructor as new (...parametersAndBody: string[]) => Program;

function titleAfter(page: string, before: string): string {
  const heading = [...before.matchAll(/^#+ (.*)$/gm)].at(-1)?.[1] ?? '';
  return `${page}:${before.split('\n').length} ${heading}`;
}

function stated(code: string): string[] {
  return [...code.matchAll(/\/\/ → (.*)$/gm)].map(([, text = '']) => text);
}

function toCommonJS(code: string): string {
  const parser = { syntax: 'typescript', tsx: true, decorators: true } as const;
  const transform = { legacyDecorator: true, react: { runtime: 'automatic' } } as const;
  return transformSync(code, { jsc: { target: 'es2022', parser, transform }, module: { type: 'commonjs' } }).code;
}
