import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { startBrowser, type BrowserHost } from '../../../../scripts/browser-host/browser-host.js';
import { seriousFindings } from '../../../wallboard/test/support/accessibility.js';
import { ClusterPage } from '../support/cluster-page.js';
import { ClusterProcess } from '../support/cluster-process.js';
import { until } from '../support/until.js';

/** Channels in one round of what each server plays. */
const CHANNELS = { berlin: 92, oslo: 686, paris: 92 + 686 };
const ALL = 92 + 686 + 92 + 686;

jest.setTimeout(60_000);

describe('npm run cluster', () => {
  let cluster: ClusterProcess;
  let host: BrowserHost;
  let tab: Page;
  let page: ClusterPage;
  const problems: string[] = [];

  beforeAll(async () => {
    cluster = new ClusterProcess(['--speed', '0', '--rounds', '1']);
    host = await startBrowser(resolve(__dirname, '../../page'));
    tab = await host.browser.newPage();
    tab.on('pageerror', (error) => problems.push(error.message));
    tab.on('console', (line) => line.type() === 'error' && problems.push(line.text()));
    page = new ClusterPage(tab);
    await tab.goto(await cluster.address());
  });

  afterAll(async () => {
    await cluster.dispose();
    await host.close();
  });

  it('shows three servers with the totals of what they replayed, and their sum', async () => {
    for (const [name, channels] of Object.entries(CHANNELS)) await page.shows(name, 'channels so far', channels);
    await page.showsSum('channels so far', ALL);
    await page.showsSum('servers alive', 3);
    await page.showsSum('channels', 0);
  });

  it('sends that sum to StatsD', async () => {
    await until(() => cluster.printed.includes('cluster.servers:3|g cluster.channels:0|g cluster.bridges:0|g'));
    expect(cluster.printed).toContain(`cluster.channels.created:${ALL}|g`);
  });

  it('shows that a killed server is gone with all that it had, and that it is back under a new epoch', async () => {
    const before = await page.identityOf('berlin');
    expect(before.pid).toBe(cluster.pids.get('berlin'));
    cluster.kill('berlin');
    await page.showsAlive('berlin', false);
    await page.showsSum('servers alive', 2);
    await page.showsSum('channels so far', ALL - CHANNELS.berlin);
    await page.says('berlin was lost');
    expect(await page.figure('berlin', 'last heard')).toMatch(/^\d+ s ago$/);

    await page.showsAlive('berlin', true);
    await page.shows('berlin', 'channels so far', CHANNELS.berlin);
    await page.showsSum('channels so far', ALL);
    const after = await page.identityOf('berlin');
    expect(after.pid).toBe(cluster.pids.get('berlin'));
    expect(after.epoch).not.toBe(before.epoch);
  });

  it('can be used with a screen reader, and has nothing to complain of', async () => {
    expect(await seriousFindings(tab)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('says that NATS does not answer when its server is killed, and goes on when it is back', async () => {
    cluster.kill('nats-server');
    await page.says('NATS does not answer');
    await page.says('Connected to NATS as');
    await page.showsSum('servers alive', 3);
  });

  it('gives a page that comes late what there is, and shows each page to the other', async () => {
    const lateTab = await host.browser.newPage();
    const late = new ClusterPage(lateTab);
    await lateTab.goto(await cluster.address());
    await late.showsSum('servers alive', 3);
    await late.showsSum('channels so far', ALL);
    await until(async () => (await page.pages()).length === 2 && (await late.pages()).length === 2);
    await lateTab.close();
    await until(async () => (await page.pages()).length === 1);
  });

  it('lets no page of another origin connect', async () => {
    const url = new URL(await cluster.address()).searchParams.get('nats') ?? '';
    const stranger = await host.browser.newPage();
    await stranger.goto(host.pages);
    const outcome = await stranger.evaluate(
      (address) =>
        new Promise((resolve) => {
          const socket = new WebSocket(address);
          socket.onopen = () => resolve('open');
          socket.onerror = () => resolve('refused');
        }),
      url,
    );
    expect(outcome).toBe('refused');
  });

  it('leaves nothing behind', async () => {
    expect(cluster.remains).toHaveLength(5); // three servers, a nats-server, what it stores
    cluster.signal('SIGINT');
    expect(await cluster.ended()).toBe(0);
    expect(cluster.remains).toEqual([]);
  });
});

describe('npm run cluster, when it does not get far', () => {
  let cluster: ClusterProcess;

  afterEach(() => cluster.dispose());

  it('leaves nothing behind when it is stopped while it starts', async () => {
    cluster = new ClusterProcess();
    await until(() => cluster.stored.length > 0);
    cluster.signal('SIGINT');
    expect(await cluster.ended()).toBe(0);
    expect(cluster.remains).toEqual([]);
  });

  it('leaves nothing behind when nobody reads any more what it prints', async () => {
    cluster = new ClusterProcess();
    await cluster.address();
    cluster.stopReading();
    expect(await cluster.ended()).toBe(0);
    expect(cluster.remains).toEqual([]);
  });

  it('says how to install nats-server where there is none', async () => {
    cluster = new ClusterProcess([], { PATH: '' });
    expect(await cluster.ended()).toBe(1);
    expect(cluster.printed).toBe(
      'There is no nats-server that can be started. `npm run nats:install` (scripts/install-nats-server.sh) installs it.\n',
    );
    expect(cluster.stored).toEqual([]);
  });
});
