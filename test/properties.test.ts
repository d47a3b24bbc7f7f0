import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { dockerfiles } from '../src/dev/generate-dockerfile.ts';
import { properties } from '../src/dev/properties.ts';

vi.setConfig({ testTimeout: 120_000 });

/** The same files every time; `npm run properties` tries others, and many more. */
const seed = 20_261_124;

test.each(Object.entries(properties))('of 60 generated files %s', (_, holds) => {
  const property = fc.property(dockerfiles, fc.nat(1000), (text, place) => holds(text, place));
  const result = fc.check(property, { numRuns: 60, seed });
  expect(result.failed ? [result.counterexample, String(result.errorInstance)] : null).toBeNull();
});
