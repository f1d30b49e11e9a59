// Writes docs/images/cluster.png: the page of a running cluster, from which one server has just been taken away.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { inBrowser } from '../../scripts/browser.mjs';

const picture = fileURLToPath(new URL('../../docs/images/cluster.png', import.meta.url));
const cluster = spawn(process.execPath, ['--import', 'tsx', '--conditions=@stasis-rx/source', 'cluster.ts'], {
  cwd: fileURLToPath(new URL('.', import.meta.url)),
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const [text] = await once(cluster.stdout, 'data');
  const [, address = ''] = /The page: (\S+)/.exec(String(text)) ?? [];
  await inBrowser((browser) => takePicture(browser, address), { viewport: { width: 1280, height: 1020 } });
  console.log(picture);
} finally {
  cluster.kill();
}

/**
 * @param {import('playwright-core').BrowserContext} browser
 * @param {string} address
 */
async function takePicture(browser, address) {
  const page = await browser.newPage();
  await page.goto(address);
  await page.waitForTimeout(8000);
  const state = await page.locator('[data-server="oslo"] .state').textContent();
  process.kill(Number(/process (\d+)/.exec(state ?? '')?.[1]), 'SIGKILL');
  await page.locator('[data-server="oslo"][data-alive="false"]').waitFor();
  await page.screenshot({ path: picture });
}
