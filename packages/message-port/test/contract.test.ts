import { bridgeContract } from '@stasis-rx/bridge/testing';
import { bridgeOverMessagePort } from '@stasis-rx/message-port';
import { Switchboard } from './support/switchboard.js';

describe('bridges over MessagePorts', () => {
  const cases = bridgeContract(() => {
    const groups = [new Switchboard(), new Switchboard(), new Switchboard()];
    return {
      connect: (bus, options, group) => bridgeOverMessagePort(bus, groups[group]!.port(), options),
      close: () => {
        for (const group of groups) group.close();
      },
    };
  });
  it.each(cases)('$title', ({ run }) => run());
});
