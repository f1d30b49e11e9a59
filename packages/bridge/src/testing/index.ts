// The contract of bridges, for those who write a transport
export { bridgeContract } from './bridge-contract.js';
export type { BridgeContractSubject } from './contract-group.js';
