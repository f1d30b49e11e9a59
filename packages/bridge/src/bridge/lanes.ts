import type { Bus } from '@stasis-rx/core';
import type { BusShare } from '../protocol/bus-share.js';
import { BridgeLane } from './bridge-lane.js';
import type { Clock } from '../ground/clock.js';
import type { Conversation } from './conversation.js';
import type { BridgeEvent } from '../ground/events.js';
import { frameStart } from '../protocol/frame.js';
import { Lane } from '../protocol/lane.js';
import type { BridgeOptions } from './options.js';
import { FrameRoom } from '../sending/frame-room.js';
import type { Outbox } from '../sending/outbox.js';
import type { RemoteOrigin } from '../receiving/remote-origin.js';
import type { BridgeTransport } from '../protocol/transport.js';
import { TypeRegistry } from '../protocol/type-registry.js';
import { pullText } from '../protocol/whisper.js';

/** What the lanes of a bridge share. */
export interface LanesContext {
  readonly epoch: string;
  readonly share: BusShare;
  readonly clock: Clock;
  readonly transport: BridgeTransport;
  readonly outbox: Outbox;
  readonly conversation: Conversation;
  readonly emit: (event: BridgeEvent) => void;
}

/** Makes the lanes of a bridge, in the order of its options. */
export function makeLanes(bus: Bus, options: BridgeOptions, shared: LanesContext): BridgeLane[] {
  const { conversation, transport, share, epoch } = shared;
  const { announcer, asks, membership, readiness } = conversation;
  const start = frameStart({ eid: bus.eid, epoch, incarnation: share.incarnation });
  const context = {
    ...shared,
    frameStart: start,
    room: new FrameRoom(transport, start),
    registry: new TypeRegistry(options.types),
    isHeldByOthers: (peer: string, lane: string) => conversation.isHeldByOthers(peer, lane),
    isThere: () => readiness.isReady,
    isPeer: (eid: string) => membership.has(eid),
    isLiving: (eid: string, of: string) => membership.isLiving(eid, of),
    ask: (peer: string, lane: string) => asks.want(peer, lane),
    pull: ({ eid, epoch: of }: RemoteOrigin, lane: string, set: number, from: number) =>
      announcer.whisper(eid, pullText(start, eid, of, lane, set, from)),
    whisper: (peer: string, text: string) => announcer.whisper(peer, text),
    heartbeatMs: options.heartbeatMs ?? 1000,
    maxPooledTopics: options.maxPooledTopics ?? 100_000,
    left: (peer: string, of: string) => membership.left(peer, of),
  };
  return options.topics.map((topic) => new BridgeLane(new Lane(bus, topic, options.caches ?? []), context));
}

/** A topic has ended: where it is one of a pool, its lane is named by what stands before one of its slashes. */
export function endPooled(lanes: ReadonlyMap<string, BridgeLane>, topic: string): void {
  for (let at = topic.indexOf('/'); at >= 0; at = topic.indexOf('/', at + 1)) {
    lanes.get(topic.slice(0, at))?.outbound.endChild(topic.slice(at + 1));
  }
}
