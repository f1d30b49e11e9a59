/** @jest-environment jsdom */
import { PROTOCOL, type Report, type Request } from '../../src/index.browser.js';
import { GREETING } from '../../src/panel/frame.js';
import { openPanel } from '../../src/panel/open-inspector.js';
import { Anything, bareShop, OrderPlaced } from '../support/orders.js';

/** A channel whose two ends hear each other at once: jsdom has none. */
class FakeChannel {
  readonly port1 = new FakePort();
  readonly port2 = new FakePort();

  constructor() {
    this.port1.other = this.port2;
    this.port2.other = this.port1;
  }
}

class FakePort {
  other: FakePort | undefined;
  onmessage: ((event: { data: unknown }) => void) | undefined;
  isClosed = false;

  postMessage(data: unknown): void {
    if (!this.isClosed) this.other?.onmessage?.({ data });
  }

  close(): void {
    this.isClosed = true;
  }
}

const turn = () => new Promise((resolve) => setTimeout(resolve));
const html = '<p>the page';
const load = () => Promise.resolve({ html });
const panel = () => document.querySelector<HTMLElement>('[role=region][aria-label=Inspector]');
const frame = () => panel()?.querySelector('iframe') ?? undefined;

beforeEach(() => Object.assign(globalThis, { MessageChannel: FakeChannel }));
afterEach(() => document.body.replaceChildren());

/** Has the frame load the page, which is greeted. */
async function greeted(): Promise<{ greeting: unknown; reports: Report[]; ask: (request: Request) => void }> {
  await turn();
  const reports: Report[] = [];
  let greeting: unknown;
  let port: FakePort | undefined;
  jest.spyOn(frame()!.contentWindow!, 'postMessage').mockImplementation(((
    data: unknown,
    _: string,
    [theirs]: [FakePort],
  ) => {
    greeting = data;
    port = theirs;
    theirs.onmessage = (event) => reports.push(JSON.parse(String(event.data)) as Report);
  }) as never);
  frame()!.dispatchEvent(new Event('load'));
  return { greeting, reports, ask: (request) => port?.postMessage(JSON.stringify(request)) };
}

describe('openInspector in a page', () => {
  test('shows the page in a frame that gets at nothing, and tells it of the bus over a channel', async () => {
    const { bus, orders } = bareShop();
    const opened = openPanel(bus, {}, load);
    orders.publish(OrderPlaced({ id: 1 })); // before the page is there
    const { greeting, reports, ask } = await greeted();
    expect([frame()!.srcdoc, frame()!.getAttribute('sandbox')]).toEqual([html, 'allow-scripts allow-downloads']);
    expect(greeting).toEqual({ is: GREETING, protocol: PROTOCOL });
    expect(reports).toMatchObject([
      { is: 'hello', isControllable: true },
      { is: 'snapshot', records: [{ is: 'published' }] },
    ]);
    ask({ is: 'message', id: 1, path: ['id'] });
    expect(reports.at(-1)).toMatchObject({ is: 'message', data: 1 });
    opened.close();
  });

  test('a page that is loaded anew begins anew', async () => {
    const opened = openPanel(bareShop().bus, { control: false }, load);
    await greeted();
    const { reports } = await greeted();
    expect(reports.map(({ is }) => is)).toEqual(['hello', 'snapshot']);
    opened.close();
  });

  test('close takes it away, records nothing more, gives the focus back, and may be called twice', async () => {
    const { bus, orders } = bareShop();
    const button = document.createElement('button');
    document.body.append(button);
    button.focus();
    const redact = jest.fn();
    const opened = openPanel(bus, { redact }, load);
    await greeted();
    panel()!.querySelector('button')!.focus();
    opened.close();
    opened.close();
    expect([opened.isOpen, panel(), document.activeElement]).toEqual([false, null, button]);
    orders.publish(Anything(1));
    expect(redact).not.toHaveBeenCalled();
  });

  test('is closed by its button, and by closing it before the page is there', async () => {
    const first = openPanel(bareShop().bus, {}, load);
    await turn();
    panel()!.querySelector<HTMLButtonElement>('button[aria-label="Close the inspector"]')!.click();
    expect([first.isOpen, panel()]).toEqual([false, null]);
    openPanel(bareShop().bus, {}, load).close();
    await turn();
    expect(panel()).toBeNull();
  });

  test('is made higher and lower with keyboard and pointer, within the page', async () => {
    const opened = openPanel(bareShop().bus, {}, load);
    await turn();
    const handle = panel()!.querySelector<HTMLElement>('[role=separator]')!;
    Object.defineProperty(panel(), 'offsetHeight', { get: () => parseInt(panel()!.style.height) });
    handle.setPointerCapture = () => undefined;
    const height = () => Number(handle.getAttribute('aria-valuenow'));
    const press = (key: string) => handle.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true }));
    expect([handle.tabIndex, height()]).toEqual([0, Math.round(innerHeight * 0.45)]);
    press('Home');
    expect(height()).toBe(120);
    press('ArrowDown');
    expect(height()).toBe(120);
    press('ArrowUp');
    expect([height(), panel()!.style.height]).toEqual([144, '144px']);
    press('End');
    expect(height()).toBe(innerHeight - 24);
    expect(press('Tab')).toBe(true);
    handle.dispatchEvent(new MouseEvent('pointerdown'));
    expect(frame()!.style.pointerEvents).toBe('none');
    handle.dispatchEvent(new MouseEvent('pointermove', { clientY: innerHeight - 300 }));
    expect(height()).toBe(300);
    handle.dispatchEvent(new Event('lostpointercapture'));
    handle.dispatchEvent(new MouseEvent('pointermove', { clientY: 0 }));
    expect([height(), frame()!.style.pointerEvents]).toEqual([300, '']);
    opened.close();
  });

  test('opens a window of its own, and is closed with it', async () => {
    const other = document.createElement('iframe');
    document.body.append(other);
    const opener = jest.spyOn(window, 'open').mockReturnValueOnce(other.contentWindow);
    const opened = openPanel(bareShop().bus, { in: 'window' }, load);
    await turn();
    const within = other.contentWindow!.document;
    expect([within.title, within.querySelector('iframe')?.srcdoc]).toEqual(['Inspector', html]);
    other.contentWindow!.dispatchEvent(new Event('pagehide'));
    expect([opened.isOpen, within.querySelector('iframe')]).toEqual([false, null]);
    opener.mockReturnValueOnce(null);
    expect(() => openPanel(bareShop().bus, { in: 'window' }, load)).toThrow(
      'the browser opened no window. Call it on a click.',
    );
    opener.mockRestore();
  });

  test('tells the bus when the page cannot be loaded', async () => {
    const { bus, errors } = bareShop();
    const opened = openPanel(bus, {}, () => Promise.reject(new Error('offline')));
    await turn();
    expect(errors).toMatchObject([{ code: 'NO_PAGE', cause: { message: 'offline' } }]);
    expect([opened.isOpen, panel()]).toEqual([false, null]);
  });

  test.each([
    [{ in: 'tab' }, "in to be 'panel' or 'window', got \"tab\" (string)"],
    [{ control: 1 }, 'control to be a boolean, got 1 (number)'],
    [{ limits: { depth: -1 } }, 'limits.depth to be an integer of at least 1, got -1 (number)'],
  ])('refuses %p', (options, message) => {
    expect(() => openPanel(bareShop().bus, options as never, load)).toThrow(
      `[inspector] openInspector(): expected ${message}.`,
    );
  });
});
