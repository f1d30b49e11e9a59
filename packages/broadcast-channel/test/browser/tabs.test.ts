import { resolve } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { startBrowserWithPage, type BrowserHost } from '../../../../scripts/browser-host/browser-host.js';
import type { TestPage } from './page/page.js';

/** What the functions that run on the page find there. */
declare const testPage: TestPage;

jest.setTimeout(60_000);

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('tabs and a worker in Chromium', () => {
  let host: BrowserHost;
  let context: BrowserContext;
  let one: Page;
  let other: Page;

  beforeAll(async () => {
    host = await startBrowserWithPage(resolve(__dirname, 'page'));
    context = await host.browser.newContext();
    const open = async (eid: string) => {
      const page = await context.newPage();
      await page.goto(host.pages);
      await page.waitForFunction(() => 'testPage' in globalThis);
      await page.evaluate((id) => testPage.join(id), eid);
      return page;
    };
    one = await open('one');
    other = await open('other');
  }, 120_000);

  afterAll(() => host.close());

  const received = async (page: Page, from: string, count: number) => {
    await page.waitForFunction(([eid, wanted]) => testPage.member.numbers(eid).length >= wanted, [
      from,
      count,
    ] as const);
    return page.evaluate((eid) => testPage.member.numbers(eid), from);
  };

  it('B1, B4, B5: tabs get what other tabs publish, once and in order', async () => {
    await one.evaluate(() => testPage.member.publish(3000));
    await other.evaluate(() => testPage.member.publish(2000));
    expect(await received(other, 'one', 3000)).toEqual(upTo(3000));
    expect(await received(one, 'other', 2000)).toEqual(upTo(2000));
    await other.waitForFunction(() => testPage.member.state('one') === 3000);
  });

  it('B8: a worker joins late, and its entries leave with it', async () => {
    await one.evaluate(() => testPage.startWorker(1000));
    for (const page of [one, other]) {
      expect(await received(page, 'worker', 1000)).toEqual(upTo(1000));
      await page.waitForFunction(() => testPage.member.state('worker') === 1000);
    }
    await one.evaluate(() => testPage.stopWorker());
    for (const page of [one, other]) {
      await page.waitForFunction(() => testPage.member.state('worker') === undefined);
    }
  });

  it('B9: the entries of a tab that is closed without a word leave when nothing is heard of it', async () => {
    await other.close();
    await one.waitForFunction(() => testPage.member.state('other') === undefined);
  });
});
