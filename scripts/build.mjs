// `npm run build`: every package as ES modules and as CommonJS, with types for both; the Angular package as modules only;
// and the page of the inspector.
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { publishedPackages, root, runTool } from './packages.mjs';

runTool('typescript/bin/tsc', ['-b', 'tsconfig.build.json']);

// The packages are modules, so Node has to be told that these folders hold CommonJS.
for (const { directory } of publishedPackages()) {
  const commonjs = join(directory, 'dist', 'cjs');
  if (existsSync(commonjs)) writeFileSync(join(commonjs, 'package.json'), '{"type":"commonjs"}\n');
}

// The inspector's page, which its packages carry as one text.
execFileSync(process.execPath, [join(root, 'packages', 'inspector', 'page', 'build.mjs')], { stdio: 'inherit' });
