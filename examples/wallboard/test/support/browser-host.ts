import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
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
