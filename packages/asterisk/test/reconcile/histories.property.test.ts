import { subscribe } from '@stasis-rx/core';
import fc from 'fast-check';
import { VirtualTimeScheduler } from 'rxjs';
import type { AsteriskTopics } from '../../src/index.js';
import { ariEvent, bridgeJson, channelJson, endpointJson } from '../support/events.js';
import { followAsterisk, held, truth } from '../support/followed-asterisk.js';
import { MemoryAsterisk } from '../support/memory-asterisk.js';

/** What happens in Asterisk, to the channel, bridge, endpoint, playback or recording of a small number. */
const happening = fc.record({
  kind: fc.constantFrom(
    ...(['begin', 'begin', 'change', 'end', 'late'] as const).flatMap((step) => [`channel ${step}`] as const),
    ...(['begin', 'change', 'end', 'late'] as const).flatMap((step) => [`bridge ${step}`, `media ${step}`] as const),
    'endpoint change' as const,
    'endpoint end' as const,
  ),
  n: fc.nat(3),
});
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

const happenings = fc.array(happening, { maxLength: 8 });

/** Whether handlers are busy while it happens, so that events wait. */
const isBusy = fc.boolean();

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('heard' as const), happenings, isBusy }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('unheard' as const), happenings, isBusy }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restarted' as const), happenings, isBusy }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('raced' as const),
      /** These are heard first. */
      before: happenings,
      happenings,
      isBusy,
      /** How many have happened when it is listed, and how many are heard before the listing comes. */
      listedAfter: fc.nat(8),
      heardBefore: fc.nat(8),
      /** Whether a connection is lost first. */
      isCut: fc.boolean(),
      /** Whether it is lost before the listing has come; then what happens next is not heard. */
      isCutAgain: fc.boolean(),
    }),
  },
);

/** An Asterisk that does what is asked for, where that makes sense, and says it as Asterisk does. */
class History {
  readonly #asterisk: MemoryAsterisk;
  readonly #scheduler: VirtualTimeScheduler;
  /** The last channel, bridge and so on of each id, dead or alive. */
  readonly #last = new Map<string, object>();
  #count = 0;

  constructor(asterisk: MemoryAsterisk, scheduler: VirtualTimeScheduler) {
    this.#asterisk = asterisk;
    this.#scheduler = scheduler;
  }

  /** Applies it to the world. @returns the events that tell of it */
  apply({ kind, n }: Happening): object[] {
    this.#count++;
    this.#scheduler.frame++;
    const [what, how] = kind.split(' ') as [string, string];
    const events =
      what === 'channel'
        ? this.#channel(how, n)
        : what === 'bridge'
          ? this.#bridge(how, n)
          : what === 'media'
            ? this.#media(how, n)
            : this.#endpoint(how, n);
    for (const event of events) this.#asterisk.world.apply(event);
    return events;
  }

  restart(): void {
    this.#asterisk.world.clear();
  }

