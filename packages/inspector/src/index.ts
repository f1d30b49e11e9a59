/// <reference lib="esnext.disposable" preserve="true" />

// Looking
export { serveInspector } from './serve/serve-inspector.js';
export type { ServedInspector, ServeInspectorOptions } from './serve/serve-inspector.js';
export { serveRecording } from './serve/serve-recording.js';
export type { ListenOptions } from './serve/serve-options.js';
export { openInspector } from './panel/open-inspector.js';
export type { InspectorPanel, OpenInspectorOptions } from './panel/open-inspector.js';

// Recording
export { record } from './recording/record.js';
export type { Recording, RecordOptions } from './recording/record.js';
export { readRecording } from './recording/read-recording.js';
export type { RecordingSource } from './recording/read-recording.js';
export { play } from './recording/play.js';
export type { Played, PlayOptions } from './recording/play.js';
export type { Revive, TypeByName } from './recording/remade.js';
export type { Redact } from './recording/redactor.js';
export type { InspectorLimits } from './ground/limits.js';
export type { Clock } from './ground/clock.js';

// Other tools
export { showInPerformancePanel } from './performance/show-in-performance-panel.js';
export type { PerformancePanelOptions, PerformancePanelTarget } from './performance/show-in-performance-panel.js';
export { connectReduxDevTools } from './redux/connect-redux-dev-tools.js';
export type { ConnectedReduxDevTools, ReduxDevToolsOptions } from './redux/connect-redux-dev-tools.js';
export type { ReduxConnection, ReduxConnectOptions, ReduxDevTools } from './redux/redux-dev-tools.js';

// The protocol
export { PROTOCOL } from './protocol/frames.js';
export type {
  BusRequest,
  CacheReport,
  CacheRequest,
  DescriptionReport,
  HelloReport,
  MessageReport,
  MessageRequest,
  RecordsReport,
  RefusedReport,
  Report,
  Request,
  SnapshotReport,
  SnapshotRequest,
  StatisticsReport,
  SubscriptionRequest,
  WatchRequest,
} from './protocol/frames.js';
export type {
  BeganRecord,
  ChangedRecord,
  DroppedRecord,
  EndedRecord,
  InspectorRecord,
  PublishedRecord,
  QueuedRecord,
  WroteRecord,
} from './protocol/records.js';
export type {
  RecordedData,
  RecordedEvent,
  RecordedLine,
  RecordedPublish,
  RecordedWrite,
  RecordingHeader,
  Timeless,
} from './protocol/recorded.js';
export type { Shown, ShownList, ShownObject, ShownOther, ShownPart, ShownText } from './protocol/shown.js';
