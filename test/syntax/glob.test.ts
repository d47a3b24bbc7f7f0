import { expect, test } from 'vitest';
import { globMatcher, literal } from '../../src/syntax/glob.ts';

test.each([
  ['*', '', true],
  ['*', 'anything', true],
  ['a*', 'b', false],
  ['*.js', 'a.js', true],
  ['*.js', 'a.jsx', false],
  ['*.js', 'axjs', false],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-c-b', false],
  ['ab*bc', 'abc', false],
  ['?.txt', 'a.txt', true],
  ['?.txt', '.txt', false],
  ['a+(b)', 'a+(b)', true],
  ['[ab]', '[ab]', true],
  ['[ab]', 'a', false],
  ['a*', 'a\nb', true],
])('%s and %j: %s', (glob, name, expected) => {
  expect(globMatcher(glob)(name)).toBe(expected);
});

test('classes of characters count where they are asked for', () => {
  expect(['a1', 'a9', 'ax'].filter(globMatcher('a[0-9]', '*?['))).toEqual(['a1', 'a9']);
  expect(['a[', 'ab'].filter(globMatcher('a[[]', '*?['))).toEqual([]);
  expect(['v?', 'v1'].filter(globMatcher('v?', '*'))).toEqual(['v?']);
});

test('many stars take no time', () => {
  const start = performance.now();
  expect(globMatcher('*a'.repeat(500))(`${'a'.repeat(60_000)}b`)).toBe(false);
  expect(performance.now() - start).toBeLessThan(2_000);
});

test('a literal is nothing but itself', () => {
  const text = '(a+)+[b]*.?^$|{1}\\/-';
  expect(new RegExp(`^${literal(text)}$`).test(text)).toBe(true);
});
