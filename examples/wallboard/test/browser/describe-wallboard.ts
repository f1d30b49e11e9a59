import { AriServer } from '../../../../packages/asterisk/test/support/ari-server.js';
import { created, destroyed, stateChanged } from '../../../../packages/asterisk/test/support/events.js';
import { seriousFindings } from '../support/accessibility.js';
import { longestTaskDuring, openBoard, type BoardPage, type OpenOptions } from '../support/board-page.js';
import { startDevServer } from '../support/dev-server.js';
import { startBrowser, type BrowserHost } from '../../../../scripts/browser-host/browser-host.js';
import { totalsOf, type Totals } from '../support/recordings.js';

/** A wallboard as it is deployed. */
export interface WallboardBuild {
  /** Builds it. */
  build(): Promise<void>;
  /** Where that puts it. */
  readonly folder: string;
  /** The script of package.json that serves it while it is developed. */
  readonly devScript: string;
}

/** What every wallboard promises in a browser, whatever it is made with. */
export function describeWallboard(name: string, { build, folder, devScript }: WallboardBuild): void {
  describe(`the ${name} wallboard`, () => {
    let host: BrowserHost;
    let board: BoardPage | undefined;

    beforeAll(async () => {
      await build();
      host = await startBrowser(folder);
    }, 180_000);
    afterAll(() => host.close());
    afterEach(async () => {
      await board?.page.context().close();
      board = undefined;
    });

    const open = async (query = '', options?: OpenOptions) => {
      board = await openBoard(host.browser, host.pages + query, options);
      return board;
    };

    describePlayback(open);
    describeResponsiveness(open);
    describeLive(open);
    describeAccess(open);

    test('is served while it is developed, at the address that is printed', async () => {
      const server = await startDevServer(devScript);
      try {
        board = await openBoard(host.browser, `${server.address}?speed=full`);
        await board.reaches('finished');
        expect(await shownTotals(board)).toEqual(await totalsOf('calls-40'));
        expect(board.problems).toEqual([]);
      } finally {
        await server.close();
      }
    });
  });
}

type Open = (query?: string, options?: OpenOptions) => Promise<BoardPage>;

async function shownTotals({ count }: BoardPage): Promise<Totals> {
  const channels = await count('channels-created');
  const bridges = await count('bridges-created');
  return {
    channels,
    bridges,
    calls: await count('calls'),
    answered: await count('answered'),
    lost: await count('lost'),
  };
}

function describePlayback(open: Open): void {
  test('at full speed shows the totals of the recording in the end, and nothing is left', async () => {
    const board = await open();
    await board.reaches('ready');
    await board.press('Full speed');
    await board.press('Play');
    await board.reaches('finished');

    const totals = await totalsOf('calls-40');
    expect(totals.channels).toBe(92);
    expect(await shownTotals(board)).toEqual(totals);
    expect(await board.figure('channels-alive')).toBe('0');
    expect(await board.figure('bridges-alive')).toBe('0');
    expect(await board.page.getByRole('status').innerText()).toContain('92 channels, 0 of them left');
    expect(board.problems).toEqual([]);
  });

  test('played again begins from nothing', async () => {
    const board = await open('?recording=calls-300&speed=full');
    await board.reaches('finished');
    const totals = await totalsOf('calls-300');
    expect(await shownTotals(board)).toEqual(totals);

    await board.press('Play again');
    await board.reaches('playing');
    await board.reaches('finished');
    expect(await shownTotals(board)).toEqual(totals);
  });

  test('paused stands still, and goes on from there', async () => {
    const board = await open();
    await board.press('Play');
    await board.page.locator('[data-figure="channels-alive"]:not(:text-is("0"))').waitFor();
    await board.press('Pause');
    await board.reaches('paused');

    const before = await board.everything();
    await board.page.waitForTimeout(1500);
    expect(await board.everything()).toBe(before);
    expect(await board.count('channels-alive')).toBeGreaterThan(0);

    await board.press('Play');
    await board.press('Full speed');
    await board.reaches('finished');
    expect(await shownTotals(board)).toEqual(await totalsOf('calls-40'));
    expect(board.problems).toEqual([]);
  });

  test('takes its speed from the keyboard', async () => {
    const board = await open();
    const slider = board.page.getByRole('slider', { name: 'Speed' });
    await slider.focus();
    await slider.press('End');
    expect(await slider.inputValue()).toBe('100');
    await board.page.getByRole('button', { name: 'Play', exact: true }).focus();
    await board.page.keyboard.press('Enter');
    await board.reaches('finished');
    expect(await shownTotals(board)).toEqual(await totalsOf('calls-40'));
  });

  test('says what is wrong when a recording cannot be loaded', async () => {
    const board = await open('?recording=nowhere.jsonl');
    await board.reaches('failed');
    expect(await board.page.getByRole('region', { name: 'Problem' }).innerText()).toContain(
      'nowhere.jsonl is no recording',
    );
    await board.press('Try again');
    await board.reaches('failed');
    expect(board.problems).toEqual([]);
  });
}

