import { isJsonObject, type JsonObject } from '../../src/events/ari-fields.js';

type Kind = 'channels' | 'bridges' | 'endpoints' | 'playbacks' | 'recordings';

/** What a scripted Asterisk has at a moment, as ARI lists it: its truth, which what is held here must equal. */
export class AriWorld {
  readonly channels = new Map<string, JsonObject>();
  readonly bridges = new Map<string, JsonObject>();
  readonly endpoints = new Map<string, JsonObject>();
  readonly playbacks = new Map<string, JsonObject>();
  readonly recordings = new Map<string, JsonObject>();

  /** Brings the world to what an event says, as Asterisk does before it sends the event. */
  apply(event: object): void {
    const { type, channel, bridge, endpoint, playback, recording } = event as Record<string, unknown>;
    switch (type) {
      case 'ChannelCreated':
        this.#set('channels', channel);
        break;
      case 'ChannelDestroyed':
        this.#delete('channels', channel);
        break;
      case 'BridgeCreated':
        this.#set('bridges', bridge);
        break;
      case 'BridgeDestroyed':
        this.#delete('bridges', bridge);
        break;
      case 'PlaybackFinished':
        this.#delete('playbacks', playback);
        break;
      case 'RecordingFinished':
      case 'RecordingFailed':
        this.#delete('recordings', recording);
        break;
      case 'ChannelStateChange':
      case 'ChannelDialplan':
      case 'ChannelCallerId':
      case 'ChannelConnectedLine':
        this.#change('channels', channel);
        break;
      case 'ChannelEnteredBridge':
      case 'ChannelLeftBridge':
        this.#change('bridges', bridge);
        break;
      default:
        this.#set('endpoints', endpoint);
        this.#set('playbacks', playback);
        this.#set('recordings', recording);
    }
  }

  /** What ARI answers at a path; `undefined`: not found. */
  answer(path: string): unknown {
    const [, kind = '', ...rest] = path.split('/').map(decodeURIComponent);
    if (kind === 'applications') return { name: rest[0], events_allowed: [], events_disallowed: [] };
    if (kind === 'playbacks') return this.playbacks.get(rest[0] ?? '');
    if (kind === 'recordings') return this.recordings.get(rest[1] ?? '');
    if (kind === 'asterisk') return { ping: 'pong' };
    const things = { channels: this.channels, bridges: this.bridges, endpoints: this.endpoints }[kind];
    return things && [...things.values()];
  }

  clear(): void {
    for (const things of [this.channels, this.bridges, this.endpoints, this.playbacks, this.recordings]) things.clear();
  }

  #set(kind: Kind, thing: unknown): void {
    if (isJsonObject(thing)) this[kind].set(idOf(thing), thing);
  }

  /** Asterisk tells of things also after their end: that does not bring them back. */
  #change(kind: Kind, thing: unknown): void {
    if (isJsonObject(thing) && this[kind].has(idOf(thing))) this[kind].set(idOf(thing), thing);
  }

  #delete(kind: Kind, thing: unknown): void {
    if (isJsonObject(thing)) this[kind].delete(idOf(thing));
  }
}

function idOf({ id, name, technology, resource }: JsonObject): string {
  return [id ?? name ?? technology, ...(id === undefined && name === undefined ? [resource] : [])].join('/');
}
