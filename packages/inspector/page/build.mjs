// Builds the page into one HTML text, which `dist/page/page.js` and `page.cjs` export as `html`: all that it needs stands in
// it, and its own policy lets nothing else in. `npm run build` calls it when the packages have been compiled.
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const target = here('../dist/page');

const { output } = await build({
  root: here('.'),
  configFile: false,
  logLevel: 'warn',
  mode: 'production',
  resolve: { conditions: ['@stasis-rx/source', 'module', 'browser', 'production'] },
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    write: false,
    target: 'es2022',
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: Infinity,
    rollupOptions: { input: here('src/main.tsx'), output: { codeSplitting: false } },
  },
});

const sourceOf = (isIt) => output.filter(isIt).map(({ code, source }) => String(code ?? source));
// The end of a script or a style is found by its text alone.
const script = sourceOf(({ type }) => type === 'chunk')
  .join('\n')
  .replaceAll('</script', '<\\/script');
const style = sourceOf(({ fileName }) => fileName.endsWith('.css')).join('\n');
const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policy = [
  "default-src 'none'",
  `script-src ${hash(script)}`,
  `style-src ${hash(style)}`,
  'img-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Stasis inspector</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<div id="root"></div>
<noscript>The inspector needs JavaScript.</noscript>
<script type="module">${script}</script>
</body>
</html>
`;

await mkdir(target, { recursive: true });
await writeFile(`${target}/page.js`, `export const html = ${JSON.stringify(html)};\n`);
await writeFile(`${target}/page.cjs`, `exports.html = ${JSON.stringify(html)};\n`);
