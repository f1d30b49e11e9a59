// Packs every package and lints the tarballs: publint (is package.json right?) and attw (are the types right?).
import { inTemporaryFolder, packPackages, runTool } from './packages.mjs';

inTemporaryFolder('stasis-rx-tarballs', (folder) => {
  for (const { tarball } of packPackages(folder)) {
    runTool('publint/src/cli.js', ['run', tarball, '--strict']);
    // The profile leaves out the module resolution of Node 10, which knows no `exports`.
    runTool('@arethetypeswrong/cli/dist/index.js', [tarball, '--profile', 'node16']);
  }
});
