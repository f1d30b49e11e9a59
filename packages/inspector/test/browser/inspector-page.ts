import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** The inspector's page in a browser. */
export interface InspectorPage {
  readonly page: Page;
  /** What went wrong: errors and warnings on its console, and errors that nobody caught. */
  readonly problems: readonly string[];
  /** Shows a view. */
  show(view: string): Promise<void>;
  /** A figure, as it is shown. */
  figure(name: string, within?: string): Promise<string>;
  close(): Promise<void>;
}

/** Opens it, and waits until it is connected. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<InspectorPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (line) => {
    if (['error', 'warning'].includes(line.type())) problems.push(`${line.type()}: ${line.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  await page.goto(url);
  await page.locator('[data-phase="live"]').waitFor();
  return {
    page,
    problems,
    show: (view) => page.locator(`#tab-${view}`).click(),
    figure: (name, within = 'body') => page.locator(`${within} [data-figure="${name}"]`).first().innerText(),
    close: () => context.close(),
  };
}

/** All findings of axe-core, in words. */
export async function findingsOf(page: Page): Promise<string[]> {
  // The page lets no script in that is not its own; the browser does.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

/** How many frames a second the page draws while something goes on, and how long the longest of them took, in ms. */
export async function framesDuring(
  page: Page,
  goOn: () => Promise<void>,
): Promise<{ perSecond: number; longestMs: number }> {
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { frameTimes: times });
    const draw = (now: number): void => {
      times.push(now);
      if (times.length < 100_000) requestAnimationFrame(draw);
    };
    requestAnimationFrame(draw);
  });
  await goOn();
  return page.evaluate(() => {
    const times = (window as unknown as { frameTimes: number[] }).frameTimes;
    const gaps = times.slice(1).map((time, index) => time - times[index]!);
    const seconds = (times.at(-1)! - times[0]!) / 1000;
    return { perSecond: gaps.length / seconds, longestMs: Math.max(...gaps) };
  });
}
