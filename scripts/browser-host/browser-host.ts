import { execFile, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';

/** A browser, and a server for what it shows. */
export interface BrowserHost {
  readonly browser: Browser;
  /** Where the folder is served, with a slash at its end. */
  readonly pages: string;
  close(): Promise<void>;
}

/** Serves a folder, and starts a browser. @throws Error when there is no browser: it says how to get one */
export async function startBrowser(folder: string): Promise<BrowserHost> {
  const host = fork(resolve(__dirname, 'browser-process.mjs'), [folder], {
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  });
  const addresses = await addressesFrom(host);
  const browser = await chromium.connect(addresses.browser);
  return {
    browser,
    pages: addresses.pages,
    close: async () => {
      await browser.close();
      const ended = once(host, 'exit');
      host.disconnect();
      await ended;
    },
  };
}

/** Builds a page of a test, serves it, and starts a browser. @param source the folder with its `index.html` */
export async function startBrowserWithPage(source: string): Promise<BrowserHost> {
  const folder = mkdtempSync(join(tmpdir(), 'stasis-rx-page-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    // As it is deployed: jest's own NODE_ENV would make it a development build.
    const env = { ...process.env, NODE_ENV: 'production' };
    await promisify(execFile)(process.execPath, [resolve(__dirname, 'build-page.mjs'), source, folder], { env });
    const host = await startBrowser(folder);
    return { ...host, close: () => host.close().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

interface Addresses {
  readonly pages: string;
  readonly browser: string;
}

async function addressesFrom(host: ChildProcess): Promise<Addresses> {
  let complaint = '';
  host.stderr?.on('data', (text) => (complaint += String(text)));
  const told = once(host, 'message') as Promise<[Addresses]>;
  const ended = once(host, 'exit').then(() => {
    throw new Error(`the browser could not be started: ${complaint}`);
  });
  ended.catch(() => undefined);
  const [addresses] = await Promise.race([told, ended]);
  return addresses;
}
