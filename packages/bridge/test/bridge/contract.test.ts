import { bridgeContract } from '@stasis-rx/bridge/testing';
import { MemoryNetwork } from '../support/memory-network.js';

describe('bridges over a network in memory', () => {
  const cases = bridgeContract(() => {
    const networks = [new MemoryNetwork(), new MemoryNetwork(), new MemoryNetwork()];
    return { connect: (bus, options, group) => networks[group]!.bridge(bus, options), close: () => undefined };
  });
  it.each(cases)('$title', ({ run }) => run());
});
