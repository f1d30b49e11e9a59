import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig, type UserConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// The packages of this repository are taken from their sources: no build comes before this one.
const config: UserConfig = defineConfig({
  root: here('.'),
  base: './',
  plugins: [react()],
  publicDir: here('../../../packages/asterisk/recordings'),
  resolve: { conditions: ['@stasis-rx/source', 'module', 'browser', 'development|production'] },
  build: { outDir: here('dist'), emptyOutDir: true },
});

export default config;
