import * as fc from 'fast-check';
import { config } from 'rxjs';
import { checkProperty, PROPERTY_TIMEOUT_MS, propertyRuns } from './check-property.js';
import { drivers } from './drivers.js';
import { randomProgram } from './random-program.js';

afterAll(() => {
  config.onUnhandledError = null;
});

describe('any program of publishers, subscribers, forwards and pools', () => {
  const runs = Math.ceil(propertyRuns / Object.keys(drivers).length);

  it.each(Object.entries(drivers))(
    'T3–T6, S1–S8, F1–F5: keeps every promise, with %s',
    async (_, createDriver) => {
      const property = fc.asyncProperty(randomProgram(), async (program) => {
        const { actual, expected } = await program.run(createDriver());
        expect(actual).toEqual(expected);
      });
      await checkProperty(property, runs);
    },
    PROPERTY_TIMEOUT_MS,
  );
});
