import { config } from 'rxjs';
import { checkPrograms, driverCases, PROGRAMS_TIMEOUT_MS } from '../../../core/test/properties/check-programs.js';
import { randomRouterProgram } from './random-router-program.js';
import { RouterWorld } from './router-world.js';

afterAll(() => {
  config.onUnhandledError = null;
});

describe('any program of publishers and routers', () => {
  it.each(driverCases)(
    'R1–R5, T3, S1, S4, Z1: hands each message to the route that it has when its turn comes, with %s',
    (_, createDriver) => checkPrograms(randomRouterProgram(), () => new RouterWorld(createDriver()), 0.5),
    PROGRAMS_TIMEOUT_MS,
  );
});
