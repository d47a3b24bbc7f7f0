import { describe, expect, test } from 'vitest';
import { originalSpan } from '../src/transform/edits.ts';
import { convert, readCases } from './cases.ts';

const changed = readCases()
  .map(({ name, folder, text }) => ({ name, text, outcome: convert(text, folder) }))
  .filter(({ outcome }) => outcome.text !== null);

/** Lines as a person counts them, without what is no part of their text. */
const linesOf = (text: string) => text.replace(/^\uFEFF/, '').split(/\r?\n/);

describe.each(changed)('$name', ({ text, outcome }) => {
  const before = linesOf(text);
  const after = linesOf(outcome.text ?? '');

  test('has an origin for every line of its output', () => {
    expect(outcome.lines).toHaveLength(after.length);
  });

  test('says of no line that it stands as it was, unless it does', () => {
    const wrong = outcome.lines.flatMap(({ from, why }, index) =>
      from !== null && why === null && before[from - 1] !== after[index] ? [[from, after[index]]] : [],
    );
    expect(wrong).toEqual([]);
  });

  test('says why a line is new', () => {
    const silent = outcome.lines.flatMap(({ from, why }, index) =>
      from === null && why === null && after[index] !== '' ? [after[index]] : [],
    );
    expect(silent).toEqual([]);
  });

  test('keeps every line of the input that is not blank', () => {
    const kept = new Set(outcome.lines.map(({ from }) => from));
    const lost = before.filter((line, index) => line.trim() !== '' && !kept.has(index + 1));
    expect(lost).toEqual([]);
  });
});

test('a place behind an edit is told in the text before it', () => {
  const edits = [
    { span: { start: 10, end: 11 }, text: 'build', reason: '' },
    { span: { start: 4, end: 4 }, text: ' AS build', reason: '' },
  ];
  const original = (start: number) => originalSpan({ start, end: start + 1 }, edits).start;
  expect([0, 3, 8, 13, 18, 19, 21, 24, 30].map(original)).toEqual([0, 3, 4, 4, 9, 10, 10, 11, 17]);
});
