import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { startBrowserWithPage, type BrowserHost } from '../../../../scripts/browser-host/browser-host.js';
import { upTo } from '../support/member.js';
import type { TestPage } from './page/page.js';

/** What the functions that run on the page find there. */
declare const testPage: TestPage;

jest.setTimeout(60_000);

describe('a page, its worker and a frame in Chromium', () => {
  let host: BrowserHost;
  let page: Page;

  beforeAll(async () => {
    host = await startBrowserWithPage(resolve(__dirname, 'page'));
  }, 120_000);

  beforeEach(async () => {
    page = await host.browser.newPage();
    await page.goto(host.pages);
    await page.waitForFunction(() => 'testPage' in globalThis);
  });

  afterEach(() => page.close());

  afterAll(() => host.close());

  it('B1, B4, B8: a page has the snapshots of its worker, then what it publishes, once and in order', async () => {
    await page.evaluate(() => testPage.startWorker());
    await page.waitForFunction(() => testPage.member.state('worker') === 7);
    await page.evaluate(() => testPage.tell(3000));
    await page.waitForFunction(() => testPage.member.numbers('worker').length >= 3000);
    expect(await page.evaluate(() => testPage.member.numbers('worker'))).toEqual(upTo(3000));
    await page.evaluate(() => testPage.tell(0));
    await page.waitForFunction(() => testPage.member.state('worker') === undefined);
    expect(await page.evaluate(() => testPage.member.events.at(-1))).toEqual({
      type: 'peer-left',
      peer: 'worker',
      reason: 'left',
    });
  });

  it('B9, B13: a worker that is terminated is lost, and the bridge can be closed', async () => {
    await page.evaluate(() => testPage.startWorker());
    await page.waitForFunction(() => testPage.member.state('worker') === 7);
    await page.evaluate(() => testPage.terminate());
    await page.waitForFunction(() => testPage.member.state('worker') === undefined);
    expect(await page.evaluate(() => testPage.member.events.at(-1))).toMatchObject({ reason: 'lost' });
    await page.evaluate(() => testPage.close());
  });

  it('B4, B9: a page has what a frame publishes, and loses it with the frame', async () => {
    await page.evaluate(() => testPage.openFrame());
    await page.waitForFunction(() => testPage.member.numbers('frame').length >= 500);
    expect(await page.evaluate(() => testPage.member.numbers('frame'))).toEqual(upTo(500));
    expect(await page.evaluate(() => testPage.member.state('frame'))).toBe(500);
    await page.evaluate(() => testPage.removeFrame());
    await page.waitForFunction(() => testPage.member.state('frame') === undefined);
    await page.evaluate(() => testPage.close());
  });

  it('B2: a window is no port', async () => {
    expect(await page.evaluate(() => testPage.giveWindow())).toContain('Make a MessageChannel');
  });
});
