import { expect, test } from 'vitest';
import { docPages, docProblems } from '../src/dev/generate-docs.ts';

test('docs/ is what npm run docs writes', () => {
  expect(docProblems(docPages())).toEqual({ stale: [], strange: [] });
}, 60_000);
