import type { ApplicationRef } from '@angular/core';
import { createBus, subscribe, type Bus } from '@stasis-rx/core';
import { AsyncLocalStorage } from 'node:async_hooks';
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

it('H1: renders what was published while the application was set up, on a bus that was held from the start', async () => {
  const { render, CallAnswered, Channel } = server;
  const now = jest.spyOn(performance, 'now').mockReturnValue(0); // drained at one stretch, however busy the machine is
  const { html, bus } = await render(PAGE, () => undefined, {
    bus: { held: true },
    begin(bus) {
      bus.topic('calls').publish(CallAnswered({ agent: 'ann' }));
      bus.topic('channel:all').publish(Channel({ id: '1', state: 'Up' }));
    },
  });
  expect(html).toContain('<h1>ann</h1>');
  expect(html).toContain('<p>1 handled</p>');
  expect(listOf(html)).toEqual(['Up']);
  expect(bus.isHeld).toBe(false);
  now.mockRestore();
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

describe('two requests at once', () => {
  const request = new AsyncLocalStorage<string>();
  /** Behind an await, zone.js goes on in the context of whoever had something to do first. */
  const hasZone = 'Zone' in globalThis;
  const nextTask = () => new Promise<void>((resolve) => void setTimeout(resolve));

  /** A message that was handled: on the page of which request, published by whom, and in which contexts. */
  interface Handled {
    readonly page: string;
    readonly publisher: string;
    readonly contexts: readonly (string | undefined)[];
  }

  /** Renders a page for each user, in the context of the user's request. All are begun before the first is done. */
  async function renderPages(users: readonly string[], bus?: Bus) {
    const { render, subscribeUntilDestroyed, CallAnswered } = server;
    const handled: Handled[] = [];
    const buses = new Set<Bus>();
    const loads = users.map(() => {
      let finish: () => void = () => undefined;
      return { done: new Promise<void>((resolve) => (finish = resolve)), finish: () => finish() };
    });
    const pages = users.map((page, index) =>
      request.run(page, () =>
        render(
          PAGE,
          async ({ calls, injector, bus }) => {
            buses.add(bus);
            const handler = async ({ data: { agent: publisher } }: { data: { agent: string } }): Promise<void> => {
              const before = request.getStore();
              await nextTask();
              handled.push({ page, publisher, contexts: [before, hasZone ? before : request.getStore()] });
            };
            subscribeUntilDestroyed(calls, handler, { accept: [CallAnswered], injector });
            const publish = (): void => {
              if (hasZone) request.run(page, () => calls.publish(CallAnswered({ agent: page })));
              else calls.publish(CallAnswered({ agent: page }));
            };
            publish();
            await loads[index]!.done;
            publish();
          },
          bus && { bus },
        ),
      ),
    );
    await nextTask();
    request.run('upstream', () => {
      for (const bus of buses) bus.topic('calls').publish(CallAnswered({ agent: 'upstream' }));
    });
    for (const { finish } of loads.reverse()) finish(); // the last one first
    await Promise.all(pages);
    await Promise.all([...buses].map((bus) => bus.settled()));
    return { handled, buses };
  }

  it('K1: handle in their own context whatever is published on the bus of their page, by whomever', async () => {
    const { handled, buses } = await renderPages(['ann', 'bob']);
    expect(buses.size).toBe(2);
    for (const user of ['ann', 'bob']) {
      const ofPage = handled.filter(({ page }) => page === user);
      expect(ofPage.map(({ publisher }) => publisher)).toEqual([user, 'upstream', user]);
      expect(new Set(ofPage.flatMap(({ contexts }) => contexts))).toEqual(new Set([user]));
    }
  });

  it('K1: handle each message on a bus of all pages in the context of its publisher', async () => {
    const bus = request.run('server', () => createBus({ context: 'publisher' }));
    const { handled, buses } = await renderPages(['ann', 'bob'], bus);
    expect(buses.size).toBe(1);
    for (const user of ['ann', 'bob', 'upstream']) {
      const byUser = handled.filter(({ publisher }) => publisher === user);
      expect(new Set(byUser.map(({ page }) => page))).toEqual(new Set(['ann', 'bob']));
      expect(new Set(byUser.flatMap(({ contexts }) => contexts))).toEqual(new Set([user]));
    }
  });
});

// The last one: from here on Angular takes this for a browser.
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
