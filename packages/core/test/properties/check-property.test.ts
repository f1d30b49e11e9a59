import * as fc from 'fast-check';
import { checkProperty } from './check-property.js';

const failing = fc.property(fc.nat(1000), (number) => number < 5);

it('says for what a property fails, and how to see that again', async () => {
  const report = await checkProperty(failing, 100).catch((error: unknown) => (error as Error).message);

  expect(report).toMatch(/^The property fails after \d+ runs, shrunk \d+ times, for\n\n5\n/);
  expect(report).toMatch(/STASIS_RX_PROPERTY_SEED=-?\d+ STASIS_RX_PROPERTY_PATH=[\d:]+$/);
});

describe('given the seed and the path of a failure', () => {
  const { env } = process;

  beforeEach(() => {
    process.env = { ...env, STASIS_RX_PROPERTY_SEED: '42', STASIS_RX_PROPERTY_PATH: '0:0' };
  });

  afterEach(() => {
    process.env = env;
  });

  it('runs that very case', async () => {
    const seen: number[] = [];
    const property = fc.property(fc.nat(1000), (number) => {
      seen.push(number);
    });
    await checkProperty(property, 1);
    await checkProperty(property, 1);

    expect(seen[0]).toBe(seen[seen.length / 2]);
  });
});
