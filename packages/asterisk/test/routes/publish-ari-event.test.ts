import { LOCAL_EID, subscribe } from '@stasis-rx/core';
import fc from 'fast-check';
import {
  AriUnknown,
  BridgeSnapshot,
  BrokenAriEventError,
  ChannelDial,
  ChannelDtmfEnd,
  ChannelEnteredBridge,
  ChannelHangupRequest,
  ChannelSnapshot,
  ChannelVarset,
  DeviceState,
  EndpointSnapshot,
  MultiUserEvent,
  publishAriEvent,
  StasisStart,
  UnknownAriEventError,
  type AsteriskTopics,
} from '../../src/index.js';
import { observedAsterisk } from '../support/asterisk.js';
import {
  ariEvent,
  bridgeJson,
  channelJson,
  created,
  destroyed,
  endpointJson,
  EVENT_TIME,
  stateChanged,
  varset,
} from '../support/events.js';

const channel = channelJson();
const bridge = bridgeJson();
const endpoint = endpointJson();

describe('publishAriEvent', () => {
  test('gives a message the time that Asterisk tells, and the local entity id', () => {
    const { asterisk, messages } = observedAsterisk();
    publishAriEvent(asterisk, created());
    expect(messages[0]).toMatchObject({ timestamp: EVENT_TIME, eid: LOCAL_EID });
  });

  test('gives a message the present time where Asterisk tells none', () => {
    const { asterisk, messages } = observedAsterisk();
    const before = Date.now();
    publishAriEvent(asterisk, { ...created(), timestamp: undefined });
    expect(messages[0]?.timestamp).toBeGreaterThanOrEqual(before);
  });

  test('neither keeps nor freezes the event that it is given', () => {
    const { asterisk, messages } = observedAsterisk();
    const event = created();
    publishAriEvent(asterisk, event);
    event.channel.caller.name = 'Bob';
    expect(messages[0]?.data).toMatchObject({ new: { caller: { name: 'Ann' } } });
  });

  test('says whether the mailboxes that it fed have room', () => {
    const { asterisk } = observedAsterisk({ dispatcher: () => undefined, highWater: 2, lowWater: 1 });
    subscribe(asterisk.channels, () => undefined, { accept: [ChannelVarset] });
    const answers = [1, 2, 3, 4].map(() => publishAriEvent(asterisk, varset()));
    expect(answers[0]).toBe(true);
    expect(answers[3]).toBe(false);
  });

  test('refuses what is not the topics of an Asterisk, at the call', () => {
    expect(() => publishAriEvent({} as AsteriskTopics, created())).toThrow(
      '[asterisk] publishAriEvent(): expected asterisk to be what createAsteriskTopics() returns, got Object (object).',
    );
  });

  test('throws, and changes nothing, once the bus is closed', async () => {
    const { asterisk, bus } = observedAsterisk();
    await bus.close();
    expect(() => publishAriEvent(asterisk, created())).toThrow(expect.objectContaining({ code: 'BUS_CLOSED' }));
  });
});

describe('channel snapshots', () => {
  test('tell what a channel was before and what it is now: first without old, last dead', () => {
    const { asterisk, messages } = observedAsterisk();
    for (const event of [created(), stateChanged(), destroyed()]) publishAriEvent(asterisk, event);

    const up = channelJson('1.1', { state: 'Up' });
    expect(messages.map(({ data }) => data)).toEqual([
      { old: null, new: { ...channel, dead: false } },
      { old: channel, new: { ...up, dead: false } },
      { old: up, new: { ...channel, dead: true } },
    ]);
    expect(messages.every(ChannelSnapshot.is)).toBe(true);
  });

  test.each(['ChannelCreated', 'ChannelStateChange', 'ChannelDialplan', 'ChannelCallerId', 'ChannelConnectedLine'])(
    'are made of %s',
    (type) => {
      const { asterisk, log } = observedAsterisk();
      publishAriEvent(asterisk, ariEvent(type, { channel }));
      expect(log).toEqual(['channel:all: ast_channel_snapshot_type']);
    },
  );

  test('begin anew, without old, when a channel of the same id comes after the end', () => {
    const { asterisk, messages } = observedAsterisk();
    for (const event of [created(), destroyed(), created()]) publishAriEvent(asterisk, event);
    expect(messages[2]?.data).toMatchObject({ old: null, new: { dead: false } });
  });

  test('of a channel that was there before we were begin with whatever is told first', () => {
    const { asterisk, messages } = observedAsterisk();
    publishAriEvent(asterisk, stateChanged());
    expect(messages[0]?.data).toMatchObject({ old: null, new: { state: 'Up' } });
  });

  test('keep fields that this package does not know, and fill in those that older Asterisks leave out', () => {
    const { asterisk, messages } = observedAsterisk();
    const { id, name, state, creationtime } = channel;
    publishAriEvent(
      asterisk,
      ariEvent('ChannelCreated', { channel: { id, name, state, creationtime, tenantid: 'acme' } }),
    );
    expect(messages[0]?.data).toMatchObject({
      new: { tenantid: 'acme', caller: { name: '', number: '' }, dialplan: { context: '', priority: 0 }, language: '' },
    });
  });

  test('keep to ids exactly: "constructor" and "__proto__" are ids', () => {
    const { asterisk, messages } = observedAsterisk();
    for (const id of ['constructor', '__proto__', 'constructor']) publishAriEvent(asterisk, created(id));
    expect(messages.map(({ data }) => (data as { old: unknown }).old === null)).toEqual([true, true, false]);
  });
});

