// Starts the browser, and serves a folder, for tests: those run where Vite and ES modules do not. Tells the addresses of
// both to the process that forked it, and ends with it.
import { once } from 'node:events';
import { chromium } from 'playwright-core';
import { launchOptions, whileServing } from '../browser.mjs';

const [folder = '.'] = process.argv.slice(2);
const browser = await chromium.launchServer(launchOptions());
await whileServing(folder, async (pages) => {
  process.send?.({ pages, browser: browser.wsEndpoint() });
  await once(process, 'disconnect');
});
await browser.close();
