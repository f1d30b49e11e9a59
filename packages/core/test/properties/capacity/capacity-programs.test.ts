import { config } from 'rxjs';
import { checkPrograms, driverCases, PROGRAMS_TIMEOUT_MS } from '../check-programs.js';
import { randomCapacityProgram } from './random-program.js';
import { CapacityWorld } from './world.js';

afterAll(() => {
  config.onUnhandledError = null;
});

describe('any program of publishers and bounded mailboxes', () => {
  it.each(driverCases)(
    'S10, S1, S4, T3, T6, Z1: drops, answers, alerts and counts as the model does, with %s',
    (_, createDriver) => checkPrograms(randomCapacityProgram(), () => new CapacityWorld(createDriver()), 0.5),
    PROGRAMS_TIMEOUT_MS,
  );
});
