import {
  CacheClear,
  createBus,
  subscribe,
  type Cache,
  type CacheUpdateData,
  type Message,
  type Topic,
} from '@stasis-rx/core';
import { createMessageRouter } from '@stasis-rx/router';
import {
  BridgeSnapshot,
  ChannelSnapshot,
  createAsteriskTopics,
  EndpointSnapshot,
  publishAriEvent,
  type Bridge,
  type Channel,
  type ChannelSnapshotData,
} from '../../src/index.js';
import { readRecording } from '../../src/recordings/recording.js';
import { observedAsterisk } from '../support/asterisk.js';
import { ariEvent, bridgeJson, created, destroyed, endpointJson, stateChanged, varset } from '../support/events.js';
import { recording } from '../support/recordings.js';

const bridgeEvent = (type: string, id?: string, fields?: object) => ariEvent(type, { bridge: bridgeJson(id, fields) });
const endpointEvent = (fields?: object) => ariEvent('EndpointStateChange', { endpoint: endpointJson(fields) });

/** What a snapshot shows, for people: `Down`, `dead Up`; `none` where there is no snapshot. */
function shown(snapshot: Message | null | undefined): string {
  if (!ChannelSnapshot.is(snapshot)) return 'none';
  const { state, dead } = snapshot.data.new;
  return dead ? `dead ${state}` : state;
}

/** The changes that are published on a topic of cache updates: `Down -> Up`. */
function changesOn(updates: Topic<Message<CacheUpdateData>>): string[] {
  const changes: string[] = [];
  updates.subscribe(({ data }) => changes.push(`${shown(data.oldSnapshot)} -> ${shown(data.newSnapshot)}`));
  return changes;
}

