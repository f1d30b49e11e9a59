import { config } from 'rxjs';
import { checkPrograms, driverCases, PROGRAMS_TIMEOUT_MS } from '../check-programs.js';
import { randomStatesProgram } from './random-program.js';
import { StatesWorld } from './world.js';

afterAll(() => {
  config.onUnhandledError = null;
});

describe('any program of a state manager and those who observe it', () => {
  it.each(driverCases)(
    'X1, X2, T3, T6, Z1: keeps states, and tells of them, as the model does, with %s',
    (_, createDriver) => checkPrograms(randomStatesProgram(), () => new StatesWorld(createDriver()), 0.5),
    PROGRAMS_TIMEOUT_MS,
  );
});
