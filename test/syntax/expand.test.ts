import { describe, expect, test } from 'vitest';
import { applyOperator, expand } from '../../src/syntax/expand.ts';

const VALUES: Readonly<Record<string, string | null>> = { A: 'one.tar.gz', E: '', P: '/usr/local/bin', U: null };
const value = (raw: string, escape = '\\') => expand(raw, (name) => VALUES[name], escape).value;

/** https://docs.docker.com/reference/dockerfile/#environment-replacement, and what BuildKit's shell/lex_test.go tells. */
describe('a word is expanded as BuildKit does it', () => {
  test.each([
    ['plain', 'plain'],
    ['$A', 'one.tar.gz'],
    ['x${A}y', 'xone.tar.gzy'],
    ['$NONE.', '.'],
    ['$', '$'],
    ['a$ b', 'a$ b'],
    ['\\$A', '$A'],
    ["'$A'", '$A'],
    ['"$A"', 'one.tar.gz'],
    ['"it\'s $E."', "it's ."],
    ['\'say "a"\'', 'say "a"'],
    ['"\\$A\\x"', '$A\\x'],
    ['a\\ b', 'a b'],
    ['tail\\', 'tail\\'],
    ['$1', ''],
    ['$U', null],
    ['a$U', null],
  ])('%s', (raw, expected) => {
    expect(value(raw)).toBe(expected);
  });

  test.each([
    ['NONE:-b', 'b'],
    ['NONE-b', 'b'],
    ['E:-b', 'b'],
    ['E-b', ''],
    ['A:-b', 'one.tar.gz'],
    ['A:+b', 'b'],
    ['A+b', 'b'],
    ['E:+b', ''],
    ['E+b', 'b'],
    ['NONE+b', ''],
    ['A:?b', 'one.tar.gz'],
    ['NONE:?b', null],
    ['E?b', ''],
    ['NONE:-$A', 'one.tar.gz'],
    ['NONE:-$U', null],
    ['U:-b', null],
    ['U:+b', null],
    ['U:?b', null],
    ['A#one.', 'tar.gz'],
    ['A#*.', 'tar.gz'],
    ['A##*.', 'gz'],
    ['A%.*', 'one.tar'],
    ['A%%.*', 'one'],
    ['A%?z', 'one.tar.'],
    ['A#nothing', 'one.tar.gz'],
    ['NONE%x', ''],
    ['U%x', null],
    ['A%$U', null],
    ['A/./-', 'one-tar.gz'],
    ['A//./-', 'one-tar-gz'],
    ['A/.tar', 'one.gz'],
    ['A/one/$&', '$&.tar.gz'],
    ['A/*/x', null],
    ['A//', null],
    ['!x', null],
  ])('${%s}', (inside, expected) => {
    expect(value(`\${${inside}}`)).toBe(expected);
  });

  test('with the escape character of the file', () => {
    expect(value('`$A c:\\x', '`')).toBe('$A c:\\x');
  });

  test('and the names that it reads are told, those of defaults included', () => {
    expect(expand('$A ${B:-$C} \\$D', () => undefined, '\\').names).toEqual(['A', 'B', 'C']);
  });

  test('as far as a value may grow, and patterns as far as they may take time', () => {
    expect(expand('$A$A', () => 'a'.repeat(32_767), '\\').value).toHaveLength(65_534);
    expect(expand('$A$A', () => 'a'.repeat(32_768), '\\').value).toBeNull();
    expect(applyOperator('a'.repeat(1_000), '%', 'a')).toHaveLength(999);
    expect(applyOperator('a'.repeat(1_001), '%', 'a')).toBeNull();
  });

  test('but not within itself more than a hundred times', () => {
    const nested = (depth: number) => `${'${N:-'.repeat(depth)}a${'}'.repeat(depth)}`;
    expect(value(nested(100))).toBe('a');
    expect(value(nested(101))).toBeNull();
  });
});
