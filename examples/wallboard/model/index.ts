// The wallboard
export { createWallboard } from './wallboard.js';
export type { Wallboard } from './wallboard.js';
export { readSettings, RECORDINGS, withoutLogin } from './settings.js';
export type { Settings } from './settings.js';
export type { Source } from './open-source.js';
export type { LiveSource } from './live-source.js';
export type { Playback } from './playback.js';

// What the page shows, in the cache `shown` under the id SHOWN
export { SHOWN } from './board.js';
export { BoardTime } from './board-time.js';
export { BusFigures } from './bus-figures.js';
export { CallFigures } from './call-figures.js';
export { CallRate } from './call-rate.js';
export { LiveBridges } from './bridge-rows.js';
export type { BridgeRow } from './bridge-rows.js';
export { LiveChannels } from './channel-rows.js';
export type { ChannelActivity, ChannelRow } from './channel-rows.js';
export { SourceState } from './source-state.js';
export type { SourcePhase } from './source-state.js';

// What a screen reader is to say
export { Announcement } from './announcement.js';