describe('the cache of channels', () => {
  test('C3: holds what an event told as soon as publishAriEvent returns', () => {
    const { asterisk } = observedAsterisk();
    const states = [created(), stateChanged(), destroyed()].map((event) => {
      publishAriEvent(asterisk, event);
      return shown(asterisk.channelCache.get(ChannelSnapshot, '1.1'));
    });
    expect(states).toEqual(['Down', 'Up', 'none']);
    expect(asterisk.channelCache.size).toBe(0);
  });

  test('C3: also when the event is published from inside a synchronous handler of another', () => {
    const { asterisk } = observedAsterisk();
    const states: string[] = [];
    const publish = (event: object) => {
      publishAriEvent(asterisk, event);
      states.push(shown(asterisk.channelCache.get(ChannelSnapshot, '1.1')));
    };
    const answerAndHangUp = ({ data }: Message<ChannelSnapshotData>) => {
      if (data.old === null) [stateChanged(), destroyed()].forEach(publish);
    };
    subscribe(asterisk.channels, answerAndHangUp, { accept: [ChannelSnapshot], delivery: 'synchronous' });
    publish(created());
    expect(states).toEqual(['Up', 'none', 'none']);
  });

  test('C3: a handler that is given an older snapshot reads the state as it is by then', async () => {
    const { asterisk, bus } = observedAsterisk();
    const seen: string[] = [];
    const cached = () => shown(asterisk.channelCache.get(ChannelSnapshot, '1.1'));
    subscribe(asterisk.channels, (message) => seen.push(`${shown(message)}, now ${cached()}`), {
      accept: [ChannelSnapshot],
    });
    for (const event of [created(), stateChanged()]) publishAriEvent(asterisk, event);
    await bus.settled();
    expect(seen).toEqual(['Down, now Up', 'Up, now Up']);
  });

  test('C3: still holds the dead snapshot while that one is delivered on the stack', () => {
    const { asterisk } = observedAsterisk();
    const held: (Message | undefined)[] = [];
    publishAriEvent(asterisk, created());
    asterisk.channels.subscribe(() => held.push(asterisk.channelCache.get(ChannelSnapshot, '1.1')));
    publishAriEvent(asterisk, destroyed());
    expect(held.map(shown)).toEqual(['dead Down']);
  });

  test('C2: publishes each change with what was before, and nothing of messages that are no snapshots', () => {
    const { asterisk } = observedAsterisk();
    const changes = changesOn(asterisk.channelsCached);
    for (const event of [created(), varset(), stateChanged(), varset()]) publishAriEvent(asterisk, event);
    expect(changes).toEqual(['none -> Down', 'Down -> Up']);
    expect(asterisk.channelCache.dumpAll().map(shown)).toEqual(['Up']);
  });

  test("C4: a channel's last two updates bring the dead snapshot, then none", () => {
    const { asterisk } = observedAsterisk();
    const changes = changesOn(asterisk.channelsCached);
    for (const event of [stateChanged(), destroyed()]) publishAriEvent(asterisk, event);
    expect(changes).toEqual(['none -> Up', 'Up -> dead Down', 'dead Down -> none']);
  });

  test('C4: a channel of which only the end was seen leaves nothing behind', () => {
    const { asterisk } = observedAsterisk();
    const changes = changesOn(asterisk.channelsCached);
    publishAriEvent(asterisk, destroyed());
    expect(changes).toEqual(['none -> dead Down', 'dead Down -> none']);
    expect(asterisk.channelCache.size).toBe(0);
  });

  test('C4: removes the entry of the channel that ended, and of no other', () => {
    const { asterisk } = observedAsterisk();
    for (const id of ['1.1', '1.10', '1']) publishAriEvent(asterisk, created(id));
    publishAriEvent(asterisk, destroyed('1.1'));
    expect(asterisk.channelCache.dump(ChannelSnapshot).map(({ data }) => data.new.id)).toEqual(['1.10', '1']);
  });

  test('C4: nobody on the topics of the channel or of all channels is told of the removal', async () => {
    const { asterisk, bus, log } = observedAsterisk();
    const received: Message[] = [];
    for (const topic of [asterisk.channels, asterisk.channel('1.1')]) {
      subscribe(topic, (message) => received.push(message));
      subscribe(topic, (message) => received.push(message), { delivery: 'synchronous' });
    }
    for (const event of [created(), destroyed()]) publishAriEvent(asterisk, event);
    await bus.settled();
    expect(received.filter(ChannelSnapshot.is)).toHaveLength(8);
    expect(received.filter(CacheClear.is)).toEqual([]);
    expect(log).toEqual(['channel:all: ast_channel_snapshot_type', 'channel:all: ast_channel_snapshot_type']);
  });

  test('C1: takes ids as they are: "constructor", "__proto__", and "0" is not 0', () => {
    const { asterisk } = observedAsterisk();
    for (const id of ['constructor', '__proto__', '0']) publishAriEvent(asterisk, created(id));
    expect(asterisk.channelCache.size).toBe(3);
    expect(asterisk.channelCache.get(ChannelSnapshot, '__proto__')?.data.new.id).toBe('__proto__');
    expect(asterisk.channelCache.get(ChannelSnapshot, 0)).toBeUndefined();
  });

  test('C1: a broken event changes nothing in it', () => {
    const { asterisk } = observedAsterisk();
    publishAriEvent(asterisk, created());
    const before = asterisk.channelCache.dumpAll();
    for (const event of [stateChanged('1.1', 6 as unknown as string), destroyed('1.1', { creationtime: 'soon' })]) {
      expect(() => publishAriEvent(asterisk, event)).toThrow(expect.objectContaining({ code: 'BROKEN_ARI_EVENT' }));
    }
    expect(asterisk.channelCache.dumpAll()).toEqual(before);
  });

  test('shows a channel to whoever watches it: from nothing to nothing', () => {
    const { asterisk } = observedAsterisk();
    const states: string[] = [];
    asterisk.channelCache.watch(ChannelSnapshot, '1.1').subscribe((snapshot) => states.push(shown(snapshot)));
    for (const event of [created(), created('1.2'), stateChanged(), destroyed()]) publishAriEvent(asterisk, event);
    expect(states).toEqual(['none', 'Down', 'Up', 'dead Down', 'none']);
  });

  test('C7: a second set of topics on the same bus writes caches of its own, and both are emptied', () => {
    const { asterisk, bus } = observedAsterisk();
    const second = createAsteriskTopics(bus);
    publishAriEvent(asterisk, created());
    expect([asterisk, second].map(({ channelCache }) => channelCache.size)).toEqual([1, 1]);
    publishAriEvent(second, destroyed());
    expect([asterisk, second].map(({ channelCache }) => channelCache.size)).toEqual([0, 0]);
  });
});

