import { describe, expect, test } from 'vitest';
import { convert, readCases, record, recorded } from './cases.ts';

const cases = readCases();

test('there are fixtures', () => {
  expect(cases.length).toBeGreaterThanOrEqual(75);
});

describe.each(cases)('$name', ({ name, folder, text }) => {
  const expected = recorded(folder);

  test('comes out as recorded', () => {
    expect(expected.json, `nothing is recorded yet: npm run fixture ${name}`).not.toBeNull();
    const actual = record(convert(text, folder));
    expect(actual.dockerfile).toBe(expected.dockerfile);
    expect(actual.json).toBe(expected.json);
  });

  test.runIf(expected.dockerfile !== null)('a second run changes nothing', () => {
    const again = convert(expected.dockerfile ?? '', folder);
    expect(again.text).toBeNull();
    expect(['unchanged', 'refused']).toContain(again.outcome);
  });
});
