// Packs every package and lints the tarballs: publint (is package.json right?) and attw (are the types right?).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inTemporaryFolder, packPackages, runTool } from './packages.mjs';

await inTemporaryFolder('stasis-rx-tarballs', (folder) => {
  for (const { tarball, directory } of packPackages(folder)) {
    runTool('publint/src/cli.js', ['run', tarball, '--strict']);
    runTool('@arethetypeswrong/cli/dist/index.js', [tarball, '--profile', profileOf(directory)]);
  }
});

/**
 * Under which kinds of module resolution the types must be right: not that of Node 10, which knows no `exports`, and that
 * of CommonJS only where there is CommonJS.
 *
 * @param {string} directory
 */
function profileOf(directory) {
  const { main } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  return main === undefined ? 'esm-only' : 'node16';
}
