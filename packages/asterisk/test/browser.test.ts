import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const SOURCES = join(__dirname, '..', 'src');

/** The packages that a module needs at run time, itself and through the modules that it imports. */
function packagesNeededBy(file: string, seen = new Set<string>()): Set<string> {
  const packages = new Set<string>();
  if (seen.has(file)) return packages;
  seen.add(file);
  for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(
    /^(?:import|export)(?! type)[^;]*? from '([^']+)';/gm,
  )) {
    if (!from.startsWith('.')) packages.add(from);
    else for (const one of packagesNeededBy(join(dirname(file), from.replace(/\.js$/, '.ts')), seen)) packages.add(one);
  }
  return packages;
}

describe('the entry points', () => {
  test("'.' loads in browsers: nothing behind it needs Node", () => {
    expect([...packagesNeededBy(join(SOURCES, 'index.ts'))].sort()).toEqual([
      '@stasis-rx/core',
      '@stasis-rx/router',
      '@stasis-rx/statsd',
      'dequal',
      'rxjs',
    ]);
  });

  test("'./recording' is the one that needs Node", () => {
    expect([...packagesNeededBy(join(SOURCES, 'recordings/recording.ts'))]).toContain('node:fs');
  });
});