describe('the cache of bridges', () => {
  test('C3, C4: holds who is in a bridge, and lets it go with the bridge', () => {
    const { asterisk } = observedAsterisk();
    const channels = () => asterisk.bridgeCache.get(BridgeSnapshot, 'b1')?.data.new.channels;
    const { channel } = created();
    const enter = ariEvent('ChannelEnteredBridge', { bridge: bridgeJson('b1', { channels: ['1.1'] }), channel });
    const leave = ariEvent('ChannelLeftBridge', { bridge: bridgeJson(), channel });
    const seen = [bridgeEvent('BridgeCreated'), enter, leave, bridgeEvent('BridgeDestroyed')].map((event) => {
      publishAriEvent(asterisk, event);
      return channels();
    });
    expect(seen).toEqual([[], ['1.1'], [], undefined]);
    expect(asterisk.bridgeCache.size).toBe(0);
  });

  test('C4: its last two updates bring the dead snapshot, then none; bridges sees no removal', () => {
    const { asterisk, log } = observedAsterisk();
    const ends: (boolean | null)[] = [];
    asterisk.bridgesCached.subscribe(({ data: { newSnapshot } }) => {
      ends.push(BridgeSnapshot.is(newSnapshot) ? newSnapshot.data.new.dead : null);
    });
    for (const type of ['BridgeCreated', 'BridgeDestroyed']) publishAriEvent(asterisk, bridgeEvent(type));
    expect(ends).toEqual([false, true, null]);
    expect(log).toEqual(['bridge:all: ast_bridge_snapshot_type', 'bridge:all: ast_bridge_snapshot_type']);
  });
});

describe('the cache of endpoints', () => {
  test('C3: holds each endpoint by technology and resource', () => {
    const { asterisk } = observedAsterisk();
    const changes: (string | undefined)[] = [];
    asterisk.endpointsCached.subscribe(({ data: { newSnapshot } }) => {
      changes.push(EndpointSnapshot.is(newSnapshot) ? newSnapshot.data.new.state : undefined);
    });
    for (const fields of [{}, { technology: 'SIP' }, { state: 'offline' }]) {
      publishAriEvent(asterisk, endpointEvent(fields));
    }
    const state = (id: string) => asterisk.endpointCache.get(EndpointSnapshot, id)?.data.new.state;
    expect([state('PJSIP/ann'), state('SIP/ann'), state('ann')]).toEqual(['offline', 'online', undefined]);
    expect(changes).toEqual(['online', 'online', 'offline']);
  });

  test.each([
    ['PeerStatusChange', { peer: {} }, 'ast_endpoint_state_type'],
    ['ContactStatusChange', { contact_info: {} }, 'ast_endpoint_contact_state_type'],
  ])('C2, A2: is fed by %s, whose endpoint is published as a snapshot first', (type, fields, messageType) => {
    const { asterisk, log } = observedAsterisk();
    publishAriEvent(asterisk, ariEvent(type, { endpoint: endpointJson(), ...fields }));
    expect(log).toEqual(['endpoint:all: ast_endpoint_snapshot_type', `endpoint:all: ${messageType}`]);
    expect(asterisk.endpointCache.get(EndpointSnapshot, 'PJSIP/ann')?.data).toEqual({ old: null, new: endpointJson() });
  });
});

describe('the topics of cache updates', () => {
  test('R2: feed the routes of a router by the type of the snapshots', async () => {
    const { asterisk, bus } = observedAsterisk();
    const changes: string[] = [];
    createMessageRouter(asterisk.channelsCached).addCacheUpdate(ChannelSnapshot, ({ data }) =>
      changes.push(`${data.oldSnapshot?.data.new.state} -> ${data.newSnapshot?.data.new.state}`),
    );
    for (const event of [created(), stateChanged()]) publishAriEvent(asterisk, event);
    await bus.settled();
    expect(changes).toEqual(['undefined -> Down', 'Down -> Up']);
  });

  test('S4: end with the bus', async () => {
    const { asterisk, bus } = observedAsterisk();
    const topics = [asterisk.channelsCached, asterisk.bridgesCached, asterisk.endpointsCached];
    await bus.close();
    expect(topics.map((topic) => topic.isCompleted)).toEqual([true, true, true]);
  });
});

