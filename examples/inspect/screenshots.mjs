// Writes pictures of the inspector into docs/images: of the call centre while it runs, in light and dark.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { writeFile } from 'node:fs/promises';
import { inBrowser } from '../../scripts/browser.mjs';
import { smallerPng } from './smaller-png.mjs';

/** @typedef {import('playwright-core').Page} Page */

const images = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const SIZE = { width: 1280, height: 800 };
/** Causes are read from top to bottom. */
const TALL = { width: 1280, height: 1000 };
/** So long there is a history to see, in milliseconds: the third round. */
const HISTORY_MS = 31_000;

/** What each picture shows, and how one gets there. */
const PICTURES = {
  map: async (/** @type {Page} */ page) => {
    await show(page, 'Map');
    await page.locator('[data-node]', { hasText: /pool of channel:all.*[3-9]\d topics/ }).waitFor();
    await page.locator('[data-node]', { hasText: /archive.*1\d\d wait/ }).waitFor();
  },
  slow: async (/** @type {Page} */ page) => {
    await show(page, 'Subscriptions');
    await page.getByRole('button', { name: 'caller lookup' }).click();
  },
  lost: async (/** @type {Page} */ page) => {
    await show(page, 'Messages');
    await page.getByLabel('Outcome').selectOption('dropped');
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.waitForTimeout(500);
    await page.getByRole('grid').focus();
    await page.keyboard.press('End');
  },
  twice: (/** @type {Page} */ page) => showCauses(page, 'text_sent'),
  order: async (/** @type {Page} */ page) => {
    await showCauses(page, 'call_billed');
    await page.locator('.sequence').evaluate((element) => element.scrollTo({ left: 940 }));
  },
  state: async (/** @type {Page} */ page) => {
    await page.setViewportSize(SIZE);
    await show(page, 'Caches');
    await page.locator('.caches select').selectOption('call:all-cached');
    await page.getByRole('slider', { name: 'Moment' }).focus();
    for (let step = 0; step < 60; step++) await page.keyboard.press('ArrowLeft');
  },
};

const wanted = process.argv.slice(2);
const centre = spawn(process.execPath, ['--import', 'tsx', '--conditions=@stasis-rx/source', 'main.ts'], {
  cwd: fileURLToPath(new URL('.', import.meta.url)),
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const [text] = await once(centre.stdout, 'data');
  const [, address = ''] = /The inspector: (\S+)/.exec(String(text)) ?? [];
  await inBrowser((browser) => takePictures(browser, address), { viewport: SIZE });
} finally {
  centre.kill();
}

/**
 * @param {import('playwright-core').BrowserContext} browser
 * @param {string} address
 */
async function takePictures(browser, address) {
  const page = await browser.newPage();
  await page.goto(address);
  await page.waitForTimeout(HISTORY_MS);
  for (const [name, goThere] of Object.entries(PICTURES)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    await goThere(page);
    await page.waitForTimeout(name === 'map' ? 0 : 1000);
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.waitForTimeout(300);
      const path = `${images}inspector-${name}-${colorScheme}.png`;
      await writeFile(path, smallerPng(await page.screenshot()));
      console.log(path);
    }
  }
}

/**
 * @param {Page} page
 * @param {string} view
 */
async function show(page, view) {
  await page.locator(`#tab-${view}`).click();
}

/**
 * Looks at what led to the newest message of a type, and what came of that.
 *
 * @param {Page} page
 * @param {string} type
 */
async function showCauses(page, type) {
  await page.setViewportSize(TALL);
  await show(page, 'Messages');
  await page.getByLabel('Outcome').selectOption('any');
  await page.getByLabel('Type', { exact: true }).fill(type);
  await page.waitForTimeout(500);
  await page.getByRole('grid').focus();
  await page.keyboard.press('End');
  await page.getByRole('button', { name: 'Causes', exact: true }).click();
  await page.locator(`[aria-selected="true"].cause`).evaluate((element) => element.scrollIntoView({ block: 'center' }));
}
