// Topics, and what feeds them
export { createAsteriskTopics } from './topics/asterisk-topics.js';
export type { AsteriskTopics } from './topics/asterisk-topics.js';
export { publishAriEvent } from './routes/publish-ari-event.js';
export { replay } from './recordings/replay.js';
export type { ReplayOptions, ReplayProgress } from './recordings/replay.js';
export { createReplayControls } from './recordings/replay-controls.js';
export type { ReplayControls, ReplayControlsOptions, ReplayControlsState } from './recordings/replay-controls.js';
export type { RecordedEvent } from './recordings/recorded-event.js';
export { connectAri } from './connection/ari-connection.js';
export type { AriConnection, AriConnectionState } from './connection/ari-connection-handle.js';
export type { AriConnectionOptions } from './connection/ari-connection-options.js';
export type { Fetch, FetchAnswer } from './ari/ari-rest.js';
export { AriGap } from './messages/ari-gap.js';
export type { AriGapData } from './messages/ari-gap.js';
export type { WebSocketClass, WebSocketEvent, WebSocketEventType, WebSocketLike } from './ari/ari-socket.js';

// Statistics
export { startChannelStats } from './statistics/channel-stats.js';
export type { ChannelStats } from './statistics/channel-stats.js';

// Messages about channels
export {
  ApplicationMoveFailed,
  CallBroadcast,
  CallClaimed,
  ChannelDial,
  ChannelDtmfEnd,
  ChannelHangupRequest,
  ChannelHold,
  ChannelSnapshot,
  ChannelTalkingStart,
  ChannelTalkingStop,
  ChannelToneDetect,
  ChannelTransferRequest,
  ChannelUnhold,
  ChannelVarset,
} from './messages/channel-messages.js';
export type {
  ApplicationMoveFailedData,
  CallBroadcastData,
  CallClaimedData,
  ChannelData,
  ChannelDialData,
  ChannelDtmfEndData,
  ChannelHangupRequestData,
  ChannelHoldData,
  ChannelMessage,
  ChannelSnapshotData,
  ChannelTalkingStopData,
  ChannelTransferRequestData,
  ChannelVarsetData,
} from './messages/channel-messages.js';
export { StasisEnd, StasisStart } from './messages/stasis-messages.js';
export type { StasisEndData, StasisStartData } from './messages/stasis-messages.js';
export { MultiUserEvent } from './messages/user-event-messages.js';
export type { MultiUserEventData } from './messages/user-event-messages.js';

// Messages about bridges, endpoints and devices
export { BridgeMerge, BridgeSnapshot, ChannelEnteredBridge, ChannelLeftBridge } from './messages/bridge-messages.js';
export type {
  BridgeMergeData,
  BridgeMessage,
  BridgeSnapshotData,
  ChannelInBridgeData,
} from './messages/bridge-messages.js';
export { AttendedTransfer, BlindTransfer } from './messages/transfer-messages.js';
export type { AttendedTransferData, BlindTransferData, TransferMessage } from './messages/transfer-messages.js';
export {
  EndpointContactState,
  EndpointSnapshot,
  EndpointState,
  TextMessageReceived,
} from './messages/endpoint-messages.js';
export type {
  EndpointContactStateData,
  EndpointMessage,
  EndpointSnapshotData,
  EndpointStateData,
  TextMessageReceivedData,
} from './messages/endpoint-messages.js';
export { DeviceState } from './messages/device-messages.js';
export type { DeviceMessage, DeviceStateData } from './messages/device-messages.js';

// Messages about what is played and recorded
export { PlaybackSnapshot, RecordingSnapshot } from './messages/media-messages.js';
export type { MediaMessage, PlaybackSnapshotData, RecordingSnapshotData } from './messages/media-messages.js';

// Messages about Stasis applications and ARI itself
export {
  ApplicationRegistered,
  ApplicationReplaced,
  ApplicationUnregistered,
  MissingParams,
  RestResponse,
} from './messages/application-messages.js';
export type {
  ApplicationData,
  ApplicationMessage,
  MissingParamsData,
  RestResponseData,
} from './messages/application-messages.js';
export { AriUnknown } from './messages/ari-unknown.js';
export type { AriUnknownData } from './messages/ari-unknown.js';

// What Asterisk tells, as it tells it
export type { CallerId, Channel, DialplanLocation } from './snapshots/channel.js';
export type { Bridge } from './snapshots/bridge.js';
export type { Endpoint } from './snapshots/endpoint.js';
export type { LiveRecording } from './snapshots/live-recording.js';
export type { Playback } from './snapshots/playback.js';
export { parseAriTime } from './events/ari-time.js';

// Errors
export { AriConnectionError, BrokenAriEventError, UnknownAriEventError } from './ground/errors.js';
export type { AriConnectionErrorCode } from './ground/errors.js';
