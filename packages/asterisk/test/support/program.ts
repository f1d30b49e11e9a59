import { buildSync } from 'esbuild';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

const packageFolder = join(__dirname, '../..');

interface Dependent {
  readonly dependencies: Readonly<Record<string, string>>;
}

/**
 * Puts the program together as it is installed, from the sources as they stand, in one file that loads quickly: each test
 * starts a process of its own. Inside the package, so that it finds what that depends on.
 *
 * @returns path of the program
 */
export function buildProgram(): string {
  const folder = join(packageFolder, 'node_modules/.cache/program');
  const { dependencies } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as Dependent;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  buildSync({
    entryPoints: [join(packageFolder, 'src/cli/main.ts')],
    outfile: join(folder, 'dist/esm/cli/main.js'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@stasis-rx/source'],
    external: [...Object.keys(dependencies).filter((name) => !name.startsWith('@stasis-rx/')), 'rxjs', 'immer'],
  });
  cpSync(join(packageFolder, 'bin'), join(folder, 'bin'), { recursive: true });
  symlinkSync(join(packageFolder, 'recordings'), join(folder, 'recordings'));
  return join(folder, 'bin/stasis-channel-stats.js');
}