describe('events', () => {
  type Case = [type: string, fields: object, topic: string, messageType: string];
  const text = { from: 'pjsip:ann', to: 'pjsip:bob', body: 'hello' };
  const blindTransfer = { channel, bridge, exten: '8001', context: 'xfer', result: 'Success', is_external: true };
  const attendedTransfer = {
    transferer_first_leg: channel,
    transferer_second_leg: channelJson('1.2'),
    result: 'Success',
    is_external: false,
    destination_type: 'bridge',
    destination_bridge: 'b1',
  };
  const cases: Case[] = [
    ['ChannelVarset', { channel, variable: 'A', value: '' }, 'channel:all', 'ast_channel_varset_type'],
    ['ChannelVarset', { variable: 'GLOBAL', value: '1' }, 'channel:all', 'ast_channel_varset_type'],
    ['Dial', { peer: channel, dialstatus: '' }, 'channel:all', 'ast_channel_dial_type'],
    ['ChannelHangupRequest', { channel, cause: 16 }, 'channel:all', 'ast_channel_hangup_request_type'],
    ['ChannelHold', { channel, musicclass: 'jazz' }, 'channel:all', 'ast_channel_hold_type'],
    ['ChannelUnhold', { channel }, 'channel:all', 'ast_channel_unhold_type'],
    ['ChannelDtmfReceived', { channel, digit: '#', duration_ms: 80 }, 'channel:all', 'ast_channel_dtmf_end_type'],
    ['ChannelTalkingStarted', { channel }, 'channel:all', 'ast_channel_talking_start'],
    ['ChannelTalkingFinished', { channel, duration: 900 }, 'channel:all', 'ast_channel_talking_stop'],
    ['ChannelUserevent', { channel, eventname: 'Survey', userevent: {} }, 'channel:all', 'ast_multi_user_event_type'],
    ['ChannelUserevent', { bridge, eventname: 'Survey', userevent: {} }, 'bridge:all', 'ast_multi_user_event_type'],
    ['ChannelUserevent', { endpoint, eventname: 'Survey', userevent: {} }, 'endpoint:all', 'ast_multi_user_event_type'],
    ['ChannelUserevent', { channel, bridge, endpoint, eventname: 'All' }, 'channel:all', 'ast_multi_user_event_type'],
    ['ChannelUserevent', { eventname: 'Nobody' }, 'channel:all', 'ast_multi_user_event_type'],
    ['StasisStart', { channel, args: ['hello'] }, 'channel:all', 'ast_stasis_start_type'],
    ['StasisEnd', { channel }, 'channel:all', 'ast_stasis_end_type'],
    ['BridgeCreated', { bridge }, 'bridge:all', 'ast_bridge_snapshot_type'],
    ['BridgeVideoSourceChanged', { bridge }, 'bridge:all', 'ast_bridge_snapshot_type'],
    ['BridgeDestroyed', { bridge }, 'bridge:all', 'ast_bridge_snapshot_type'],
    ['BridgeMerged', { bridge, bridge_from: bridgeJson('b2') }, 'bridge:all', 'ast_bridge_merge_message_type'],
    ['EndpointStateChange', { endpoint }, 'endpoint:all', 'ast_endpoint_snapshot_type'],
    ['TextMessageReceived', { endpoint, message: text }, 'endpoint:all', 'ari_text_message_received'],
    ['TextMessageReceived', { message: text }, 'endpoint:all', 'ari_text_message_received'],
    ['BridgeBlindTransfer', blindTransfer, 'bridge:all', 'ast_blind_transfer_type'],
    ['BridgeAttendedTransfer', attendedTransfer, 'bridge:all', 'ast_attended_transfer_type'],
    ['ChannelToneDetected', { channel }, 'channel:all', 'ast_channel_tone_detect'],
    [
      'ChannelTransfer',
      { refer_to: {}, referred_by: { source_channel: channel } },
      'channel:all',
      'ast_channel_transfer_request_type',
    ],
    ...['PlaybackStarted', 'PlaybackContinuing', 'PlaybackFinished'].map((type): Case => [
      type,
      { playback: { id: 'p1', target_uri: 'channel:1.1' } },
      'channel:all',
      'stasis_app_playback_snapshot_type',
    ]),
    ...['RecordingStarted', 'RecordingFinished', 'RecordingFailed'].map((type): Case => [
      type,
      { recording: { name: 'r1', target_uri: 'bridge:b1' } },
      'bridge:all',
      'stasis_app_recording_snapshot_type',
    ]),
    [
      'ApplicationMoveFailed',
      { channel, destination: 'other', args: [] },
      'channel:all',
      'ari_application_move_failed',
    ],
    ['ApplicationRegistered', {}, 'application:all', 'ari_application_registered'],
    ['ApplicationUnregistered', {}, 'application:all', 'ari_application_unregistered'],
    ['ApplicationReplaced', {}, 'application:all', 'ari_application_replaced'],
    ['CallBroadcast', { channel }, 'channel:all', 'ari_call_broadcast'],
    ['CallClaimed', { channel, winner_app: 'demo' }, 'channel:all', 'ari_call_claimed'],
    ['MissingParams', { params: ['app'] }, 'application:all', 'ari_missing_params'],
    ['RESTResponse', { status_code: 200 }, 'application:all', 'ari_rest_response'],
    [
      'DeviceStateChanged',
      { device_state: { name: 'PJSIP/a', state: 'INUSE' } },
      'devicestate:all',
      'ast_device_state_message_type',
    ],
  ];

  test.each(cases)('A2: %s %j becomes one message, on %s: %s', (type, fields, topic, messageType) => {
    const { asterisk, log, messages } = observedAsterisk();
    expect(publishAriEvent(asterisk, ariEvent(type, fields))).toBe(true);
    expect(log).toEqual([`${topic}: ${messageType}`]);
    expect(messages[0]?.timestamp).toBe(EVENT_TIME);
  });

  test('carry what Asterisk told', () => {
    const { asterisk, messages } = observedAsterisk();
    const dial = {
      caller: channel,
      peer: channelJson('1.2'),
      dialstring: 'ring@demo',
      dialstatus: 'BUSY',
      forward: '',
    };
    publishAriEvent(asterisk, ariEvent('Dial', dial));
    publishAriEvent(asterisk, ariEvent('ChannelHangupRequest', { channel }));
    publishAriEvent(asterisk, ariEvent('ChannelDtmfReceived', { channel, digit: '5', duration_ms: 120 }));
    publishAriEvent(
      asterisk,
      ariEvent('ChannelUserevent', { channel, eventname: 'Survey', userevent: { score: '1' } }),
    );
    publishAriEvent(
      asterisk,
      ariEvent('StasisStart', { channel, args: ['a', 'b'], replace_channel: channelJson('1.9') }),
    );
    publishAriEvent(asterisk, ariEvent('DeviceStateChanged', { device_state: { name: 'PJSIP/a', state: 'INUSE' } }));

    const [dialled, hangup, dtmf, survey, start, device] = messages;
    expect(ChannelDial.is(dialled) && dialled.data).toEqual({ ...dial, forwarded: null });
    expect(ChannelHangupRequest.is(hangup) && hangup.data).toEqual({ channel, cause: null, soft: false });
    expect(ChannelDtmfEnd.is(dtmf) && dtmf.data).toEqual({ channel, digit: '5', duration_ms: 120 });
    expect(MultiUserEvent.is(survey) && survey.data).toEqual({
      eventname: 'Survey',
      userevent: { score: '1' },
      channel,
      bridge: null,
      endpoint: null,
    });
    expect(StasisStart.is(start) && start.data).toEqual({
      channel,
      application: 'demo',
      args: ['a', 'b'],
      replace_channel: channelJson('1.9'),
    });
    expect(DeviceState.is(device) && device.data).toEqual({ name: 'PJSIP/a', state: 'INUSE' });
  });

  test('of dialling go to the topic of the caller, or of the peer when nobody calls', () => {
    const { asterisk } = observedAsterisk();
    const origins: string[] = [];
    for (const id of ['1.1', '1.2']) publishAriEvent(asterisk, created(id));
    subscribe(asterisk.channels, (_, topic) => origins.push(topic.name), {
      accept: [ChannelDial],
      delivery: 'synchronous',
    });
    publishAriEvent(asterisk, ariEvent('Dial', { caller: channel, peer: channelJson('1.2'), dialstatus: '' }));
    publishAriEvent(asterisk, ariEvent('Dial', { peer: channelJson('1.2'), dialstatus: '' }));
    expect(origins).toEqual(['channel:all/1.1', 'channel:all/1.2']);
  });

  test('of entering a bridge come before its snapshot, those of leaving it after', () => {
    const { asterisk, messages } = observedAsterisk();
    const withChannel = bridgeJson('b1', { channels: ['1.1'] });
    publishAriEvent(asterisk, ariEvent('BridgeCreated', { bridge }));
    publishAriEvent(asterisk, ariEvent('ChannelEnteredBridge', { bridge: withChannel, channel }));
    publishAriEvent(asterisk, ariEvent('ChannelLeftBridge', { bridge, channel }));
    publishAriEvent(asterisk, ariEvent('BridgeDestroyed', { bridge }));

    expect(messages.map(({ type }) => type.name)).toEqual([
      'ast_bridge_snapshot_type',
      'ast_channel_entered_bridge_type',
      'ast_bridge_snapshot_type',
      'ast_bridge_snapshot_type',
      'ast_channel_left_bridge_type',
      'ast_bridge_snapshot_type',
    ]);
    expect(messages.filter(BridgeSnapshot.is).map(({ data }) => data)).toEqual([
      { old: null, new: { ...bridge, dead: false } },
      { old: bridge, new: { ...withChannel, dead: false } },
      { old: withChannel, new: { ...bridge, dead: false } },
      { old: bridge, new: { ...bridge, dead: true } },
    ]);
    expect(messages.find(ChannelEnteredBridge.is)?.data).toEqual({ bridge: withChannel, channel });
  });

  test('of endpoints tell what the endpoint was before', () => {
    const { asterisk, messages } = observedAsterisk();
    const offline = endpointJson({ state: 'offline' });
    for (const one of [endpoint, offline]) {
      publishAriEvent(asterisk, ariEvent('EndpointStateChange', { endpoint: one }));
    }
    expect(messages.filter(EndpointSnapshot.is).map(({ data }) => data)).toEqual([
      { old: null, new: endpoint },
      { old: endpoint, new: offline },
    ]);
  });
});

