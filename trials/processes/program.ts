import { buildSync } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A program that many processes run. */
export interface Program {
  readonly path: string;
  remove(): void;
}

/** Puts a program together from its sources, once: so fifty processes start in seconds, where each would compile them anew. */
export function makeProgram(source: URL): Program {
  const folder = mkdtempSync(join(tmpdir(), 'stasis-program-'));
  const path = join(folder, 'program.mjs');
  buildSync({
    entryPoints: [fileURLToPath(source)],
    outfile: path,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['@stasis-rx/source'],
    // Packages that are not modules ask for those of Node.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'warning',
  });
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
