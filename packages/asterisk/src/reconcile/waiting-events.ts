import { isJsonObject } from '../events/ari-fields.js';
import type { Populations } from '../topics/populations.js';

type Kind = keyof Populations;

/** Ids of what begins and ends by the events that wait. */
export interface WaitingSteps {
  readonly begun: ReadonlySet<string>;
  readonly ended: ReadonlySet<string>;
}

/** Which event begins or ends what, and where in the event its id stands. */
const STEPS: ReadonlyMap<unknown, readonly [kind: Kind, step: keyof WaitingSteps, key: string, idKey: string]> =
  new Map([
    ['ChannelCreated', ['channels', 'begun', 'channel', 'id']],
    ['ChannelDestroyed', ['channels', 'ended', 'channel', 'id']],
    ['BridgeCreated', ['bridges', 'begun', 'bridge', 'id']],
    ['BridgeDestroyed', ['bridges', 'ended', 'bridge', 'id']],
    ['PlaybackStarted', ['playbacks', 'begun', 'playback', 'id']],
    ['PlaybackFinished', ['playbacks', 'ended', 'playback', 'id']],
    ['RecordingStarted', ['recordings', 'begun', 'recording', 'name']],
    ['RecordingFinished', ['recordings', 'ended', 'recording', 'name']],
    ['RecordingFailed', ['recordings', 'ended', 'recording', 'name']],
  ]);

/**
 * What the events that came during a listing tell themselves, each with its own time: that is left to them, so that nothing
 * begins or ends twice.
 */
export class WaitingEvents {
  readonly #steps: Record<Kind, { readonly begun: Set<string>; readonly ended: Set<string> }> = {
    channels: { begun: new Set(), ended: new Set() },
    bridges: { begun: new Set(), ended: new Set() },
    endpoints: { begun: new Set(), ended: new Set() },
    playbacks: { begun: new Set(), ended: new Set() },
    recordings: { begun: new Set(), ended: new Set() },
  };

  /** @param events as parsed from what Asterisk sent */
  constructor(events: Iterable<unknown>) {
    for (const event of events) this.#note(event);
  }

  of(kind: Kind): WaitingSteps {
    return this.#steps[kind];
  }

  #note(event: unknown): void {
    if (!isJsonObject(event)) return;
    const step = STEPS.get(event.type);
    if (step === undefined) return;
    const [kind, what, key, idKey] = step;
    const thing = event[key];
    if (isJsonObject(thing) && typeof thing[idKey] === 'string') this.#steps[kind][what].add(thing[idKey]);
  }
}