describe('an event that is unknown', () => {
  test.each(['SomethingNew', 'constructor', '__proto__', 'toString', 'channelcreated'])(
    'A2: is a message with its JSON, and an error with a code: %s',
    (type) => {
      const { asterisk, messages } = observedAsterisk();
      const event = ariEvent(type, { channel, more: [1] });
      const publish = () => publishAriEvent(asterisk, event);
      expect(publish).toThrow(UnknownAriEventError);
      expect(publish).toThrow(expect.objectContaining({ code: 'UNKNOWN_ARI_EVENT', eventType: type }));
      expect(messages).toHaveLength(2);
      expect(messages[0]).toMatchObject({ type: AriUnknown, timestamp: EVENT_TIME, data: { type, event } });
    },
  );

  test.each([
    [{ channel, bridge, endpoint }, 'channel:all'],
    [{ bridge, endpoint }, 'bridge:all'],
    [{ endpoint }, 'endpoint:all'],
    [{ channel: 'broken' }, 'channel:all'],
    [{}, 'channel:all'],
  ])('A2: that speaks of %j is published on %s', (fields, topic) => {
    const { asterisk, log } = observedAsterisk();
    expect(() => publishAriEvent(asterisk, ariEvent('SomethingNew', fields))).toThrow(UnknownAriEventError);
    expect(log).toEqual([`${topic}: ari_unknown`]);
  });

  test("A2: that speaks of a channel that is alive is published on that channel's topic", () => {
    const { asterisk } = observedAsterisk();
    publishAriEvent(asterisk, created());
    const types: string[] = [];
    asterisk.channel('1.1').subscribe(({ type }) => types.push(type.name));
    expect(() => publishAriEvent(asterisk, ariEvent('SomethingNew', { channel }))).toThrow(UnknownAriEventError);
    expect(types).toEqual(['ari_unknown']);
  });

  test('is named in the error, at a length that fits a log', () => {
    const { asterisk } = observedAsterisk();
    expect(() => publishAriEvent(asterisk, { type: 'Playback\n' })).toThrow(
      '[asterisk] publishAriEvent(): no message type for events of type "Playback\\n" (string).',
    );
    expect(() => publishAriEvent(asterisk, { type: 'x'.repeat(10_000) })).toThrow(/^.{0,200}$/);
  });
});

