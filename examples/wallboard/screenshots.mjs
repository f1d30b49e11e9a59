// Writes pictures of the wallboard into docs/images: of each app that has been built, in light and dark.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inBrowser, whileServing } from '../../scripts/browser.mjs';

const APPS = { react: 'react/dist', angular: 'angular/dist/browser' };
const images = fileURLToPath(new URL('../../docs/images/', import.meta.url));

for (const [app, folder] of Object.entries(APPS)) {
  const built = fileURLToPath(new URL(folder, import.meta.url));
  if (!existsSync(built)) {
    console.log(`${app}: not built, left out`);
    continue;
  }
  await whileServing(built, (url) => inBrowser((browser) => takePictures(browser, app, url)));
}

/**
 * @param {import('playwright-core').BrowserContext} browser
 * @param {string} app
 * @param {string} url
 */
async function takePictures(browser, app, url) {
  const page = await browser.newPage();
  await page.setViewportSize({ width: 1600, height: 900 });
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${url}?recording=calls-300&speed=2`);
    await page.locator('[data-figure="position"]:text-is("0:19")').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.locator('[data-phase="paused"]').waitFor();
    const path = `${images}wallboard-${app}-${colorScheme}.png`;
    await page.screenshot({ path });
    console.log(path);
  }
}
