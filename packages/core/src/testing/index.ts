// Driving a bus by hand, and seeing what comes of it
export { createManualDispatcher } from './manual-dispatcher.js';
export type { ManualDispatcher } from './manual-dispatcher.js';
export { createRecorder } from './recorder.js';
export type { Recorder } from './recorder.js';
export { createTimeline } from './timeline.js';
export type { Timeline } from './timeline.js';
export { assertImmutable } from './assert-immutable.js';
export { messageTypeSerializer } from './message-type-serializer.js';
export type { MessageTypeSerializer } from './message-type-serializer.js';

// Contracts, for those who write adapters
export { ContractMessage } from './contracts/contract.js';
export type {
  ContractCase,
  ContractConnectOptions,
  ContractConnection,
  ContractFactory,
  ContractReceiver,
  ContractSubject,
} from './contracts/contract.js';
export { disposalContract } from './contracts/disposal-contract.js';
export type { DisposalConnection, DisposalSubject } from './contracts/disposal-contract.js';
export { finalMessageContract } from './contracts/final-message-contract.js';
export type { FinalMessageConnection, FinalMessageSubject } from './contracts/final-message-contract.js';
export { isolationContract } from './contracts/isolation-contract.js';
export type { IsolationSubject } from './contracts/isolation-contract.js';
export { orderingContract } from './contracts/ordering-contract.js';