  #channel(how: string, n: number): object[] {
    const id = `c${n}`;
    const isAlive = this.#asterisk.world.channels.has(id);
    if (how === 'begin') {
      return isAlive ? [] : [this.#event('ChannelCreated', { channel: this.#make(id, channelJson(id, this.#made())) })];
    }
    const last = this.#last.get(id);
    if (last === undefined) return [];
    const channel = { ...last, state: `state ${this.#count}` };
    if (how === 'change') {
      return isAlive ? [this.#event('ChannelStateChange', { channel: this.#make(id, channel) })] : [];
    }
    if (how === 'end') return isAlive ? [this.#event('ChannelDestroyed', { channel: last })] : [];
    return isAlive
      ? []
      : [this.#event('ChannelDialplan', { channel: last }), this.#event('ChannelCallerId', { channel: last })];
  }

  #bridge(how: string, n: number): object[] {
    const id = `b${n}`;
    const isAlive = this.#asterisk.world.bridges.has(id);
    if (how === 'begin') {
      return isAlive ? [] : [this.#event('BridgeCreated', { bridge: this.#make(id, bridgeJson(id, this.#made())) })];
    }
    const last = this.#last.get(id);
    if (last === undefined) return [];
    const bridge = { ...last, channels: [`in ${this.#count}`] };
    const channel = channelJson('c0');
    if (how === 'change') {
      return isAlive ? [this.#event('ChannelEnteredBridge', { bridge: this.#make(id, bridge), channel })] : [];
    }
    if (how === 'end') return isAlive ? [this.#event('BridgeDestroyed', { bridge: last })] : [];
    return isAlive ? [] : [this.#event('ChannelLeftBridge', { bridge: last, channel })];
  }

  #media(how: string, n: number): object[] {
    // Each has an id of its own, as Asterisk gives them.
    const alive = [...this.#asterisk.world.playbacks.keys()];
    const id = alive[n] ?? alive[0];
    if (how === 'begin') {
      const playback = { id: `p${this.#count}`, target_uri: '', media_uri: 'sound:a' };
      const name = `r${this.#count}`;
      return [this.#event('PlaybackStarted', { playback }), this.#event('RecordingStarted', { recording: { name } })];
    }
    if (id === undefined) return [];
    const playback = { ...this.#asterisk.world.playbacks.get(id), media_uri: `sound:${this.#count}` };
    if (how === 'change') return [this.#event('PlaybackContinuing', { playback })];
    if (how === 'end') return [this.#event('PlaybackFinished', { playback })];
    const [name] = this.#asterisk.world.recordings.keys();
    return name === undefined ? [] : [this.#event('RecordingFailed', { recording: { name } })];
  }

  #endpoint(how: string, n: number): object[] {
    const resource = `e${n}`;
    if (how === 'end') {
      // No event tells of it.
      this.#asterisk.world.endpoints.delete(`PJSIP/${resource}`);
      return [];
    }
    const endpoint = endpointJson({ resource, state: `state ${this.#count}` });
    return [this.#event('PeerStatusChange', { endpoint, peer: {} })];
  }

  #make(id: string, thing: object): object {
    this.#last.set(id, thing);
    return thing;
  }

  /** Of two of one id, the second was made later. */
  #made(): object {
    return { creationtime: time(this.#scheduler.frame) };
  }

  #event(type: string, fields: object): object {
    return { ...ariEvent(type, fields), timestamp: time(this.#scheduler.frame) };
  }
}

/** A handler of all about channels, with room for one message, that can be made to take its time. */
class BusyHandler {
  #done: Promise<void> | undefined;
  #release: () => void = () => undefined;

  constructor({ channels }: AsteriskTopics) {
    subscribe(channels, () => this.#done, { highWater: 1, lowWater: 1 });
  }

  block(): void {
    this.#done = new Promise((resolve) => (this.#release = resolve));
  }

  release(): void {
    this.#release();
    this.#done = undefined;
  }
}

const BEGIN = Date.UTC(2026, 10, 22);
const time = (ms: number) => new Date(ms).toISOString().replace('Z', '+0000');

jest.setTimeout(120_000);

test('A1, A3: whatever happens, is heard late or not at all: caches, topics and the gauge are as in Asterisk', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const scheduler = new VirtualTimeScheduler();
      scheduler.frame = BEGIN;
      const asterisk = new MemoryAsterisk(scheduler);
      const history = new History(asterisk, scheduler);
      const followed = followAsterisk('http://pbx', {
        scheduler,
        pingIntervalMs: 0,
        WebSocket: asterisk.WebSocket,
        fetch: asterisk.fetch,
      });
      await asterisk.settle();
      const handler = new BusyHandler(followed.asterisk);
      try {
        for (const one of steps) {
          if (one.isBusy) handler.block();
          await play(one, asterisk, history, handler, () => followed.connection.reconcile());
          handler.release();
          await asterisk.settle();
          const { channels, bridges, topics, gauge, endpoints, playbacks, recordings } = truth(asterisk.world);
          expect(await held(followed)).toMatchObject({ channels, bridges, topics, gauge });

          // That an endpoint is gone no event tells, and a playback that began unheard is not listed.
          await Promise.all([followed.connection.reconcile(), asterisk.settle()]);
          const here = await held(followed);
          expect(here).toMatchObject({ channels, bridges, topics, gauge, endpoints });
          expect(playbacks).toEqual(expect.arrayContaining(here.playbacks));
          expect(recordings).toEqual(expect.arrayContaining(here.recordings));
        }
        expect(followed.errors).toEqual([]);
      } finally {
        followed.connection.close();
      }
    }),
    { numRuns: process.env.STASIS_RX_PROPERTY_RUNS === undefined ? 40 : 150 },
  );
});

async function play(
  one: typeof step extends fc.Arbitrary<infer T> ? T : never,
  asterisk: MemoryAsterisk,
  history: History,
  handler: BusyHandler,
  reconcile: () => Promise<unknown>,
): Promise<void> {
  if (one.do === 'heard') {
    for (const happening of one.happenings) history.apply(happening).forEach((event) => asterisk.send(event));
    return;
  }
  if (one.do !== 'raced') {
    asterisk.cut();
    if (one.do === 'restarted') history.restart();
    for (const happening of one.happenings) history.apply(happening);
    await asterisk.settle();
    asterisk.mend();
    await asterisk.settle();
    return;
  }
  for (const happening of one.before) history.apply(happening).forEach((event) => asterisk.send(event));
  if (one.isCut) asterisk.cut();
  const listed = one.happenings.slice(0, one.listedAfter).flatMap((happening) => history.apply(happening));
  const release = asterisk.holdListings();
  asterisk.mend();
  const reconciled = reconcile();
  await asterisk.settle();
  const events = [
    ...(one.isCut ? [] : listed),
    ...one.happenings.slice(one.listedAfter).flatMap((happening) => history.apply(happening)),
  ];
  events.slice(0, one.heardBefore).forEach((event) => asterisk.send(event));
  if (one.isCutAgain) asterisk.cut();
  release();
  await asterisk.settle();
  asterisk.mend();
  await asterisk.settle();
  // What was asked for by hand may wait behind events, and these for the handler.
  handler.release();
  await Promise.all([reconciled, asterisk.settle()]);
  if (!one.isCutAgain) events.slice(one.heardBefore).forEach((event) => asterisk.send(event));
  await asterisk.settle();
}
