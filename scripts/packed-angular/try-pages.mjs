import assert from 'node:assert/strict';
import { problemsOf } from '../browser.mjs';

/** @typedef {import('playwright-core').Page} Page */

/**
 * Tries a page of the application: what it shows, that it follows the bus, and that nothing is left of a component.
 *
 * @param {Page} page a new one
 * @param {string} url
 * @param {import('./builds.mjs').Build} build
 */
export async function tryApplication(page, url, build) {
  await withoutProblems(page, () => useApplication(page, url, build));
}

/**
 * Tries the wallboard: its figures move while it plays a recording, and in the end are those of the recording.
 *
 * @param {Page} page a new one
 * @param {string} url
 */
export async function tryWallboard(page, url) {
  await withoutProblems(page, () => playRecording(page, url));
}

/**
 * Does something with a page, and looks that it complains of nothing meanwhile. When it fails, the complaints may say why.
 *
 * @param {Page} page
 * @param {() => Promise<void>} work
 */
async function withoutProblems(page, work) {
  const problems = problemsOf(page);
  await work().catch((error) => {
    throw new Error(`the page does not do what it should; its complaints: [${problems.join(', ')}]`, { cause: error });
  });
  assert.deepEqual(problems, []);
}

/** @type {(page: Page, url: string, build: import('./builds.mjs').Build) => Promise<void>} */
async function useApplication(page, url, build) {
  const hydrated = build.server ? hydrationOf(page) : undefined;
  const response = await page.goto(url);
  if (build.server) await isFromServer(page, (await response?.text()) ?? '');
  await shows(page, { '#latest': 'nobody', '#count': '0', '#zone': '' });

  await page.click('#publish');
  await shows(page, {
    '#latest': 'eve',
    '#count': '3',
    '#zone': build.zone ? 'angular' : 'none',
    '#subscriptions': '1',
  });
  const states = build.server ? ['7: Up', '9: Busy', '8: Ring'] : ['7: Up', '8: Ring'];
  await shows(page, Object.fromEntries(states.map((state, at) => [`li:nth-child(${at + 1})`, state])));
  assert.equal(await page.locator('li').count(), states.length);
  if (build.server) assert.ok(await page.evaluate(keepsWhatTheServerRendered), 'the list is another one');

  await page.click('#destroy');
  await page.click('#publish');
  await shows(page, { '#subscriptions': '0' });
  assert.equal(await page.locator('#count').count(), 0);
  assert.equal(await page.evaluate(() => 'Zone' in globalThis), build.zone);
  if (hydrated !== undefined) assert.match(await hydrated, / 0 component\(s\) were skipped/);
}

/** @type {(page: Page, url: string) => Promise<void>} */
async function playRecording(page, url) {
  await page.goto(url);
  await shows(page, { '[data-figure="channels-alive"]': '0' });
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.locator('[data-figure="channels-alive"]:not(:text-is("0"))').waitFor();
  await page.getByRole('button', { name: 'Full speed' }).click();
  await page.locator('[data-phase="finished"]').waitFor();
  await shows(page, { '[data-figure="channels-alive"]': '0', '[data-figure="channels-created"]': '92' });
}

/**
 * Waits until the page shows what it is to show.
 *
 * @param {Page} page
 * @param {Record<string, string>} texts by selector: all that the element has
 */
async function shows(page, texts) {
  for (const [selector, text] of Object.entries(texts)) {
    const element = page.locator(selector).filter({ hasText: new RegExp(`^${text}$`) });
    await element.waitFor({ state: 'attached', timeout: 10_000 });
  }
}

/**
 * @param {Page} page
 * @param {string} html as it came
 */
async function isFromServer(page, html) {
  for (const state of ['7: Ring', '9: Busy']) assert.ok(html.includes(state), `no ${state} in ${html}`);
  await shows(page, { 'li:nth-child(1)': '7: Ring', 'li:nth-child(2)': '9: Busy' });
}

/** What Angular says of a hydration, while it is developed. */
function hydrationOf(/** @type {Page} */ page) {
  return page
    .waitForEvent('console', { predicate: (line) => line.text().includes('Angular hydrated'), timeout: 20_000 })
    .then((line) => line.text())
    .catch(() => 'nothing');
}

/** Runs in the page: the script of `index.html` has kept the list before there was an application. */
function keepsWhatTheServerRendered() {
  const { document, fromServer } = /** @type {typeof globalThis & { fromServer: Element[] }} */ (globalThis);
  const now = [...document.querySelectorAll('li')];
  return fromServer.length === 2 && fromServer.every((element, at) => element === now[at]);
}
