/** A channel as Asterisk shows it, with other fields where a test says so. */
export const channelJson = (id = '1.1', fields: object = {}) => ({
  id,
  name: `Local/${id}@demo-00000000;1`,
  state: 'Down',
  protocol_id: '',
  caller: { name: 'Ann', number: '100' },
  connected: { name: '', number: '' },
  accountcode: '',
  dialplan: { context: 'demo', exten: 'answer', priority: 1, app_name: '', app_data: '' },
  creationtime: '2026-11-22T18:38:46.000+0000',
  language: 'en',
  ...fields,
});

export const bridgeJson = (id = 'b1', fields: object = {}) => ({
  id,
  technology: 'simple_bridge',
  bridge_type: 'mixing',
  bridge_class: 'stasis',
  creator: 'Stasis',
  name: 'room',
  channels: [] as string[],
  creationtime: '2026-11-22T18:38:46.000+0000',
  video_mode: 'none',
  ...fields,
});

export const endpointJson = (fields: object = {}) => ({
  technology: 'PJSIP',
  resource: 'ann',
  state: 'online',
  channel_ids: [] as string[],
  ...fields,
});

/** An event as Asterisk sends it. */
export const ariEvent = <F extends object = object>(type: string, fields?: F) => ({
  type,
  timestamp: '2026-11-22T18:38:47.500+0000',
  ...(fields as F),
  asterisk_id: '02:00:00:00:00:01',
  application: 'demo',
});

/** The time of {@link ariEvent}, in milliseconds since the Unix epoch. */
export const EVENT_TIME = Date.UTC(2026, 10, 22, 18, 38, 47, 500);

export const created = (id?: string, fields?: object) =>
  ariEvent('ChannelCreated', { channel: channelJson(id, fields) });
export const stateChanged = (id?: string, state = 'Up') =>
  ariEvent('ChannelStateChange', { channel: channelJson(id, { state }) });
export const destroyed = (id?: string, fields?: object) =>
  ariEvent('ChannelDestroyed', { cause: 16, cause_txt: 'Normal Clearing', channel: channelJson(id, fields) });
export const varset = (id: string | null = '1.1', value = '1') =>
  ariEvent('ChannelVarset', { variable: 'NAME', value, ...(id === null ? {} : { channel: channelJson(id) }) });
