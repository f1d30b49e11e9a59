/**
 * Rendered on a server, which has no document, and hydrated in a browser.
 *
 * @jest-environment node
 */
import { createBus, createCache, createCachingTopic, subscribe } from '@stasis-rx/core';
import type { Bus, Cache, Topic } from '@stasis-rx/core';
import type { act as Act } from '@testing-library/react';
import { JSDOM } from 'jsdom';
import { StrictMode, type ReactElement } from 'react';
import type { hydrateRoot as HydrateRoot } from 'react-dom/client';
import { renderToString } from 'react-dom/server';
import { BusProvider, useBus, useBusStatistics, useCacheEntries, useCached, useLatest } from '../src/index.js';
import { useMessages, useTopic } from '../src/index.js';
import { Call, call } from './support/calls.js';
import { subscribersOf } from './support/numbers.js';

interface PageProps {
  readonly calls: Topic;
  readonly cache: Cache;
  /** What the server had in its cache, sent along with the page. */
  readonly sent?: readonly ReturnType<typeof call>[] | undefined;
}

/** Every hook on one page. */
function Page({ calls, cache, sent }: PageProps): ReactElement {
  const bus = useBus();
  useTopic(calls, () => undefined);
  const first = useCached(cache, Call, '1', { serverSnapshot: sent?.[0] });
  const entries = useCacheEntries(cache, Call, { serverSnapshot: sent });
  const latest = useLatest(calls, Call);
  const messages = useMessages(calls, { accept: [Call] });
  const { topics } = useBusStatistics();
  const lines = {
    bus: bus.name,
    first: first?.data.state,
    entries: entries.map(({ data }) => data.state).join(','),
    latest: latest?.data.state,
    messages: messages.length,
    topics: topics.length,
  };
  return <pre>{Object.entries(lines).map(([name, value]) => `${name}: ${value ?? 'none'}\n`)}</pre>;
}

/** A bus with a filled cache, on one side of the network. */
function side(...states: string[]) {
  const bus = createBus({ name: 'calls' });
  const calls = bus.topic('calls');
  const cache = createCache({ id: (message) => (Call.is(message) ? message.data.id : undefined) });
  createCachingTopic(calls, cache);
  states.forEach((state, index) => calls.publish(call(String(index + 1), state)));
  const page = (sent?: PageProps['sent']): ReactElement => (
    <StrictMode>
      <BusProvider bus={bus}>
        <Page calls={calls} cache={cache} sent={sent} />
      </BusProvider>
    </StrictMode>
  );
  return { bus, calls, cache, page };
}

const textOf = (html: string): string[] =>
  html
    .replace(/<[^>]*>/g, '')
    .trim()
    .split('\n');

const ONLY_CALLS = { accept: [Call] } as const;
const EMPTY = ['bus: calls', 'first: none', 'entries: ', 'latest: none', 'messages: 0', 'topics: 0'];

describe('on a server', () => {
  it('renders every hook without what changes, subscribes to nothing and waits for nothing', async () => {
    const { bus, page } = side('ring', 'up');
    const before = subscribersOf(bus);
    const html = renderToString(page());

    expect(textOf(html)).toEqual(EMPTY);
    expect([subscribersOf(bus), bus.statistics().subscriptions.length]).toEqual([before, 0]);
    await bus.close();
  });

  it('renders what the page says that the server has', () => {
    const { cache, page } = side('ring', 'up');
    const html = renderToString(page(cache.dump(Call)));

    expect(textOf(html)).toEqual(['bus: calls', 'first: ring', 'entries: ring,up', ...EMPTY.slice(3)]);
  });
});

