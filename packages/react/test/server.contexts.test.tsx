/**
 * Pages of several requests, rendered at once: a file of its own, for React does not have two renderers in one.
 *
 * @jest-environment node
 */
import { createBus, subscribe, type Bus } from '@stasis-rx/core';
import { AsyncLocalStorage } from 'node:async_hooks';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Suspense, type ReactElement } from 'react';
import { renderToPipeableStream } from 'react-dom/server.node';
import { BusProvider, useBus } from '../src/index.js';
import { Call, call } from './support/calls.js';

const request = new AsyncLocalStorage<string>();

/** A message that was handled: on the page of which request, published by whom, and in which contexts. */
interface Handled {
  readonly page: string | undefined;
  readonly publisher: string;
  readonly contexts: readonly (string | undefined)[];
}

const nextTask = () => new Promise((resolve) => setImmediate(resolve));

/** Something that is loaded for a page: when it has begun and when it is there, that is published. */
function loading() {
  let isDone = false;
  let finish: () => void = () => undefined;
  const done = new Promise<void>((resolve) => (finish = resolve)).then(() => void (isDone = true));
  function Load(): ReactElement {
    const user = String(request.getStore());
    const calls = useBus().topic('calls');
    calls.publish(call(user, isDone ? 'done' : 'begun'));
    if (!isDone) throw done as unknown as Error; // how React 18 suspends, and 19 still does
    return <b>{user}</b>;
  }
  return { Load, finish };
}

/** Renders a page for each user, in the context of the user's request. All are begun before the first is done. */
async function renderPages(users: readonly string[], makeProvider: () => (content: ReactElement) => ReactElement) {
  const handled: Handled[] = [];
  const buses = new Set<Bus>();

  /** Handles what is published on the bus of the page. */
  function Model(): null {
    const page = request.getStore();
    const bus = useBus();
    buses.add(bus);
    subscribe(
      bus.topic('calls'),
      async ({ data: { id: publisher } }) => {
        const before = request.getStore();
        await nextTask();
        handled.push({ page, publisher, contexts: [before, request.getStore()] });
      },
      { accept: [Call] },
    );
    return null;
  }

  const provide = makeProvider();
  const loads = users.map(loading);
  const pages = users.map((user, index) =>
    request.run(user, () => {
      const { Load } = loads[index]!;
      const content = (
        <>
          <Model />
          <Suspense fallback="wait">
            <Load />
          </Suspense>
        </>
      );
      return text(renderToPipeableStream(provide(content)).pipe(new PassThrough()));
    }),
  );
  await nextTask();
  request.run('upstream', () => {
    for (const bus of buses) bus.topic('calls').publish(call('upstream', 'up'));
  });
  for (const { finish } of loads.reverse()) finish(); // the last one first
  const texts = await Promise.all(pages);
  await Promise.all([...buses].map((bus) => bus.settled()));
  return { handled, buses, shown: texts.map((html) => /<b>(.*)<\/b>/.exec(html)?.[1]) };
}

it('K1: a bus for each page handles in the context of its own request whatever is published, by whomever', async () => {
  const { handled, buses, shown } = await renderPages(['ann', 'bob'], () => (content) => (
    <BusProvider options={{ name: 'of a page' }}>{content}</BusProvider>
  ));

  expect([shown, buses.size]).toEqual([['ann', 'bob'], 2]);
  for (const user of ['ann', 'bob']) {
    const ofPage = handled.filter(({ page }) => page === user);
    expect(ofPage.map(({ publisher }) => publisher)).toEqual([user, 'upstream', user]);
    expect(new Set(ofPage.flatMap(({ contexts }) => contexts))).toEqual(new Set([user]));
  }
});

it('K1: a bus of all pages handles each message in the context of its publisher', async () => {
  const { handled, buses, shown } = await renderPages(['ann', 'bob'], () => {
    const bus = request.run('server', () => createBus({ context: 'publisher' }));
    return (content) => <BusProvider bus={bus}>{content}</BusProvider>;
  });

  expect([shown, buses.size]).toEqual([['ann', 'bob'], 1]);
  for (const user of ['ann', 'bob', 'upstream']) {
    const byUser = handled.filter(({ publisher }) => publisher === user);
    expect(new Set(byUser.map(({ page }) => page))).toEqual(new Set(['ann', 'bob']));
    expect(new Set(byUser.flatMap(({ contexts }) => contexts))).toEqual(new Set([user]));
  }
});
