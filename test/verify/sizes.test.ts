import { expect, test } from 'vitest';
import { bytes } from '../../src/report/verification.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1 kB'],
  [770_123, '770 kB'],
  [1_500_000, '1.5 MB'],
  [100_000_000, '100 MB'],
  [1_424_000_000, '1.42 GB'],
])('%d bytes are %s', (size, text) => expect(bytes(size)).toBe(text));