function describeResponsiveness(open: Open): void {
  const eventsPerSecond = 5000;
  const limitMs = 100;

  test(`stays responsive at ${eventsPerSecond} events a second: no task of more than ${limitMs} ms`, async () => {
    const board = await open(`?load=${eventsPerSecond}`);
    await board.reaches('playing');
    await board.page.waitForFunction(busTakes, eventsPerSecond);
    const longest = await longestTaskDuring(board.page, limitMs, () => board.page.waitForTimeout(3000));
    expect(longest).toBeLessThanOrEqual(limitMs);

    // It answers, too.
    await board.press('Pause');
    await board.reaches('paused');
    expect(board.problems).toEqual([]);
  });

  test(`stays responsive at full speed: no task of more than ${limitMs} ms`, async () => {
    const board = await open('?recording=calls-300');
    await board.press('Full speed');
    const playAll = async () => {
      await board.page.getByRole('button', { name: /^Play/ }).click();
      await board.reaches('playing');
      await board.reaches('finished');
    };
    expect(await longestTaskDuring(board.page, limitMs, playAll)).toBeLessThanOrEqual(limitMs);
    expect(board.problems).toEqual([]);
  });
}

/** On the page: whether the bus has published so many messages in the last second. */
function busTakes(perSecond: number): boolean {
  const text = document.querySelector('[data-bus="messages-a-second"]')?.textContent ?? '';
  return Number(text.replaceAll(',', '')) >= perSecond;
}

function describeLive(open: Open): void {
  let asterisk: AriServer;
  beforeEach(async () => (asterisk = await AriServer.start()));
  afterEach(() => asterisk.close());
  const address = () => asterisk.url.replace('http:', 'ws:');

  test('follows a live Asterisk, and comes back to it', async () => {
    const board = await open(`?ari=${address()}&app=floor&api_key=ann:secret`);
    await board.reaches('live');
    expect(new URL(asterisk.requests[0] ?? '', asterisk.url).searchParams.get('api_key')).toBe('ann:secret');

    asterisk.send(created('1.1'));
    asterisk.send(stateChanged('1.1', 'Ringing'));
    await board.page.getByRole('row', { name: /Ringing Ann/ }).waitFor();
    asterisk.send(destroyed('1.1'));
    await board.page.getByText('None at the moment.').first().waitFor();
    expect(await board.figure('channels-created')).toBe('1');

    expect(board.problems).toEqual([]);

    asterisk.refuseWith = 503;
    asterisk.drop();
    await board.reaches('waiting');
    asterisk.refuseWith = undefined;
    await board.reaches('live');
    // The browser itself writes down the attempts that failed; there is nothing else.
    expect(board.problems.filter((line) => !line.startsWith('error: WebSocket connection to'))).toEqual([]);
  });

  test('asks for the login, and keeps it nowhere', async () => {
    const board = await open(`?ari=${address()}`);
    await board.reaches('login');
    await board.page.getByLabel('Application').fill('floor');
    await board.page.getByLabel('User').fill('ann');
    await board.page.getByLabel('Password').fill('secret');
    await board.press('Connect');
    await board.reaches('live');

    const query = new URL(asterisk.requests[0] ?? '', asterisk.url).searchParams;
    expect([query.get('app'), query.get('api_key')]).toEqual(['floor', 'ann:secret']);
    const kept = () => JSON.stringify([localStorage, sessionStorage]) + location.href + document.cookie;
    expect(await board.page.evaluate(kept)).not.toContain('secret');
    expect(board.problems).toEqual([]);
  });

  test('takes a login out of the address', async () => {
    const board = await open(`?ari=${address()}&app=floor&api_key=ann:secret`);
    await board.reaches('live');
    expect(board.page.url()).not.toContain('secret');
    expect(board.page.url()).toContain('app=floor');
  });

  test('says so when nobody answers, and asks for another login', async () => {
    asterisk.refuseWith = 401;
    const board = await open(`?ari=${address()}&app=floor&api_key=ann:wrong`);
    await board.reaches('waiting');
    expect(await board.page.getByRole('region', { name: 'Problem' }).innerText()).toContain('Cannot reach');
    expect(await board.page.getByRole('status').innerText()).toBe('Asterisk cannot be reached.');
    expect(await board.everything()).not.toContain('wrong');
    await board.page.getByLabel('Password').waitFor();
    expect(await board.page.getByLabel('Application').inputValue()).toBe('floor');
  });
}

