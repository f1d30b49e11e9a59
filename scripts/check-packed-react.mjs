// A fresh React application that installs the packed packages: tsc checks it, Vite builds it, and a browser runs it, once as
// it is published and once in development mode, where StrictMode mounts everything twice. First on the newest React, then on
// the lowest one of the peer range.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inBrowser, problemsOf, whileServing } from './browser.mjs';
import { inTemporaryFolder, npm, packPackages, root, runNode } from './packages.mjs';

/** The types of React 18, which come in packages of their own: the newest, those of 18.0 do not compile by themselves. */
const LOWEST_TYPES = ['@types/react@18.3.32', '@types/react-dom@18.3.7'];

await inTemporaryFolder('stasis-rx-react', async (folder) => {
  step('install the tarballs, with React and Vite from the registry');
  cpSync(join(root, 'scripts', 'packed-react'), folder, { recursive: true });
  const tarballs = join(folder, 'tarballs');
  mkdirSync(tarballs);
  const packed = packPackages(tarballs, ['@stasis-rx/core', '@stasis-rx/react', '@stasis-rx/inspector']).map(
    ({ tarball }) => tarball,
  );
  install(packed, folder);
  await tryReact(dependenciesOf(folder).react, folder);

  const lowest = dependenciesOf(join(root, 'compat', 'react-18'));
  step(`install React ${lowest.react} instead`);
  install([...Object.entries(lowest).map(([name, version]) => `${name}@${version}`), ...LOWEST_TYPES], folder);
  await tryReact(lowest.react, folder);
});

/**
 * @param {string[]} packages
 * @param {string} folder
 */
function install(packages, folder) {
  npm(
    ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline', '--save-exact', ...packages],
    folder,
  );
}

/**
 * @param {string} folder
 * @returns {Record<string, string>}
 */
function dependenciesOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).dependencies;
}

/**
 * @param {string | undefined} version the React that the application is to run on
 * @param {string} folder
 */
async function tryReact(version = 'of some version', folder) {
  step('type-check it');
  runNode([join('node_modules', 'typescript', 'bin', 'tsc')], folder);
  for (const mode of ['production', 'development']) {
    step(`React ${version}: build it for ${mode}, and run it in a browser`);
    build(folder, mode);
    assertPageApart(join(folder, 'dist'));
    await whileServing(join(folder, 'dist'), (url) => inBrowser((browser) => tryApplication(browser, url, version)));
  }
}

/**
 * @param {string} folder
 * @param {string} mode
 */
function build(folder, mode) {
  process.env.NODE_ENV = mode; // which React is built in depends on it
  runNode([join('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn', '--mode', mode], folder);
}

/**
 * @param {import('playwright-core').BrowserContext} browser
 * @param {string} url
 * @param {string} version
 */
async function tryApplication(browser, url, version) {
  const page = await browser.newPage();
  const problems = problemsOf(page);
  /** @param {Record<string, string>} texts by selector */
  const shows = async (texts) => {
    for (const [selector, text] of Object.entries(texts)) {
      const element = page.locator(selector).filter({ hasText: new RegExp(`^${text}$`) });
      await element.waitFor({ timeout: 10_000 });
    }
  };
  await page.goto(url);
  await shows({
    h1: 'packed',
    '#react': `${version}(-.+)?`,
    '#count': '0',
    '#latest': 'none',
    '#seven': 'none',
    '#subscriptions': '3',
  });

  await page.click('#publish');
  await shows({ '#count': '3', '#latest': '7', '#messages': '8 7', '#seven': 'Up' });
  await shows({ 'li:nth-child(1)': '7: Up', 'li:nth-child(2)': '8: Ring' });

  await page.click('#toggle');
  await shows({ '#subscriptions': '0' });
  await page.click('#toggle');
  await shows({ '#count': '0', '#latest': 'none', '#seven': 'Up', '#subscriptions': '3' });

  await page.click('#inspect');
  await page.frameLocator('iframe').getByText('packed').first().waitFor({ timeout: 10_000 });
  assert.deepEqual(problems, []);
}

/**
 * The inspector's page is loaded when it is opened, and is no part of what the application begins with.
 *
 * @param {string} dist
 */
function assertPageApart(dist) {
  const [, first = ''] = /src="\/?([^"]+\.js)"/.exec(readFileSync(join(dist, 'index.html'), 'utf8')) ?? [];
  const scripts = readdirSync(join(dist, 'assets')).filter((file) => file.endsWith('.js'));
  const hasPage = scripts.filter((file) =>
    readFileSync(join(dist, 'assets', file), 'utf8').includes('Stasis inspector'),
  );
  assert.equal(hasPage.length, 1);
  assert.ok(!first.endsWith(hasPage[0] ?? ''), `${first} has the page of the inspector in it`);
}

/** @param {string} what */
function step(what) {
  console.log(`- ${what}`);
}
