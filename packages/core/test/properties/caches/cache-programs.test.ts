import { config } from 'rxjs';
import { checkPrograms, driverCases, PROGRAMS_TIMEOUT_MS } from '../check-programs.js';
import { World } from '../world.js';
import { randomCacheProgram } from './random-program.js';

afterAll(() => {
  config.onUnhandledError = null;
});

describe('any program of caching topics on one cache', () => {
  it.each(driverCases)(
    'C1–C7, T3, T6, S4, Z1: holds, tells and sums up what the model does, with %s',
    (_, createDriver) => checkPrograms(randomCacheProgram(), () => new World(createDriver()), 0.5),
    PROGRAMS_TIMEOUT_MS,
  );
});
