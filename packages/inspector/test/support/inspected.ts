import type { Bus } from '@stasis-rx/core';
import type { InspectorLimits } from '../../src/index.js';
import { limitsOf } from '../../src/ground/limits.js';
import { Inspected, type InspectedOptions } from '../../src/session/inspected.js';
import { openSession, type Session } from '../../src/session/session.js';
import { FakeCarrier } from './fake-carrier.js';
import { ManualClock } from './manual-clock.js';

interface Options extends Partial<Omit<InspectedOptions, 'limits' | 'clock'>> {
  readonly limits?: InspectorLimits;
}

/** A bus that is inspected by a client in the test's hands. */
export interface Inspection {
  readonly inspected: Inspected;
  readonly clock: ManualClock;
  /** One more client. */
  connect(): FakeCarrier & { readonly session: Session; readonly whenClosed: jest.Mock };
}

export function inspect(
  bus: Bus,
  { limits, redact, isControllable = true, isAlwaysRecorded = true }: Options = {},
): Inspection {
  const clock = new ManualClock();
  const settings = { limits: limitsOf('test', limits), clock, redact, isControllable, isAlwaysRecorded };
  const inspected = new Inspected(bus, settings);
  return {
    inspected,
    clock,
    connect: () => {
      const carrier = new FakeCarrier();
      const whenClosed = jest.fn();
      const session = openSession(inspected, carrier, whenClosed);
      return Object.assign(carrier, { session, whenClosed });
    },
  };
}
