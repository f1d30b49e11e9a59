import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { startBrowser, type BrowserHost } from '../../../../scripts/browser-host/browser-host.js';
import { seriousFindings } from '../../../wallboard/test/support/accessibility.js';

const example = resolve(__dirname, '../..');
/** Channels in one round of what each server plays. */
const CHANNELS = { berlin: 92, oslo: 686, paris: 92 + 686 };

jest.setTimeout(120_000);

describe('npm run cluster', () => {
  let cluster: ChildProcess;
  let printed = '';
  let host: BrowserHost;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    const args = ['--import', 'tsx', '--conditions=@stasis-rx/source', 'cluster.ts', '--speed', '0', '--rounds', '1'];
    cluster = spawn(process.execPath, args, { cwd: example, stdio: ['ignore', 'pipe', 'inherit'] });
    cluster.stdout?.on('data', (text) => (printed += String(text)));
    host = await startBrowser(resolve(example, 'page'));
    page = await host.browser.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (line) => line.type() === 'error' && problems.push(line.text()));
    await until(() => printed.includes('Try: kill -9'));
    await page.goto(/The page: (\S+)/.exec(printed)?.[1] ?? '');
  }, 120_000);

  afterAll(async () => {
    cluster.kill('SIGKILL');
    await host.close();
  });

  it('shows three servers with the totals of what they replayed, and their sum', async () => {
    for (const [name, channels] of Object.entries(CHANNELS)) await shows(figure(name, 'channels so far'), channels);
    await shows(sumOf('channels so far'), 92 + 686 + 92 + 686);
    await shows(sumOf('servers alive'), 3);
    await shows(sumOf('channels'), 0);
  });

  it('sends that sum to StatsD', async () => {
    await until(() => printed.includes('cluster.servers:3|g cluster.channels:0|g cluster.bridges:0|g'));
    expect(printed).toContain('cluster.channels.created:1556|g');
  });

  it('shows that a killed server is gone with all that it had, and that it is back under a new epoch', async () => {
    const before = await stateOf('oslo');
    process.kill(pidIn(before), 'SIGKILL');
    await page.locator('[data-server="oslo"][data-alive="false"]').waitFor();
    await shows(sumOf('servers alive'), 2);
    await shows(sumOf('channels so far'), 92 + 92 + 686);
    await page.getByText('oslo was lost').waitFor();

    await page.locator('[data-server="oslo"][data-alive="true"]').waitFor();
    await shows(figure('oslo', 'channels so far'), 686);
    const after = await stateOf('oslo');
    expect(epochIn(after)).not.toBe(epochIn(before));
    expect(pidIn(after)).not.toBe(pidIn(before));
  });

  it('can be used with a screen reader, and has nothing to complain of', async () => {
    expect(await seriousFindings(page)).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('leaves nothing behind', async () => {
    const states = await Promise.all(Object.keys(CHANNELS).map(stateOf));
    await page.close();
    cluster.kill('SIGTERM');
    const [code] = (await once(cluster, 'exit')) as [number | null];
    expect(code).toBe(0);
    expect(states.map(pidIn).filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
  });

  const figure = (server: string, name: string) => valueIn(`[data-server="${server}"] dl`, name);
  const sumOf = (name: string) => valueIn('#sum', name);
  /** The value beside a name. */
  const valueIn = (list: string, name: string) =>
    page.locator(`${list} > div`, { has: page.locator('dt', { hasText: new RegExp(`^${name}$`) }) }).locator('dd');
  const stateOf = async (server: string) =>
    (await page.locator(`[data-server="${server}"] .state`).textContent()) ?? '';
  const shows = async (value: ReturnType<Page['locator']>, expected: number) =>
    until(async () => (await value.textContent()) === expected.toLocaleString('en'));
});

const pidIn = (state: string): number => Number(/process (\d+)/.exec(state)?.[1]);
const epochIn = (state: string): string | undefined => /epoch (\w+)/.exec(state)?.[1];

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 60_000; !(await holds());) {
    if (Date.now() > deadline) throw new Error(`not within 60 s: ${String(holds)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
