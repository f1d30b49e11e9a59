// A fresh Angular application that installs the packed packages: `ng build` compiles it ahead of time, and a browser runs it.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inBrowser, problemsOf, whileServing } from './browser.mjs';
import { inTemporaryFolder, npm, packPackages, root, runNode } from './packages.mjs';

await inTemporaryFolder('stasis-rx-angular', async (folder) => {
  step('install the tarballs, with Angular from the registry');
  cpSync(join(root, 'scripts', 'packed-angular'), folder, { recursive: true });
  const tarballs = join(folder, 'tarballs');
  mkdirSync(tarballs);
  const packed = packPackages(tarballs, ['@stasis-rx/core', '@stasis-rx/angular']).map(({ tarball }) => tarball);
  npm(['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', ...packed], folder);

  step('build it');
  runNode([join('node_modules', '@angular', 'cli', 'bin', 'ng.js'), 'build'], folder);
  step('run it in a browser');
  await whileServing(join(folder, 'dist'), (url) => inBrowser((browser) => tryApplication(browser, url)));
});

/**
 * @param {import('playwright-core').BrowserContext} browser
 * @param {string} url
 */
async function tryApplication(browser, url) {
  const page = await browser.newPage();
  const problems = problemsOf(page);
  /** @param {[selector: string, text: string]} what */
  const shows = (...[selector, text]) => waitForText(page.locator(selector), text);
  await page.goto(url);
  await shows('#latest', 'nobody');
  await shows('#count', '0');

  await page.click('#publish');
  await shows('#latest', 'eve');
  await shows('#count', '3');
  await shows('#subscriptions', '1');
  await shows('li:nth-child(1)', '7: Up');
  await shows('li:nth-child(2)', '8: Ring');

  await page.click('#destroy');
  await page.click('#publish');
  await shows('#subscriptions', '0');
  assert.equal(await page.locator('#count').count(), 0);
  assert.deepEqual(problems, []);
}

/**
 * @param {import('playwright-core').Locator} element
 * @param {string} text all that the element is to show
 */
function waitForText(element, text) {
  return element.filter({ hasText: new RegExp(`^${text}$`) }).waitFor({ timeout: 10_000 });
}

/** @param {string} what */
function step(what) {
  console.log(`- ${what}`);
}
