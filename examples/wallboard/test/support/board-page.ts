import type { Browser, Page } from 'playwright-core';

/** A wallboard in a browser, as its reader and its user see it. */
export interface BoardPage {
  readonly page: Page;
  /** What went wrong on the page: errors and warnings on its console, and errors that nobody caught. */
  readonly problems: readonly string[];
  /** Waits until the source is in that phase. */
  reaches(phase: string): Promise<void>;
  press(button: string): Promise<void>;
  /** The text of a figure. */
  figure(name: string): Promise<string>;
  /** A figure as a number. */
  count(name: string): Promise<number>;
  /** Everything that the board shows, as one text. */
  everything(): Promise<string>;
}

/** How a page is opened. */
export interface OpenOptions {
  readonly colorScheme?: 'light' | 'dark';
  readonly reducedMotion?: 'reduce';
}

/** Opens a page in a profile of its own. */
export async function openBoard(browser: Browser, url: string, options: OpenOptions = {}): Promise<BoardPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, ...options });
  const page = await context.newPage();
  const problems = problemsOf(page);
  await page.addInitScript(watchLongTasks);
  await page.goto(url);
  const figure = (name: string) => page.locator(`[data-figure="${name}"]`).innerText();
  return {
    page,
    problems,
    reaches: (phase) => page.locator(`[data-phase="${phase}"]`).waitFor(),
    press: (button) => page.getByRole('button', { name: button, exact: true }).click(),
    figure,
    count: async (name) => Number((await figure(name)).replaceAll(',', '')),
    everything: () => page.locator('main').innerText(),
  };
}

function problemsOf(page: Page): readonly string[] {
  const problems: string[] = [];
  page.on('console', (line) => {
    if (['error', 'warning'].includes(line.type())) problems.push(`${line.type()}: ${line.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  return problems;
}

declare global {
  interface Window {
    /** Tasks of more than 50 ms, as the browser reports them: when they began and how long they took. */
    longTasks: { readonly startTime: number; readonly duration: number }[];
  }
}

function watchLongTasks(): void {
  window.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) window.longTasks.push({ startTime, duration });
  }).observe({ type: 'longtask', buffered: true });
}

/**
 * How long the longest task took while something was going on, in milliseconds; 0 where none took more than 50. The best of
 * up to five times: on a busy machine the browser itself may have to wait for the processor, and that counts, too. A page
 * that is slow is slow each time.
 */
export async function longestTaskDuring(page: Page, limitMs: number, goOn: () => Promise<void>): Promise<number> {
  let best = Infinity;
  for (let time = 0; time < 5 && best > limitMs; time++) {
    const since = await page.evaluate(() => performance.now());
    await goOn();
    best = Math.min(best, await longestTask(page, since));
  }
  return best;
}

function longestTask(page: Page, since: number): Promise<number> {
  return page.evaluate(
    (moment) =>
      Math.max(0, ...window.longTasks.filter((task) => task.startTime >= moment).map((task) => task.duration)),
    since,
  );
}
