// Topics, and what feeds them
export { createAsteriskTopics } from './asterisk-topics.js';
export type { AsteriskTopics } from './asterisk-topics.js';
export { publishAriEvent } from './publish-ari-event.js';
export { replay } from './replay.js';
export type { ReplayOptions, ReplayProgress } from './replay.js';
export { createReplayControls } from './replay-controls.js';
export type { ReplayControls, ReplayControlsOptions, ReplayControlsState } from './replay-controls.js';
export type { RecordedEvent } from './recorded-event.js';
export { connectAri } from './ari-connection.js';
export type { AriConnection, AriConnectionState } from './ari-connection-handle.js';
export type { AriConnectionOptions } from './ari-connection-options.js';
export type { Fetch, FetchAnswer } from './ari-rest.js';
export { AriGap } from './ari-gap.js';
export type { AriGapData } from './ari-gap.js';
export type { WebSocketClass, WebSocketEvent, WebSocketEventType, WebSocketLike } from './ari-socket.js';

// Statistics
export { startChannelStats } from './channel-stats.js';
export type { ChannelStats } from './channel-stats.js';

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
} from './channel-messages.js';
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
} from './channel-messages.js';
export { StasisEnd, StasisStart } from './stasis-messages.js';
export type { StasisEndData, StasisStartData } from './stasis-messages.js';
export { MultiUserEvent } from './user-event-messages.js';
export type { MultiUserEventData } from './user-event-messages.js';

// Messages about bridges, endpoints and devices
export { BridgeMerge, BridgeSnapshot, ChannelEnteredBridge, ChannelLeftBridge } from './bridge-messages.js';
export type { BridgeMergeData, BridgeMessage, BridgeSnapshotData, ChannelInBridgeData } from './bridge-messages.js';
export { AttendedTransfer, BlindTransfer } from './transfer-messages.js';
export type { AttendedTransferData, BlindTransferData, TransferMessage } from './transfer-messages.js';
export { EndpointContactState, EndpointSnapshot, EndpointState, TextMessageReceived } from './endpoint-messages.js';
export type {
  EndpointContactStateData,
  EndpointMessage,
  EndpointSnapshotData,
  EndpointStateData,
  TextMessageReceivedData,
} from './endpoint-messages.js';
export { DeviceState } from './device-messages.js';
export type { DeviceMessage, DeviceStateData } from './device-messages.js';

// Messages about what is played and recorded
export { PlaybackSnapshot, RecordingSnapshot } from './media-messages.js';
export type { MediaMessage, PlaybackSnapshotData, RecordingSnapshotData } from './media-messages.js';

// Messages about Stasis applications and ARI itself
export {
  ApplicationRegistered,
  ApplicationReplaced,
  ApplicationUnregistered,
  MissingParams,
  RestResponse,
} from './application-messages.js';
export type {
  ApplicationData,
  ApplicationMessage,
  MissingParamsData,
  RestResponseData,
} from './application-messages.js';
export { AriUnknown } from './ari-unknown.js';
export type { AriUnknownData } from './ari-unknown.js';

// What Asterisk tells, as it tells it
export type { CallerId, Channel, DialplanLocation } from './channel.js';
export type { Bridge } from './bridge.js';
export type { Endpoint } from './endpoint.js';
export type { LiveRecording } from './live-recording.js';
export type { Playback } from './playback.js';
export { parseAriTime } from './ari-time.js';

// Errors
export { AriConnectionError, BrokenAriEventError, UnknownAriEventError } from './errors.js';
export type { AriConnectionErrorCode } from './errors.js';
