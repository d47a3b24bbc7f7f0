import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { catalogue } from '../src/diagnostics/catalogue.ts';
import { convert, readCases } from './cases.ts';

/** The runner leaves such a file alone before it is split, which is all that a fixture does: test/config.test.ts shows it. */
const WITHOUT_FIXTURE = new Set(['DF324']);

test('every reason to refuse, every assumption and every note has a fixture', () => {
  const seen = new Set(
    readCases().flatMap(({ text, folder }) => convert(text, folder).diagnostics.map(({ code }) => code)),
  );
  const told = catalogue.filter(
    ({ code, severity }) => /^DF[234]/.test(code) && severity !== 'error' && !WITHOUT_FIXTURE.has(code),
  );
  expect(told.map(({ code }) => code).filter((code) => !seen.has(code))).toEqual([]);
}, 60_000);

test('every code is issued somewhere, and what is issued is in the catalogue', () => {
  const sources = readdirSync('src', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  const issued = new Set(
    sources
      .filter((path) => !path.includes('diagnostics'))
      .flatMap((path) => readFileSync(path, 'utf8').match(/(?<=')DF\d{3}(?=')/g) ?? []),
  );
  const codes = catalogue.map(({ code }) => code);
  expect(codes.filter((code) => !issued.has(code))).toEqual([]);
  expect([...issued].filter((code) => !codes.includes(code))).toEqual([]);
});