/** Keeps its own record of what is alive, from the events alone. */
class Reconstruction {
  readonly channels = new Map<string, Partial<Channel>>();
  readonly bridges = new Map<string, Partial<Bridge>>();

  take({ type, channel, bridge }: { type: string; channel?: Partial<Channel>; bridge?: Partial<Bridge> }): void {
    if (type === 'ChannelDestroyed') this.channels.delete(channel!.id!);
    else if (/^Channel(Created|StateChange|Dialplan|CallerId|ConnectedLine)$/.test(type)) {
      this.channels.set(channel!.id!, channel!);
    }
    if (type === 'BridgeDestroyed') this.bridges.delete(bridge!.id!);
    else if (/^(BridgeCreated|BridgeVideoSourceChanged|ChannelEnteredBridge|ChannelLeftBridge)$/.test(type)) {
      this.bridges.set(bridge!.id!, bridge!);
    }
  }
}

/** What a cache holds, by id, as it lives in a {@link Reconstruction}: an object, since two Maps take jest n² comparisons. */
function contents(cache: Cache): Record<string, object> {
  const snapshots = cache.dumpAll().map(({ data }) => (data as { new: Channel | Bridge }).new);
  return Object.fromEntries(
    snapshots.map((snapshot) => {
      const { dead, ...alive } = snapshot as Channel & { dead: boolean };
      return [alive.id, dead ? snapshot : alive];
    }),
  );
}

describe.each(['calls-40', 'calls-300'])('the recording %s', (name) => {
  const events = async function* () {
    for await (const { event } of readRecording(recording(`${name}.ari.jsonl.gz`))) {
      yield event as Parameters<Reconstruction['take']>[0];
    }
  };

  test('C3, C4: gives caches that equal a record kept of the events alone, and are empty at the end', async () => {
    const asterisk = createAsteriskTopics(createBus());
    const { channelCache, bridgeCache, endpointCache } = asterisk;
    const alive = new Reconstruction();
    const most = { channels: 0, bridges: 0 };
    let [count, unequal] = [0, 0];
    for await (const event of events()) {
      publishAriEvent(asterisk, event);
      alive.take(event);
      if (channelCache.size !== alive.channels.size || bridgeCache.size !== alive.bridges.size) unequal++;
      most.channels = Math.max(most.channels, channelCache.size);
      most.bridges = Math.max(most.bridges, bridgeCache.size);
      if (count++ % 50 !== 0) continue;
      expect(contents(channelCache)).toEqual(Object.fromEntries(alive.channels));
      expect(contents(bridgeCache)).toEqual(Object.fromEntries(alive.bridges));
    }
    expect(unequal).toBe(0);
    expect(most.channels).toBeGreaterThan(10);
    expect(most.bridges).toBeGreaterThan(1);
    expect([channelCache, bridgeCache, endpointCache].map(({ size }) => size)).toEqual([0, 0, 0]);
    expect([channelCache, bridgeCache, endpointCache].flatMap((cache) => cache.dumpAll())).toEqual([]);
  }, 30_000);

  test('C2: gives updates of which each begins where the one before ended, and every end is two of them', async () => {
    const asterisk = createAsteriskTopics(createBus());
    const last = new Map<string, Message | null>();
    const counts = { first: 0, dead: 0, removed: 0, broken: 0 };
    asterisk.channelsCached.subscribe(({ data: { oldSnapshot, newSnapshot } }) => {
      const { id, dead } = ((newSnapshot ?? oldSnapshot) as ReturnType<typeof ChannelSnapshot>).data.new;
      if (oldSnapshot !== (last.get(id) ?? null)) counts.broken++;
      if (oldSnapshot === null) counts.first++;
      if (newSnapshot === null) counts.removed++;
      else if (dead) counts.dead++;
      last.set(id, newSnapshot);
    });
    for await (const event of events()) publishAriEvent(asterisk, event);
    expect(counts).toEqual({ first: last.size, dead: last.size, removed: last.size, broken: 0 });
    expect(last.size).toBe(name === 'calls-40' ? 92 : 686);
  });
});
