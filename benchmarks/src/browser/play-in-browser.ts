import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { BrowserContext, Page } from 'playwright-core';
import { playAfresh, type Pace } from '../harness/play.js';
import { couriers } from '../latency/couriers.js';
import type { Latency, LatencyPace } from '../latency/measure-latency.js';
import type { BrowserReport, ScenarioReport } from '../report/report.js';
import { queuedAndSynchronous } from '../scenarios/queued-and-synchronous.js';
import type { BenchmarkPage } from './page.js';

const ROOT = new URL('../../../', import.meta.url);

/** The scripts are JavaScript: this is what is used of `scripts/browser.mjs`. */
interface BrowserScripts {
  readonly inBrowser: <T>(work: (browser: BrowserContext) => Promise<T>) => Promise<T>;
  readonly whileServing: <T>(folder: string, work: (url: string) => Promise<T>) => Promise<T>;
}

/** Whether there is a Chromium: `CHROMIUM` in the environment, else Debian's. */
export function hasBrowser(): boolean {
  return existsSync(process.env.CHROMIUM ?? '/usr/bin/chromium');
}

/** Called with what has been measured, as it comes. */
export interface BrowserProgress {
  readonly onScenario: (report: ScenarioReport) => void;
  readonly onLatency: (latency: Latency) => void;
}

/**
 * Plays the queued and the synchronous scenarios in Chromium, and measures latencies there, each start on a freshly loaded
 * page: what one of them makes the compiler assume would slow the next one down.
 */
export async function playInBrowser(
  pace: Pace,
  latencyPace: LatencyPace,
  { onScenario, onLatency }: BrowserProgress,
): Promise<BrowserReport> {
  const { inBrowser, whileServing } = (await import(new URL('scripts/browser.mjs', ROOT).href)) as BrowserScripts;
  const folder = mkdtempSync(join(tmpdir(), 'stasis-rx-benchmarks-'));
  try {
    await bundle(folder);
    return await whileServing(folder, (url) =>
      inBrowser(async (browser) => {
        const scenarios: ScenarioReport[] = [];
        for (const { name, title, detail, unit } of queuedAndSynchronous) {
          const report = {
            name,
            title,
            detail,
            unit,
            results: await playAfresh(pace, () =>
              onPage(browser, url, (page) =>
                page.evaluate(
                  ([played, measured]) => (globalThis as unknown as BenchmarkPage).playScenario(played, measured),
                  [name, pace] as const,
                ),
              ),
            ),
          };
          scenarios.push(report);
          onScenario(report);
        }
        const latencies: Latency[] = [];
        for (const { name } of couriers) {
          const latency = await onPage(browser, url, (page) =>
            page.evaluate(
              ([courier, measured]) => (globalThis as unknown as BenchmarkPage).measureCourier(courier, measured),
              [name, latencyPace] as const,
            ),
          );
          latencies.push(latency);
          onLatency(latency);
        }
        return { version: browser.browser()?.version() ?? 'unknown', scenarios, latencies };
      }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function bundle(folder: string): Promise<void> {
  cpSync(new URL('benchmarks/page', ROOT), folder, { recursive: true });
  await build({
    entryPoints: [fileURLToPath(new URL('page.js', import.meta.url))],
    outfile: join(folder, 'page.js'),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'error',
  });
}

async function onPage<Measured>(
  browser: BrowserContext,
  url: string,
  measure: (page: Page) => Promise<Measured>,
): Promise<Measured> {
  const page = await browser.newPage();
  try {
    await page.goto(url);
    await page.waitForFunction(() => 'playScenario' in globalThis);
    return await measure(page);
  } finally {
    await page.close();
  }
}
