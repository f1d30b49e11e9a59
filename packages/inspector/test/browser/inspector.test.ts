import { bridgeOverMessagePort } from '@stasis-rx/message-port';
import { messageType, subscribe, createBus, createTopicPool } from '@stasis-rx/core';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { startBrowser, type BrowserHost } from '../../../../scripts/browser-host/browser-host.js';
import { readRecordingText } from '../../src/model/recording/read-recording.js';
import { serveInspector, type ServedInspector } from '../../src/serve/serve-inspector.js';
import { createDemoBus } from '../support/demo-bus.js';
import { recordsOf } from '../support/told.js';
import { findingsOf, framesDuring, openPage, type InspectorPage } from './inspector-page.js';

jest.setTimeout(60_000);

const count = (text: string) => Number(text.replaceAll(/[^\d.-]/g, ''));

describe('the page of the inspector', () => {
  let host: BrowserHost;
  let folder: string;
  let served: ServedInspector | undefined;
  let opened: InspectorPage | undefined;

  beforeAll(async () => {
    const env = { ...process.env, NODE_ENV: 'production' };
    await promisify(execFile)(process.execPath, [resolve(__dirname, '../../page/build.mjs')], { env });
    folder = mkdtempSync(join(tmpdir(), 'stasis-rx-inspector-'));
    host = await startBrowser(folder);
  }, 60_000);
  afterAll(async () => {
    await host.close();
    rmSync(folder, { recursive: true });
  });
  afterEach(async () => {
    await opened?.close();
    await served?.close();
    opened = served = undefined;
  });

  /** A shop in which so many orders were placed, and the page beside it. */
  async function openShop(orders = 10, options: Parameters<typeof openPage>[2] = {}) {
    const { bus, order } = createDemoBus(5);
    const records = recordsOf(bus);
    served = await serveInspector(bus);
    opened = await openPage(host.browser, served.url, options);
    order(orders);
    await bus.settled();
    // Once more, so that the page has been told of everything.
    await opened.page.waitForFunction(
      (published) =>
        Number(document.querySelector('[data-figure="messages kept"]')?.textContent.replaceAll(',', '')) >= published,
      records.filter(({ is }) => is === 'published').length,
    );
    return { bus, order, records, ...opened };
  }

  test('lists every message that was published, and filters them', async () => {
    const { page, figure, records, problems } = await openShop();
    const published = records.filter((record) => record.is === 'published');
    expect(count((await figure('shown')).split('of')[1]!)).toBe(published.length);
    await page.getByLabel('Type').fill('order_paid');
    await page.locator('[data-figure="shown"]:has-text("10 of")').waitFor();
    await page.getByRole('button', { name: 'No filter' }).click();
    await page.getByLabel('Outcome').selectOption('failed');
    const failed = new Set(records.flatMap((record) => (record.is === 'ended' && record.error ? [record.id] : [])));
    await page.locator(`[data-figure="shown"]:has-text("${failed.size} of")`).waitFor();
    await page.getByRole('button', { name: 'No filter' }).click();
    await page.getByLabel('Text in the data').fill('paper 7');
    await page.locator('[data-figure="shown"]:has-text("2 of")').waitFor();
    expect(problems).toEqual([]);
  });

  test('shows who got one message, how long it waited and was handled, as the probe was told', async () => {
    const { page, records } = await openShop();
    await page.getByLabel('Type').fill('order_paid');
    await page.getByLabel('Outcome').selectOption('failed');
    await page
      .getByRole('row', { name: /order_paid/ })
      .first()
      .click();
    const detail = page.getByRole('region', { name: /^Message \d+$/ });
    const id = count((await detail.getAttribute('aria-label'))!);
    const error = records.find((record) => record.is === 'ended' && record.id === id && record.error !== undefined);
    const printer = detail.locator('[data-subscription="orders#3"]');
    expect(await printer.innerText()).toContain((error as { error: string }).error);
    expect(await printer.innerText()).toContain('failed');
    const warehouse = await detail.locator('[data-subscription="orders#2"]').innerText();
    expect(warehouse).toContain('handled');
    expect(await detail.innerText()).toContain('amount: ');
  });

  test('shows names and data as text, whatever they look like', async () => {
    const { page } = await openShop();
    await page.getByLabel('Text in the data').fill('<b>Bob');
    await page.getByRole('row', { name: /Bob/ }).first().click();
    expect(await page.getByRole('region', { name: /^Message \d/ }).innerText()).toContain('<b>Bob</b>');
    expect(await page.locator('main b').count()).toBe(0);
  });

  test('shows what a message made happen, as a tree and in the order of time', async () => {
    const { page, show, records } = await openShop();
    await page.getByLabel('Type').fill('order_shipped');
    await page
      .getByRole('row', { name: /order_shipped/ })
      .first()
      .click();
    await show('Causes');
    const levels = await page
      .getByRole('treeitem')
      .evaluateAll((items) => items.map((item) => [item.dataset.message, item.getAttribute('aria-level')]));
    const causes = new Map(records.flatMap((record) => (record.is === 'published' ? [[record.id, record.cause]] : [])));
    const levelOf = (id: number | undefined): number => (id === undefined ? 0 : 1 + levelOf(causes.get(id)));
    for (const [id, level] of levels) expect([id, Number(level)]).toEqual([id, levelOf(Number(id))]);
    expect(levels.length).toBeGreaterThanOrEqual(5);
    const diagram = page.getByRole('list', { name: 'Steps in their order' });
    expect(await diagram.getByRole('listitem', { name: /outside publishes order_placed/ }).count()).toBe(1);
    expect(await diagram.getByRole('listitem', { name: /warehouse publishes order_shipped/ }).count()).toBe(1);
    await page.getByRole('treeitem', { selected: true }).press('Home');
    expect(await page.getByRole('treeitem', { selected: true }).innerText()).toContain('order_placed');
  });

  test('counts for each subscription what the bus counts, and pauses, steps and resumes one', async () => {
    const { bus, page, show, order } = await openShop(60);
    await show('Subscriptions');
    for (const { id, dropped } of bus.statistics().subscriptions) {
      const row = page.locator(`tr[data-subscription="${id}"]`);
      await row.locator(`[data-figure="dropped"]:text-is("${dropped}")`).waitFor();
      await row.locator('[data-figure="depth"]:text-is("0")').waitFor();
    }
    expect(bus.statistics().subscriptions.some(({ dropped }) => dropped > 0)).toBe(true);
    expect(await page.locator('tr[data-subscription="orders#3"] [data-figure="failed"]').innerText()).toBe('6');

    await page.getByRole('button', { name: 'mailer' }).click();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('paused, 0 wait').waitFor();
    order(3);
    await page.getByText('paused, 3 wait').waitFor();
    await page.getByRole('button', { name: 'Step' }).click();
    await page.getByText('paused, 2 wait').waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('runs').waitFor();
    await bus.settled();
  });

  test('shows the map, with what is failing and dropping, and finds a part of it by its name', async () => {
    const { bus, page, show, figure } = await openShop(60);
    await show('Map');
    const { topics, subscriptions } = bus.describe();
    expect(await figure('map')).toBe(`${topics.length} topics, ${subscriptions.length} subscriptions`);
    await page.getByRole('button', { name: /^printer.*failing.*subscription/ }).waitFor();
    await page.getByRole('button', { name: /^courier.*dropping.*subscription/ }).waitFor();
    await page.getByRole('button', { name: /^pool of customer:all.*12 topics.*folded/ }).waitFor();
    await page.getByLabel('Topic or subscription').fill('customer:all/c7');
    await page.getByLabel('Topic or subscription').press('Enter');
    expect(await page.getByRole('region', { name: 'topic customer:all/c7' }).innerText()).toContain('published');
  });

  test('stays readable with 2,000 topics: folded, searched, unfolded, by the keys alone', async () => {
    const bus = createBus({ name: 'large' });
    const pool = createTopicPool(bus.topic('all'));
    const Note = messageType<number>('note');
    for (let n = 0; n < 2000; n++) subscribe(pool.topic(String(n)), () => {}, { accept: [Note], name: 'watch' });
    served = await serveInspector(bus);
    opened = await openPage(host.browser, served.url);
    const { page, show } = opened;
    await show('Map');
    await page.locator('[data-node="pool all"]').waitFor();
    expect(await page.locator('[data-node]').count()).toBeLessThan(10);
    await page.locator('[data-node="pool all"]').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.locator('[data-node="topic all/0"]').waitFor();
    expect(await page.locator('[data-node]').count()).toBeLessThan(150);
    expect(opened.problems).toEqual([]);
  });

  test('shows a cache, its differences, and what stood in it at any moment, while nothing of the bus runs', async () => {
    const { bus, page, show, figure } = await openShop();
    await show('Caches');
    await page.locator('[data-figure="entries"]:text-is("5")').waitFor();
    const before = JSON.stringify(bus.statistics());
    const slider = page.getByRole('slider', { name: 'Moment' });
    await slider.focus();
    await slider.press('Home');
    await page.getByText('Nothing stands in it.').waitFor();
    await slider.press('ArrowRight');
    expect(await figure('entries')).toBe('1');
    expect(await page.getByRole('table').innerText()).toContain('left: 1000');
    for (let step = 0; step < 5; step++) await slider.press('ArrowRight');
    const change = page
      .getByRole('list', { name: /^Changes/ })
      .getByRole('listitem')
      .first();
    expect(await change.locator('del').innerText()).toBe('1000');
    expect(await change.locator('ins').innerText()).toBe('995');
    await page.getByRole('button', { name: 'Now' }).click();
    expect(await figure('entries')).toBe('5');
    expect(JSON.stringify(bus.statistics())).toBe(before);
  });

  test('shows the states of a manager, what changed them, and what they were', async () => {
    const { page, show, figure } = await openShop();
    await show('Caches');
    await page.getByLabel('Cache, or states').selectOption('till:all');
    await page.locator('[data-figure="entries"]:text-is("2")').waitFor();
    const change = page
      .getByRole('list', { name: /^Changes/ })
      .getByRole('listitem')
      .first();
    expect(await change.innerText()).toContain('till till 0');
    expect(await change.locator('del').allInnerTexts()).toEqual(['8']);
    expect(await change.locator('ins').allInnerTexts()).toEqual(['10']);
    await page.getByRole('slider', { name: 'Moment' }).press('Home');
    await page.getByRole('slider', { name: 'Moment' }).press('ArrowRight');
    expect(await figure('entries')).toBe('1');
    expect(await page.getByRole('table').innerText()).toContain('served: 1');
  });

  test('shows on the map whose messages a bridge brings, and where', async () => {
    const News = messageType<string>('news');
    const { port1, port2 } = new MessageChannel();
    const [here, there] = [createBus({ name: 'here', eid: 'here' }), createBus({ eid: 'elsewhere' })];
    const bridges = (
      [
        [here, port1],
        [there, port2],
      ] as const
    ).map(([bus, port]) => bridgeOverMessagePort(bus, port, { topics: [bus.topic('news')], types: [News] }));
    try {
      await Promise.all(bridges.map(({ ready }) => ready));
      served = await serveInspector(here);
      opened = await openPage(host.browser, served.url);
      const { page, show, problems } = opened;
      await show('Map');
      await page.locator('[data-node="topic news"]').waitFor();
      for (let n = 0; n < 3; n++) there.topic('news').publish(News(`no. ${n}`));
      const peer = page.locator('[data-node="peer elsewhere"]');
      await peer.waitFor();
      expect(await peer.textContent()).toContain('elsewhere');
      expect(await page.locator('.edge--peer').count()).toBe(1);
      expect(problems).toEqual([]);
    } finally {
      await Promise.all(bridges.map((bridge) => bridge.close({ signal: AbortSignal.abort() })));
      port1.close();
    }
  });

  test('records, exports what the probe was told, and opens it again', async () => {
    const { page, show, order, records, bus } = await openShop(1);
    await show('Recording');
    await page.getByRole('button', { name: 'Start' }).click();
    const from = records.length;
    order(5);
    await bus.settled();
    await page.waitForTimeout(300);
    await page.getByRole('button', { name: 'Stop' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export' }).click(),
    ]);
    const file = join(folder, 'shop.jsonl');
    await download.saveAs(file);
    const read = readRecordingText(readFileSync(file, 'utf8'));
    const keyOf = (record: object) =>
      JSON.stringify(['is', 'id', 'subscription', 'topic'].map((part) => (record as never)[part]));
    const isTold = ({ is }: { is: string }) => is !== 'changed' && is !== 'wrote';
    expect(read.records.filter(isTold).map(keyOf)).toEqual(records.slice(from).map(keyOf));

    await page.getByLabel('Recording (.jsonl)').setInputFiles(file);
    await page.locator('[data-phase="recording"]').waitFor();
    await show('Messages');
    const published = read.records.filter(({ is }) => is === 'published').length;
    await page.locator(`[data-figure="shown"]:has-text("${published} of ${published}")`).waitFor();
  });

  test('says what is wrong with a file that is no recording', async () => {
    const { page, show } = await openShop(1);
    writeFileSync(join(folder, 'other.jsonl'), 'name,age\n');
    await show('Recording');
    await page.getByLabel('Recording (.jsonl)').setInputFiles(join(folder, 'other.jsonl'));
    await page.getByText('other.jsonl cannot be read').waitFor();
  });

  test('is gone about in by keys', async () => {
    const { page } = await openShop();
    for (const [key, view] of [
      ['1', 'Map'],
      ['4', 'Subscriptions'],
      ['2', 'Messages'],
    ]) {
      await page.keyboard.press(key!);
      await page.locator(`[data-view="${view}"]`).waitFor();
    }
    await page.keyboard.press('/');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
    await page.getByRole('grid').focus();
    await page.keyboard.press('Home');
    await page.getByRole('region', { name: /^Message \d/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('[data-view="Causes"]').waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
  });

  describe.each(['light', 'dark'] as const)('in its %s theme', (colorScheme) => {
    test('has no finding of axe-core in any view', async () => {
      const { page, show, problems } = await openShop(60, { colorScheme });
      for (const view of ['Map', 'Messages', 'Causes', 'Subscriptions', 'Caches', 'Recording']) {
        await show(view);
        if (view === 'Messages') await page.getByRole('row', { name: /order/ }).last().click();
        if (view === 'Subscriptions') await page.getByRole('button', { name: 'mailer' }).click();
        if (view === 'Map') await page.getByRole('button', { name: /printer/ }).click();
        expect([view, await findingsOf(page)]).toEqual([view, []]);
      }
      expect(problems).toEqual([]);
    });
  });

  test.each([360, 3840])('is no wider than a screen of %d pixels', async (width) => {
    const { page, show } = await openShop(10, { viewport: { width, height: 800 } });
    for (const view of ['Map', 'Messages', 'Causes', 'Subscriptions', 'Caches', 'Recording']) {
      await show(view);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    }
  });

  test('connects again when the bus comes back, and begins anew', async () => {
    const first = createDemoBus();
    served = await serveInspector(first.bus);
    opened = await openPage(host.browser, served.url);
    const { port, searchParams } = new URL(served.url);
    await served.close();
    await opened.page.locator('[data-phase="waiting"]').waitFor();
    served = await serveInspector(createDemoBus().bus, { port: Number(port), token: searchParams.get('token')! });
    await opened.page.locator('[data-phase="live"]').waitFor();
  });

  test('is shown inside of another page, over a port, and keeps nothing there', async () => {
    const { html } = (await import('@stasis-rx/inspector/page')) as { html: string };
    const { bus, order } = createDemoBus();
    order(3);
    await bus.settled();
    const context = await host.browser.newContext();
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('console', (line) => problems.push(line.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    const snapshot = { is: 'snapshot', at: 1, description: bus.describe(), statistics: bus.statistics(), lost: 0 };
    const reports = [
      { is: 'hello', protocol: 1, version: '', bus: { name: 'inside', eid: 'x' }, isControllable: true },
      { ...snapshot, records: [{ is: 'published', id: 1, at: 1, topic: 't', type: 'x', eid: 'local', data: 7 }] },
    ].map((report) => JSON.stringify(report));
    await page.evaluate(
      ([source, texts]) => {
        const frame = document.createElement('iframe');
        const { port1, port2 } = new MessageChannel();
        const asked: string[] = [];
        Object.assign(window, { asked });
        port1.onmessage = ({ data }) => asked.push(String(data));
        for (const text of texts) port1.postMessage(text);
        frame.sandbox.add('allow-scripts');
        frame.srcdoc = source;
        frame.onload = () => frame.contentWindow!.postMessage({ is: 'stasis-rx-inspector', protocol: 1 }, '*', [port2]);
        document.body.append(frame);
      },
      [html, reports] as const,
    );
    const inside = page.frameLocator('iframe');
    await inside.locator('[data-phase="live"]').waitFor();
    await inside.locator('[data-figure="shown"]:has-text("1 of 1")').waitFor();
    await inside.getByRole('button', { name: 'Dark theme' }).click();
    const asked = await page.evaluate(() => (window as unknown as { asked: string[] }).asked);
    expect(asked.map((text) => JSON.parse(text) as unknown)).toEqual([
      { is: 'watch', records: true, statisticsMs: 1000 },
    ]);
    expect(problems).toEqual([]);
    await context.close();
  });

  test('says so when the bus speaks another protocol', async () => {
    const { html } = (await import('@stasis-rx/inspector/page')) as { html: string };
    const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(html));
    const sockets = new WebSocketServer({ server });
    sockets.on('connection', (socket) => socket.send('{"is":"hello","protocol":99}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const context = await host.browser.newContext();
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/?token=0123456789abcdef`);
    await page.locator('[data-phase="failed"]:has-text("protocol 99")').waitFor();
    await context.close();
    sockets.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test('keeps 30 frames a second while 100,000 messages are scrolled through and more come', async () => {
    const bus = createBus({ name: 'busy' });
    const topic = bus.topic('numbers');
    const N = messageType<{ n: number }>('number');
    served = await serveInspector(bus, { limits: { records: 100_000 } });
    for (let n = 0; n < 100_000; n++) topic.publish(N({ n }));
    opened = await openPage(host.browser, served.url);
    const { page } = opened;
    await page.locator('[data-figure="shown"]:has-text("100,000 of")').waitFor();
    const more = setInterval(() => {
      for (let n = 0; n < 200; n++) topic.publish(N({ n }));
    }, 20);
    await page.getByRole('row').last().hover();
    const { perSecond } = await framesDuring(page, async () => {
      for (let step = 0; step < 60; step++) {
        await page.mouse.wheel(0, step % 2 === 0 ? -40_000 : 15_000);
        await page.waitForTimeout(30);
      }
    });
    clearInterval(more);
    expect(perSecond).toBeGreaterThan(30);
    expect(await page.getByRole('row').count()).toBeLessThan(60);
    expect(opened.problems).toEqual([]);
  });
});