describe('an event that is broken', () => {
  const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
  const cyclic: Record<string, unknown> = created();
  cyclic.self = cyclic;

  const cases: [what: string, event: unknown, message: string | RegExp][] = [
    ['null', null, 'expected an event to be an object, got null.'],
    ['a text', 'ChannelCreated', 'expected an event to be an object, got "ChannelCreated" (string).'],
    ['a list', [created()], 'expected an event to be an object, got Array (object).'],
    ['without a type', { channel }, 'expected the type of an event to be a string that is not empty, got undefined.'],
    ['of a type that is a number', { type: 7 }, 'got 7 (number).'],
    [
      'without its channel',
      ariEvent('ChannelCreated'),
      'expected channel of a ChannelCreated event to be an object, got undefined.',
    ],
    [
      'with a channel that is null',
      ariEvent('ChannelDestroyed', { channel: null }),
      'channel of a ChannelDestroyed event',
    ],
    [
      'with a channel that is a list',
      ariEvent('ChannelCreated', { channel: [] }),
      'to be an object, got Array (object).',
    ],
    [
      'with an empty id',
      created(''),
      'expected channel.id of a ChannelCreated event to be a string that is not empty, got "" (string).',
    ],
    ['with an id that is a number', created('1', { id: 5 }), 'channel.id'],
    [
      'with a state that is a number',
      created('1', { state: 6 }),
      'expected channel.state of a ChannelCreated event to be a string, got 6 (number).',
    ],
    [
      'with a broken caller',
      created('1', { caller: { name: 5 } }),
      'expected channel.caller.name of a ChannelCreated event',
    ],
    ['with a broken priority', created('1', { dialplan: { priority: 1.5 } }), 'channel.dialplan.priority'],
    [
      'with a broken creation time',
      created('1', { creationtime: 'now' }),
      'expected channel.creationtime of a ChannelCreated event to be a time such as',
    ],
    [
      'with a broken timestamp',
      { ...created(), timestamp: 'now' },
      'expected timestamp of a ChannelCreated event to be a time',
    ],
    ['with a timestamp that is a number', { ...created(), timestamp: 5 }, 'timestamp'],
    [
      'without its variable',
      ariEvent('ChannelVarset', { channel, value: '' }),
      'expected variable of a ChannelVarset event to be a string, got undefined.',
    ],
    ['without its peer', ariEvent('Dial', { dialstatus: '' }), 'peer of a Dial event'],
    [
      'with arguments that are no texts',
      ariEvent('StasisStart', { channel, args: [1] }),
      'expected args of a StasisStart event to be a list of strings, got Array (object).',
    ],
    [
      'with a flag that is a text',
      ariEvent('ChannelHangupRequest', { channel, soft: 'yes' }),
      'soft of a ChannelHangupRequest event to be true or false',
    ],
    [
      'nested too deep',
      ariEvent('ChannelUserevent', { eventname: 'x', userevent: { deep: nested(40) } }),
      'expected an event to nest at most 32 levels deep',
    ],
    ['that contains itself', cyclic, 'expected an event to nest at most 32 levels deep'],
    [
      'that is no JSON',
      ariEvent('ChannelUserevent', { eventname: 'x', userevent: { f: () => 1 } }),
      'expected an event to be parsed JSON throughout, got f (function).',
    ],
  ];

  test.each(cases)('is an error with a code: %s', (_, event, message) => {
    const { asterisk, log } = observedAsterisk();
    const publish = () => publishAriEvent(asterisk, event);
    expect(publish).toThrow(BrokenAriEventError);
    expect(publish).toThrow(expect.objectContaining({ code: 'BROKEN_ARI_EVENT' }));
    expect(publish).toThrow(message);
    expect(log).toEqual([]);
  });

  test('changes nothing: neither topics nor what the next snapshot takes for old', () => {
    const { asterisk, bus, messages } = observedAsterisk();
    publishAriEvent(asterisk, created());
    const topics = bus.topics().length;
    expect(() => publishAriEvent(asterisk, destroyed('1.1', { state: 6 }))).toThrow(BrokenAriEventError);
    expect(() => publishAriEvent(asterisk, created('9.9', { creationtime: '' }))).toThrow(BrokenAriEventError);
    expect(bus.topics()).toHaveLength(topics);

    publishAriEvent(asterisk, stateChanged());
    expect(messages[1]?.data).toMatchObject({ old: channel, new: { dead: false } });
  });

  test('changes nothing when only its second half is broken', () => {
    const { asterisk, messages } = observedAsterisk();
    publishAriEvent(asterisk, ariEvent('BridgeCreated', { bridge }));
    const entered = { bridge: bridgeJson('b1', { channels: ['1.1'] }), channel: { id: 'broken' } };
    expect(() => publishAriEvent(asterisk, ariEvent('ChannelEnteredBridge', entered))).toThrow('channel.name');
    publishAriEvent(asterisk, ariEvent('BridgeDestroyed', { bridge }));
    expect(messages.map(({ data }) => data)).toMatchObject([{ old: null }, { old: bridge }]);
  });

  test('whatever JSON comes: a message, or an error with one of two codes and nothing published but what is unknown', () => {
    const types = fc.constantFrom(
      'ChannelCreated',
      'ChannelVarset',
      'Dial',
      'BridgeCreated',
      'StasisStart',
      'ChannelUserevent',
      'Huh',
    );
    const keys = [
      'channel',
      'peer',
      'bridge',
      'args',
      'variable',
      'value',
      'eventname',
      'timestamp',
      '__proto__',
      'userevent',
    ];
    const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom<unknown>(channel, bridge));
    const event = fc
      .tuple(types, fc.dictionary(fc.constantFrom(...keys), value))
      .map(([type, fields]) => ({ ...fields, type }));
    fc.assert(
      fc.property(fc.oneof(event, fc.jsonValue()), (json) => {
        const { asterisk, messages } = observedAsterisk();
        const error = thrownBy(() => publishAriEvent(asterisk, json));
        if (error === undefined) expect(messages).not.toHaveLength(0);
        else {
          const types = messages.map(({ type }) => type.name);
          expect([(error as { code?: string }).code, ...types]).toEqual(
            error instanceof UnknownAriEventError ? ['UNKNOWN_ARI_EVENT', 'ari_unknown'] : ['BROKEN_ARI_EVENT'],
          );
        }
      }),
    );
  });
});

describe('a message about a channel', () => {
  const originsOf = (topic: AsteriskTopics['channels']) => {
    const origins: string[] = [];
    subscribe(topic, (_, origin) => origins.push(origin.name), { accept: [ChannelVarset], delivery: 'synchronous' });
    return origins;
  };

  test('is published on the topic of that channel, and seen on channels', () => {
    const { asterisk } = observedAsterisk();
    publishAriEvent(asterisk, created());
    const origins = originsOf(asterisk.channels);
    publishAriEvent(asterisk, varset());
    expect(origins).toEqual(['channel:all/1.1']);
  });

  test('that has ended goes to channels itself: its topic is not made again', () => {
    const { asterisk, bus } = observedAsterisk();
    publishAriEvent(asterisk, created());
    publishAriEvent(asterisk, destroyed());
    const origins = originsOf(asterisk.channels);
    publishAriEvent(asterisk, varset());
    expect(origins).toEqual(['channel:all']);
    expect(bus.find('channel:all/1.1')).toBeUndefined();
  });
});

function thrownBy(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error;
  }
}
