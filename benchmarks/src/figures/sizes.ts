import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Figure } from './figure.js';

/** What users of core load. */
export const sizes: Figure = {
  name: 'sizes',
  nodeOptions: [],
  async measure() {
    return {
      coreBytes: await gzippedBytes("export * from '@stasis-rx/core';"),
      essentialsBytes: await gzippedBytes("export { createBus, messageType, subscribe } from '@stasis-rx/core';"),
      ofTypeBytes: await gzippedBytes("export { ofType } from '@stasis-rx/core';"),
    };
  },
};

async function gzippedBytes(contents: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    minify: true,
    format: 'esm',
    external: ['rxjs', 'immer'],
    write: false,
  });
  return outputFiles.reduce((bytes, file) => bytes + gzipSync(file.contents, { level: 9 }).length, 0);
}
