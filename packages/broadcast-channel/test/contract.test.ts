import { bridgeContract } from '@stasis-rx/bridge/testing';
import { bridge } from '@stasis-rx/broadcast-channel';

describe('bridges over BroadcastChannel', () => {
  let caseNumber = 0;
  const cases = bridgeContract(() => {
    caseNumber++;
    return {
      connect: (bus, options, group) => bridge(bus, `case ${caseNumber}, group ${group}`, options),
      close: () => undefined,
    };
  });
  it.each(cases)('$title', ({ run }) => run());
});
