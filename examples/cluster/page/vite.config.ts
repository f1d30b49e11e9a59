import { fileURLToPath } from 'node:url';
import { defineConfig, type UserConfig } from 'vite';

// The packages of this repository are taken from their sources: no build comes before this one.
const config: UserConfig = defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  logLevel: 'warn',
  resolve: { conditions: ['@stasis-rx/source', 'module', 'browser', 'development|production'] },
});

export default config;
