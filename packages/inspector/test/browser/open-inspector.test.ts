import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { startBrowserWithPage, type BrowserHost } from '../../../../scripts/browser-host/browser-host.js';
import type { InspectedPage } from './page/page.js';

/** What the functions that run on the page find there. */
declare const inspected: InspectedPage;

jest.setTimeout(60_000);

describe('an application in a browser that opens its own inspector', () => {
  let host: BrowserHost;
  let page: Page;
  let problems: string[];

  beforeAll(async () => {
    const env = { ...process.env, NODE_ENV: 'production' };
    await promisify(execFile)(process.execPath, [resolve(__dirname, '../../page/build.mjs')], { env });
    host = await startBrowserWithPage(resolve(__dirname, 'page'));
  }, 120_000);

  beforeEach(async () => {
    page = await host.browser.newPage();
    problems = [];
    page.context().on('console', (line) => {
      if (['error', 'warning'].includes(line.type())) problems.push(line.text());
    });
    page.context().on('weberror', (error) => problems.push(error.error().message));
    await page.goto(host.pages);
    await page.waitForFunction(() => 'inspected' in globalThis);
  });

  afterEach(() => page.close());

  afterAll(() => host.close());

  const openIn = async (where: 'Panel' | 'Window'): Promise<Page> => {
    const popup = where === 'Window' ? page.waitForEvent('popup') : undefined;
    await page.getByRole('button', { name: where }).click();
    return popup ?? page;
  };

  test.each(['Panel', 'Window'] as const)('shows what is published, in a %s, until that is closed', async (where) => {
    const shownIn = await openIn(where);
    const inside = shownIn.frameLocator('iframe');
    await inside.locator('[data-phase="live"]').waitFor();
    for (let count = 0; count < 3; count++) await page.evaluate(() => inspected.publish());
    await inside.locator('[data-figure="shown"]:has-text("3 of 3")').waitFor();
    expect(await page.evaluate(() => inspected.isOpen())).toBe(true);
    if (where === 'Window') await shownIn.close();
    else await page.getByRole('button', { name: 'Close' }).click();
    await page.waitForFunction(() => inspected.isOpen() === false);
    expect(problems).toEqual([]);
  });
});
