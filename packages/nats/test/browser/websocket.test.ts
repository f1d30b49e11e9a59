import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { startBrowserWithPage, type BrowserHost } from '../../../../scripts/browser-host/browser-host.js';
import { eventually, join, Note, State, upTo, type Member } from '../support/join.js';
import { freePort, startNatsServer, type NatsServer } from '../support/nats-server.js';
import type { TestPage } from './page/page.js';

/** What the functions that run on the page find there. */
declare const testPage: TestPage;

jest.setTimeout(60_000);

describe('a page in Chromium, over WebSocket', () => {
  let host: BrowserHost;
  let server: NatsServer;
  let node: Member;
  let page: Page;

  beforeAll(async () => {
    host = await startBrowserWithPage(resolve(__dirname, 'page'));
    const port = await freePort();
    server = await startNatsServer(`websocket { listen: "127.0.0.1:${port}", no_tls: true }`);
    node = await join('node', server.url);
    await node.bridge.ready;
    page = await host.browser.newPage();
    await page.goto(host.pages);
    await page.waitForFunction(() => 'testPage' in globalThis);
    await page.evaluate((url) => testPage.join('page', url), `ws://127.0.0.1:${port}`);
  }, 120_000);

  afterAll(async () => {
    await node.leave();
    await server.stop();
    await host.close();
  });

  it('B1, B4, B5: gives and gets every message once, in order, and its snapshots', async () => {
    for (const n of upTo(2000)) node.topic.publish(Note({ id: 'x', n }));
    node.topic.publish(State({ id: 'y', n: 1 }));
    await page.evaluate(() => testPage.publish(1, 2000));
    await eventually(() => node.numbers.length >= 2000);
    expect(node.numbers).toEqual(upTo(2000));
    expect(node.cache.get(State, 'y', 'page')?.data.n).toBe(2000);
    await page.waitForFunction(() => testPage.state('node') === 1);
    expect(await page.evaluate(() => testPage.numbers('node'))).toEqual(upTo(2000));
  });

  it('B6: goes on where it stood after the server has been killed and started again', async () => {
    await server.kill();
    for (const n of upTo(100)) node.topic.publish(Note({ id: 'x', n: 2000 + n }));
    await page.waitForFunction(() => !testPage.isConnected());
    const published = page.evaluate(() => testPage.publish(2001, 2100));
    await server.start();
    await published;
    await eventually(() => node.numbers.length >= 2100);
    expect(node.numbers).toEqual(upTo(2100));
    await page.waitForFunction(() => testPage.numbers('node').length >= 2100);
    expect(await page.evaluate(() => testPage.numbers('node'))).toEqual(upTo(2100));
  });

  it('B9: takes its entries along when it leaves', async () => {
    expect(node.bridge.peers()).toEqual(['page']);
    await page.evaluate(() => testPage.leave());
    await eventually(() => node.cache.get(State, 'y', 'page') === undefined);
    expect(node.bridge.peers()).toEqual([]);
  });
});
