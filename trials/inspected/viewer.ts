import { chromium, type LaunchOptions } from 'playwright-core';

/** Somebody who has the inspector's page open, in a browser of its own. */
export interface Viewer {
  /** Frames that the page has drawn. */
  frames(): Promise<number>;
  /** What went wrong on the page. */
  readonly problems: readonly string[];
  close(): Promise<void>;
}

/** The scripts are JavaScript: this is what is used of `scripts/browser.mjs`. */
interface BrowserScripts {
  readonly launchOptions: () => LaunchOptions;
}

/** As text, for what runs on the page must not need what a compiler adds. */
const COUNT_FRAMES = `
  window.drawn = 0;
  const draw = () => { window.drawn++; requestAnimationFrame(draw); };
  draw();
`;

/** Opens the page, and counts what it draws. */
export async function openViewer(url: string): Promise<Viewer> {
  const { launchOptions } = (await import(
    new URL('../../scripts/browser.mjs', import.meta.url).href
  )) as BrowserScripts;
  const browser = await chromium.launch(launchOptions());
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on('console', (line) => {
    if (['error', 'warning'].includes(line.type())) problems.push(line.text());
  });
  page.on('pageerror', ({ message }) => problems.push(message));
  await page.goto(url);
  await page.locator('[data-phase="live"]').waitFor();
  await page.evaluate(`{ ${COUNT_FRAMES} }`);
  return {
    frames: () => page.evaluate<number>('window.drawn'),
    problems,
    close: () => browser.close(),
  };
}
