import { expect, test } from 'vitest';
import { measure, report } from '../src/dev/coverage.ts';

test('counts what is known and names what is not, by frequency', () => {
  const coverage = measure([
    'FROM debian:bookworm\nRUN apt-get install -y gcc no-such-package && frobnicate --all && ./own.sh && cd /tmp\n',
    'FROM alpine:3.20\nRUN apk add --no-cache curl no-such-package && frobnicate && conjure && cp $SOMETHING /x\n',
  ]);
  expect(coverage.packages.known).toBe(2);
  expect([...coverage.packages.unknown]).toEqual([
    ['debian no-such-package', 1],
    ['alpine no-such-package', 1],
  ]);
  // Two installs and one copy; what the shell does itself and what the project brings along is not counted.
  expect(coverage.commands.known).toBe(3);
  expect([...coverage.commands.unknown]).toEqual([
    ['frobnicate', 2],
    ['conjure', 1],
  ]);
  expect(report(coverage, 1)).toContain('commands: 3 of 6 known (50.0 %)\n     2 frobnicate\n');
});
