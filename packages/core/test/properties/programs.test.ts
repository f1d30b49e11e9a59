import { config } from 'rxjs';
import { checkPrograms, driverCases, PROGRAMS_TIMEOUT_MS } from './check-programs.js';
import { randomProgram } from './random-program.js';
import { World } from './world.js';

afterAll(() => {
  config.onUnhandledError = null;
});

describe('any program of publishers, subscribers, forwards and pools', () => {
  it.each(driverCases)(
    'T3–T6, S1–S8, F1–F5, M6, Z1: keeps every promise, with %s',
    (_, createDriver) => checkPrograms(randomProgram(), () => new World(createDriver()), 1),
    PROGRAMS_TIMEOUT_MS,
  );
});
