import * as fc from 'fast-check';

const RUNS = 300;

/** How many random cases a property is tried with: `STASIS_RX_PROPERTY_RUNS`, or a modest number. */
export const propertyRuns = Number(process.env.STASIS_RX_PROPERTY_RUNS ?? RUNS);

/** Long enough for the largest numbers of runs. */
export const PROPERTY_TIMEOUT_MS = 600_000;

/**
 * Checks a property. A failure says how to see it again: `STASIS_RX_PROPERTY_SEED` and `STASIS_RX_PROPERTY_PATH` repeat
 * exactly the case to which it was shrunk.
 *
 * @param numRuns how many random cases
 */
export async function checkProperty<T extends unknown[]>(
  property: fc.IAsyncProperty<T> | fc.IProperty<T>,
  numRuns: number = propertyRuns,
): Promise<void> {
  const { STASIS_RX_PROPERTY_SEED: seed, STASIS_RX_PROPERTY_PATH: path } = process.env;
  const details = await fc.check(property as fc.IAsyncProperty<T>, {
    numRuns,
    ...(seed !== undefined && { seed: Number(seed) }),
    ...(path !== undefined && { path, endOnFailure: true }),
  });
  if (details.failed) throw new Error(failureReport(details), { cause: details.errorInstance });
}

function failureReport<T extends unknown[]>(details: fc.RunDetails<T>): string {
  const values: readonly unknown[] = details.counterexample ?? [];
  const again = `STASIS_RX_PROPERTY_SEED=${details.seed} STASIS_RX_PROPERTY_PATH=${details.counterexamplePath ?? ''}`;
  return [
    `The property fails after ${details.numRuns} runs, shrunk ${details.numShrinks} times, for`,
    values.map((value) => fc.stringify(value)).join('\n'),
    `To see it again, run this test alone (jest -t) with ${again}`,
  ].join('\n\n');
}
