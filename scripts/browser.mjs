import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { preview } from 'vite';

/** Nothing but what the tests ask for goes over the network, and it runs as root too, as in a container. */
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * What Playwright has to know to start the browser. `scripts/install-browser.sh` installs it; `CHROMIUM` in the
 * environment names another one.
 *
 * @returns {{ executablePath: string, args: string[] }}
 * @throws {Error} when it is not there
 */
export function launchOptions() {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) throw new Error(`no browser at ${executablePath}: run scripts/install-browser.sh`);
  return { executablePath, args: ARGUMENTS };
}

/**
 * Does some work in a Chromium of its own, without a window and with an empty profile; it is closed afterwards.
 *
 * @template Result
 * @param {(browser: import('playwright-core').BrowserContext) => Promise<Result>} work
 * @param {Parameters<typeof chromium.launchPersistentContext>[1]} [options] Playwright's: colour scheme, size of the page
 * @returns {Promise<Result>}
 */
export async function inBrowser(work, options = {}) {
  const profile = await mkdtemp(join(tmpdir(), 'stasis-rx-browser-'));
  try {
    const browser = await chromium.launchPersistentContext(profile, { ...launchOptions(), ...options });
    try {
      return await work(browser);
    } finally {
      await browser.close();
    }
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * Collects what goes wrong on a page from now on: errors and warnings on its console, and errors that nobody caught.
 *
 * @param {import('playwright-core').Page} page
 * @returns {readonly string[]} grows
 */
export function problemsOf(page) {
  /** @type {string[]} */
  const problems = [];
  page.on('console', (line) => {
    if (['error', 'warning'].includes(line.type())) problems.push(`console ${line.type()}: ${line.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.stack ?? error.message}`));
  return problems;
}

/**
 * Serves a folder on this machine while some work is done; paths without a file get its `index.html`.
 *
 * @template Result
 * @param {string} folder
 * @param {(url: string) => Promise<Result>} work gets the address, with a slash at its end
 * @returns {Promise<Result>}
 */
export async function whileServing(folder, work) {
  const server = await preview({
    configFile: false,
    logLevel: 'warn',
    build: { outDir: folder },
    preview: { host: '127.0.0.1', port: 0 },
  });
  try {
    return await work(server.resolvedUrls?.local[0] ?? '');
  } finally {
    await server.close();
  }
}
