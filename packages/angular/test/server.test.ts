import type { ApplicationRef } from '@angular/core';
import { subscribe } from '@stasis-rx/core';
import type * as calls from './support/calls.js';
import type * as serverApp from './support/server-app.js';

/** The page's application, on a server or in a browser. */
type Program = typeof serverApp & typeof calls;

const PAGE = '<!doctype html><html><head><title>Calls</title></head><body><app-root></app-root></body></html>';

/** Loads Angular anew, and the application with it: a server and a browser are two programs. */
async function startProgram<Result>(run: (program: Program) => Promise<Result>): Promise<Result> {
  let result: Result | undefined;
  await jest.isolateModulesAsync(async () => {
    await import('@angular/compiler');
    result = await run({ ...(await import('./support/server-app.js')), ...(await import('./support/calls.js')) });
  });
  return result as Result;
}

function renderPage() {
  return startProgram(({ render, CallAnswered, Channel }) =>
    render(PAGE, ({ calls, channelTopic }) => {
      calls.publish(CallAnswered({ agent: 'ann' }));
      channelTopic.publish(Channel({ id: '1', state: 'Up' }));
      channelTopic.publish(Channel({ id: '2', state: 'Ring' }));
    }),
  );
}

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
  const { html } = await startProgram(({ render, CallAnswered }) =>
    render(PAGE, ({ calls }) => {
      subscribe(calls, () => new Promise(() => {}));
      calls.publish(CallAnswered({ agent: 'ann' }));
    }),
  );
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
  await startProgram(async ({ hydrate, CallAnswered, Channel }) => {
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
  });
  expect(spies.flatMap((spy) => spy.mock.calls)).toEqual([]);
});
