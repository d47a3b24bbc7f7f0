import { expect, test } from 'vitest';
import { progressLine } from '../src/cli/progress.ts';

const standing = {
  done: 1886,
  total: 1921,
  rate: 132.4,
  counts: [
    ['split', 222],
    ['renamed', 6],
    ['unchanged', 906],
    ['refused', 733],
    ['failed', 19],
  ],
  current: 'services/payments/api/Dockerfile',
} as const;
const line = (columns: number, more: object = {}) => progressLine({ ...standing, ...more }, columns);

test.each([
  [
    120,
    '1886/1921  132/s  222 split, 6 renamed, 906 unchanged, 733 refused, 19 failed  services/payments/api/Dockerfile',
  ],
  [100, '1886/1921  132/s  222 split, 6 renamed, 906 unchanged, 733 refused, 19 failed  …ents/api/Dockerfile'],
  [80, '1886/1921  132/s  222 spl 6 ren 906 unc 733 ref 19 fai  …ayments/api/Dockerfile'],
  [60, '1886/1921  132/s  222 spl 733 ref 19 fai  …s/api/Dockerfile'],
  [40, '1886/1921  132/s  …ments/api/Dockerfile'],
  [30, '1886/1921  132/s  222 spl'],
  [14, '1886/1921  13'],
] as const)('on %i columns', (columns, expected) => {
  expect(line(columns)).toBe(expected);
});

test('is always shorter than the terminal is wide', () => {
  for (let columns = 10; columns < 200; columns++) expect(line(columns).length).toBeLessThan(columns);
  for (let columns = 20; columns < 120; columns++) {
    const wide = line(columns, { counts: [], current: '日本語'.repeat(20) });
    expect(wide.length + (wide.match(/[日本語]/g)?.length ?? 0)).toBeLessThan(columns);
  }
});

test('shows no control characters, and slow rates with a decimal', () => {
  const shown = line(100, { rate: 0.42, counts: [], current: 'a\u001b[31m\n\u202eb' });
  expect(shown).toBe('1886/1921  0.4/s  a?[31m??b');
});
