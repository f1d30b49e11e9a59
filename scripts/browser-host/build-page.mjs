// Builds the page of a test, `index.html` and what it loads, from the sources of the packages: `build-page.mjs FROM TO`.
import { build, defaultClientConditions } from 'vite';

const [root = '.', outDir = 'dist'] = process.argv.slice(2);
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  resolve: { conditions: ['@stasis-rx/source', ...defaultClientConditions] },
  worker: { format: 'es' },
  build: { outDir, emptyOutDir: true, modulePreload: false, target: 'es2022' },
});
