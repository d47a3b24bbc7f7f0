import { expect, test } from 'vitest';
import { originalSpan } from '../src/transform/edits.ts';
import { convert, readCases, recorded } from './cases.ts';

const changed = readCases().filter(({ folder }) => recorded(folder).dockerfile !== null);

/** Lines as a person counts them, without what is no part of their text. */
const linesOf = (text: string) => text.replace(/^\uFEFF/, '').split(/\r?\n/);

test.each(changed)('$name: every line of its output has an origin', ({ text, folder }) => {
  const outcome = convert(text, folder);
  expect(outcome.text).toBe(recorded(folder).dockerfile);
  const before = linesOf(text);
  const after = linesOf(outcome.text ?? '');
  expect(outcome.lines).toHaveLength(after.length);
  const origins = outcome.lines.map((origin, index) => ({ ...origin, line: after[index] }));
  // A line that is said to stand as it was does.
  expect(origins.filter(({ from, why, line }) => from !== null && why === null && before[from - 1] !== line)).toEqual(
    [],
  );
  // A new line says why.
  expect(origins.filter(({ from, why, line }) => from === null && why === null && line !== '')).toEqual([]);
  // No line of the input is lost that is not blank.
  const kept = new Set(outcome.lines.map(({ from }) => from));
  expect(before.filter((line, index) => line.trim() !== '' && !kept.has(index + 1))).toEqual([]);
});

test('a place behind an edit is told in the text before it', () => {
  const edits = [
    { span: { start: 10, end: 11 }, text: 'build', reason: '' },
    { span: { start: 4, end: 4 }, text: ' AS build', reason: '' },
  ];
  const original = (start: number) => originalSpan({ start, end: start + 1 }, edits).start;
  expect([0, 3, 8, 13, 18, 19, 21, 24, 30].map(original)).toEqual([0, 3, 4, 4, 9, 10, 10, 11, 17]);
});