function describeAccess(open: Open): void {
  const states: readonly [string, string, (board: BoardPage) => Promise<void>][] = [
    ['ready', '', (board) => board.reaches('ready')],
    ['paused', '', pauseInTheMiddle],
    ['finished', '?speed=full', (board) => board.reaches('finished')],
    ['failed', '?recording=nowhere.jsonl', (board) => board.reaches('failed')],
    ['asking for a login', '?ari=ws://127.0.0.1:8088', (board) => board.reaches('login')],
  ];

  describe.each(['light', 'dark'] as const)('in its %s theme', (colorScheme) => {
    test.each(states)('has no serious finding of axe-core when it is %s', async (_state, query, arrive) => {
      const board = await open(query, { colorScheme });
      await arrive(board);
      expect(await seriousFindings(board.page)).toEqual([]);
    });
  });

  test('shows the other theme when asked to, also the next time', async () => {
    const board = await open('', { colorScheme: 'light' });
    const background = () => board.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await board.press('Dark theme');
    const dark = await background();
    expect(dark).not.toBe(light);
    await board.page.reload();
    await board.reaches('ready');
    expect(await background()).toBe(dark);
    expect(await seriousFindings(board.page)).toEqual([]);
  });

  test('opens another recording by the keys alone, and not while one goes through them', async () => {
    const board = await open('');
    await board.reaches('ready');
    const before = board.page.url();
    const choice = board.page.getByRole('combobox', { name: 'Recording' });
    await choice.focus();
    await board.page.keyboard.press('ArrowDown');
    expect(await choice.inputValue()).toBe('calls-300');
    expect(board.page.url()).toBe(before);
    await board.page.keyboard.press('Tab');
    await board.page.keyboard.press('Enter');
    await board.page.waitForURL(/\?recording=calls-300$/);
    await board.reaches('ready');
    expect(board.problems).toEqual([]);
  });

  test('cuts nothing off in its tables on the narrowest screen, and is not wider than that', async () => {
    const board = await open('?recording=calls-300');
    await board.page.setViewportSize({ width: 360, height: 740 });
    await pauseInTheMiddle(board);
    const cutOff = () =>
      [...document.querySelectorAll<HTMLElement>('th, td, .state')]
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
        .map(({ innerText }) => innerText);
    expect(await board.page.evaluate(cutOff)).toEqual([]);
    expect(await board.page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });

  test('moves nothing for those who asked for that', async () => {
    const board = await open('', { reducedMotion: 'reduce' });
    await pauseInTheMiddle(board);
    const running = () => document.getAnimations().length;
    expect(await board.page.evaluate(running)).toBe(0);
  });
}

async function pauseInTheMiddle(board: BoardPage): Promise<void> {
  await board.press('Play');
  await board.page
    .getByRole('row', { name: /Ringing/ })
    .first()
    .waitFor();
  await board.press('Pause');
  await board.reaches('paused');
}