describe('a bus that its provider makes, on a server', () => {
  /** A page with a held bus, of whose rendering the bus is left. */
  function renderHeld(subscribeTo: (calls: Topic) => unknown) {
    const buses: Bus[] = [];
    function Publishes(): ReactElement {
      const bus = useBus();
      buses.push(bus);
      const calls = bus.topic('calls');
      subscribeTo(calls);
      calls.publish(call('1', 'up'));
      return <p>{useLatest(calls, Call)?.data.state ?? 'none'}</p>;
    }
    const html = renderToString(
      <BusProvider options={{ held: true }}>
        <Publishes />
      </BusProvider>,
    );
    return { html, bus: buses[0]! };
  }

  it('H1: is one for each rendering, and stays held: what is published there is handled by nobody', async () => {
    const seen: unknown[] = [];
    const pages = [1, 2].map(() => renderHeld((calls) => subscribe(calls, ({ data }) => seen.push(data), ONLY_CALLS)));
    await Promise.all(pages.map(({ bus }) => bus.settled()));

    expect(pages.map(({ html, bus: { isHeld } }) => [html, isHeld])).toEqual([
      ['<p>none</p>', true],
      ['<p>none</p>', true],
    ]);
    expect(pages[0]?.bus).not.toBe(pages[1]?.bus);
    expect(seen).toEqual([]);
  });

  it('H1: delivers what was kept to those who have subscribed there, when it is closed', async () => {
    const seen: unknown[] = [];
    const { bus } = renderHeld((calls) => subscribe(calls, ({ data }) => seen.push(data.state), ONLY_CALLS));
    await bus.close();

    expect([seen, bus.topics()]).toEqual([['up'], []]);
  });
});

describe('in a browser', () => {
  let container: HTMLElement;
  let hydrateRoot: typeof HydrateRoot;
  let act: typeof Act; // not React's own, which React 18.0 does not have

  beforeAll(async () => {
    const { window } = new JSDOM('<main></main>');
    const { document, navigator } = window;
    Object.assign(globalThis, { window, document, navigator, IS_REACT_ACT_ENVIRONMENT: true });
    // What React finds on loading decides what it takes its surroundings for.
    ({ hydrateRoot } = await import('react-dom/client'));
    ({ act } = await import('@testing-library/react/pure.js'));
  });

  afterAll(() => {
    for (const name of ['window', 'document', 'navigator']) Reflect.deleteProperty(globalThis, name);
  });

  beforeEach(() => {
    container = document.querySelector('main') as HTMLElement;
  });

  /** Hydrates the server's text; what React has to recover from is collected. */
  async function hydrate(html: string, page: ReactElement) {
    container.innerHTML = html;
    const element = container.firstChild;
    const recovered: unknown[] = [];
    const root = await act(async () => hydrateRoot(container, page, { onRecoverableError: (e) => recovered.push(e) }));
    return { root, recovered, isKept: container.firstChild === element, text: () => textOf(container.innerHTML) };
  }

  it('hydrates without a mismatch, however much has come meanwhile, and then shows what there is', async () => {
    const { bus, calls, page } = side('up', 'held', 'ring');
    const { root, recovered, isKept, text } = await hydrate(renderOnServer(['ring', 'up']), page());

    expect([recovered, isKept]).toEqual([[], true]);
    expect(text().slice(0, 3)).toEqual(['bus: calls', 'first: up', 'entries: up,held,ring']);
    await act(async () => {
      calls.publish(call('1', 'held'));
      await bus.settled();
    });
    expect(text().slice(0, 5)).toEqual([
      'bus: calls',
      'first: held',
      'entries: held,held,ring',
      'latest: held',
      'messages: 1',
    ]);
    await act(async () => {
      root.unmount();
    });
    await bus.settled();
    expect(bus.statistics().subscriptions).toEqual([]);
  });

  it('hydrates what the server had, sent along, though the cache here is empty', async () => {
    const sent = [call('1', 'ring'), call('2', 'up')];
    const { page } = side();
    const { root, recovered, isKept, text } = await hydrate(renderOnServer(['ring', 'up'], sent), page(sent));

    expect([recovered, isKept]).toEqual([[], true]);
    expect(text().slice(0, 3)).toEqual(['bus: calls', 'first: none', 'entries: ']);
    await act(async () => {
      root.unmount();
    });
  });

  function renderOnServer(states: string[], sent?: PageProps['sent']): string {
    const { document } = globalThis;
    Reflect.deleteProperty(globalThis, 'document');
    try {
      return renderToString(side(...states).page(sent));
    } finally {
      Object.assign(globalThis, { document });
    }
  }
});
