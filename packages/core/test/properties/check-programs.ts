import * as fc from 'fast-check';
import { checkProperty, PROPERTY_TIMEOUT_MS, propertyRuns } from './check-property.js';
import { drivers, type Driver } from './drivers.js';
import type { Program } from './program.js';
import type { Stage } from './stage.js';

/** For how long a test may run random programs. */
export const PROGRAMS_TIMEOUT_MS = PROPERTY_TIMEOUT_MS;

/** The drivers by name, for `it.each`: programs are run under each of them. */
export const driverCases: readonly (readonly [string, () => Driver])[] = Object.entries(drivers);

/**
 * Runs random programs of one kind, and compares what came of them with the model.
 *
 * @param createStage where one program runs
 * @param share which part of all programs are of this kind
 */
export async function checkPrograms<Place extends Stage, Self>(
  programs: fc.Arbitrary<Program<Place, Self>>,
  createStage: () => Place,
  share: number,
): Promise<void> {
  const property = fc.asyncProperty(programs, async (program) => {
    const { actual, expected } = await program.run(createStage());
    expect(actual).toEqual(expected);
  });
  await checkProperty(property, Math.ceil((propertyRuns * share) / driverCases.length));
}
