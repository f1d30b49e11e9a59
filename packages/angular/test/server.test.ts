import type { ApplicationRef } from '@angular/core';
import { subscribe } from '@stasis-rx/core';
import type * as calls from './support/calls.js';
import type * as renderApp from './support/render-app.js';
import type * as serverApp from './support/server-app.js';

type Server = typeof renderApp & typeof calls;
type Browser = typeof serverApp & typeof calls;

const PAGE = '<!doctype html><html><head><title>Calls</title></head><body><app-root></app-root></body></html>';

let server: Server;

/** Loads Angular anew, and the application with it: a server and a browser are two programs, and `ng build` tells them so. */
async function load<Program>(ngServerMode: boolean, modules: () => Promise<Program>): Promise<Program & typeof calls> {
  Object.assign(globalThis, { ngServerMode });
  let program: (Program & typeof calls) | undefined;
  await jest.isolateModulesAsync(async () => {
    await import('@angular/compiler');
    program = { ...(await modules()), ...(await import('./support/calls.js')) };
  });
  return program as Program & typeof calls;
}

const loadBrowser = (): Promise<Browser> => load(false, () => import('./support/server-app.js'));

function renderPage() {
  const { render, CallAnswered, Channel } = server;
  return render(PAGE, ({ calls, channelTopic }) => {
    calls.publish(CallAnswered({ agent: 'ann' }));
    channelTopic.publish(Channel({ id: '1', state: 'Up' }));
    channelTopic.publish(Channel({ id: '2', state: 'Ring' }));
  });
}

beforeAll(async () => {
  server = await load(true, () => import('./support/render-app.js'));
});

beforeEach(() => {
  jest.spyOn(console, 'log').mockImplementation(() => undefined); // Angular says how it runs
});

const listOf = (html: string): string[] => [...html.matchAll(/<li[^>]*>(.*?)<\/li>/g)].map(([, text = '']) => text);

it('T2: renders on a server what was published by then, and is stable', async () => {
  const { html } = await renderPage();
  expect(html).toContain('<h1>ann</h1>');
  expect(html).toContain('<p>Up</p>');
  expect(html).toContain('<p>1 handled</p>');
  expect(listOf(html)).toEqual(['Up', 'Ring']);
});

it('T6: is rendered though a handler hangs', async () => {
  const { render, CallAnswered } = server;
  const { html } = await render(PAGE, ({ calls }) => {
    subscribe(calls, () => new Promise(() => {}));
    calls.publish(CallAnswered({ agent: 'ann' }));
  });
  expect(html).toContain('<h1>ann</h1>');
});

it('S4: closes the bus of a rendering when that is done', async () => {
  const { bus } = await renderPage();
  await new Promise((resolve) => setTimeout(resolve));
  expect(bus.topics()).toEqual([]);
  expect(bus.statistics().subscriptions).toEqual([]);
});

it('C3: is hydrated without a mismatch, and goes on', async () => {
  const { html } = await renderPage();
  const problems = ['error', 'warn'] as const;
  const spies = problems.map((level) => jest.spyOn(console, level).mockImplementation(() => undefined));
  document.documentElement.innerHTML = html.replace(/^.*?<html[^>]*>|<\/html>.*$/gs, '');
  const [heading, list] = [document.querySelector('h1'), document.querySelector('ul')];
  const { hydrate, CallAnswered, Channel } = await loadBrowser();
  const application: ApplicationRef = await hydrate();
  await application.whenStable();
  expect([document.querySelector('h1'), document.querySelector('ul')]).toEqual([heading, list]);
  expect(list?.textContent).toContain('Ring');

  const { calls, channelTopic, bus } = application.components[0]?.instance as serverApp.App;
  calls.publish(CallAnswered({ agent: 'bob' }));
  channelTopic.publish(Channel({ id: '2', state: 'Up' }));
  await bus.settled();
  await application.whenStable();
  expect(heading?.textContent).toBe('bob');
  expect(heading?.isConnected).toBe(true);
  expect(listOf(document.body.innerHTML)).toEqual(['Up', 'Up']);
  application.destroy();
  expect(spies.flatMap((spy) => spy.mock.calls)).toEqual([]);
});
