import { describe, expect, test } from 'vitest';
import { parseShell } from '../../src/syntax/parse-shell.ts';
import type { ShellNode, ShellScript, ShellWord } from '../../src/syntax/shell.ts';
import { hasGlob, wordValue } from '../../src/syntax/shell-value.ts';
import { commandsOf, functionsOf } from '../../src/syntax/walk-shell.ts';

function read(text: string): ShellScript {
  const script = parseShell(text);
  if ('message' in script) throw new Error(script.message);
  return script;
}

/** A tree in one line: enough to see what is in what. */
function shape(node: ShellNode | null): string {
  if (node === null) return '-';
  const words = (list: readonly ShellWord[]): string => list.map(({ raw }) => raw).join(' ');
  switch (node.kind) {
    case 'command':
      return [
        ...node.assignments.map(({ name, append }) => `${name}${append ? '+' : ''}=`),
        words(node.words),
        ...node.redirects.map(
          ({ descriptor, operator, target }) => `${descriptor ?? ''}${operator}${target?.raw ?? ''}`,
        ),
      ]
        .filter((part) => part !== '')
        .join(' ');
    case 'and':
    case 'or':
      return `${node.kind}(${shape(node.left)}, ${shape(node.right)})`;
    case 'sequence':
      return `(${node.items.map(shape).join('; ')})`;
    case 'pipeline':
      return `${node.negated ? 'not' : 'pipe'}(${node.items.map(shape).join(' | ')})`;
    case 'if':
      return `if(${node.branches.map(({ test, body }) => `${shape(test)}: ${shape(body)}`).join(', ')}, ${shape(node.otherwise)})`;
    case 'for':
      return `for ${node.name}[${node.items === null ? '*' : words(node.items)}](${shape(node.body)})`;
    case 'while':
    case 'until':
      return `${node.kind}(${shape(node.test)}: ${shape(node.body)})`;
    case 'case':
      return `case ${node.subject.raw}(${node.branches.map(({ patterns, body }) => `${words(patterns)}: ${shape(body)}`).join(', ')})`;
    case 'function':
      return `function ${node.name}(${shape(node.body)})`;
    case 'other':
      return `other(${node.raw})`;
    default:
      return `${node.kind}(${shape(node.body)})${'redirects' in node ? node.redirects.map((one) => one.operator).join('') : ''}`;
  }
}

describe('a script is read as', () => {
  test.each([
    ['', '-'],
    ['a b', 'a b'],
    ['a; b &', '(a; background(b))'],
    ['a && b || c', 'or(and(a, b), c)'],
    ['! a', 'not(a)'],
    ['a | b', 'pipe(a | b)'],
    ['X=1 Y+=2 a', 'X= Y+= a'],
    ['export A=1 B=$C', 'export A=1 B=$C'],
    ['export A+=(1)', 'export A+=(1)'],
    ['a 2>&1 >x <<<y', 'a 2>&1 >x <<<y'],
    ['( a ) > x', 'group(subshell(a))>'],
    ['{ a; }', 'group(a)'],
    ['if a; then b; elif c; then d; else e; fi', 'if(a: b, c: d, e)'],
    ['for i in 1 2; do a; done', 'for i[1 2](a)'],
    ['for i; do a; done', 'for i[*](a)'],
    ['for ((i = 0; i < 3; i++)); do a; done', 'for [*](a)'],
    ['select x in 1; do a; done', 'for x[*](a)'],
    ['while a; do b; done', 'while(a: b)'],
    ['until a; do b; done', 'until(a: b)'],
    ['case $x in a|b) c;; *) ;; esac', 'case $x(a b: c, *: -)'],
    ['f() { a; }', 'function f(group(a))'],
    ['(( x++ ))', 'other((( x++ )))'],
    ['coproc a', 'other(coproc a)'],
    ['[[ -f x ]]', '[[ -f x ]]'],
    ['[[ ! ( $a == b && -z c || d ) ]]', '[[ ! ( $a == b -a -z c -o -n d ) ]]'],
  ])('%s', (text, expected) => {
    expect(shape(read(text).body)).toBe(expected);
  });

  test.each(['if a', 'a )', "echo 'a", '<<'])('%s is an error', (text) => {
    expect(parseShell(text)).toHaveProperty('message');
  });

  test.each([
    ['in a substitution', (n: number) => `${'$('.repeat(n)}a${')'.repeat(n)}`],
    ['in a default', (n: number) => `echo ${'${A:-$('.repeat(n)}a${')}'.repeat(n)}`],
    ['in loops', (n: number) => `${'while a; do '.repeat(n)}b${'; done'.repeat(n)}`],
    ['in branches', (n: number) => `${'case x in a) '.repeat(n)}b${';; esac'.repeat(n)}`],
    ['in functions', (n: number) => `${'f() { '.repeat(n)}b${'; }'.repeat(n)}`],
    ['in else', (n: number) => `${'if a; then b; else '.repeat(n)}c${'; fi'.repeat(n)}`],
    ['in a target', (n: number) => `${'a > $('.repeat(n)}b${')'.repeat(n)}`],
    ['in an assignment', (n: number) => `${'A=$('.repeat(n)}b${')'.repeat(n)}`],
  ])('nothing that is nested too deep %s', (_, text) => {
    expect(parseShell(text(3), 30)).toHaveProperty('body');
    expect(parseShell(text(40), 30)).toMatchObject({ message: 'it is nested deeper than 30 levels' });
  });

  test('a heredoc has its text', () => {
    const body = read('cat <<E\nx\nE\n').body;
    expect(body).toMatchObject({ kind: 'command', redirects: [{ operator: '<<', heredoc: 'x\n', target: null }] });
  });
});

describe('a word has the value', () => {
  const VALUES: Readonly<Record<string, string | null>> = { A: 'a.b', U: null };
  const value = (word: string, printed?: (script: ShellScript) => string | null): string | null => {
    const body = read(`echo ${word}`).body;
    if (body?.kind !== 'command') throw new Error('no command');
    return wordValue(body.words[1] as ShellWord, (name) => VALUES[name], printed);
  };
  test.each([
    ['a"b"\'c\'', 'abc'],
    ["$'a\\tb'", 'a\tb'],
    ['""', ''],
    ['$A', 'a.b'],
    ['"$A.$N"', 'a.b.'],
    ['${A%.*}', 'a'],
    ['${A/./-}', 'a-b'],
    ['${A//./-}', 'a-b'],
    ['${N:-$A}', 'a.b'],
    ['${N:-${U}}', null],
    ['${A/\\//x}', null],
    ['${!A}', null],
    ['${A[1]}', null],
    ['${#A}', null],
    ['${A:0:1}', null],
    ['*.c', '*.c'],
    ['$U', null],
    ['$((1 + 1))', null],
    ['$(pwd)', null],
    ['<(a)', null],
    ['PREFIX=$A', 'PREFIX=a.b'],
  ])('%s', (word, expected) => {
    expect(value(word)).toBe(expected);
  });

  test('of a command, where that is known', () => {
    expect(value('x$(pwd)', (script) => (script.text.includes('pwd') ? '/src' : null))).toBe('x/src');
  });

  test('and is a pattern or not', () => {
    const words = (read('echo *.c "*.c" {a,b} c').body as Extract<ShellNode, { kind: 'command' }>).words;
    expect(words.map(hasGlob)).toEqual([false, true, false, true, false]);
  });
});

test('every command of a script is found, and every function', () => {
  const { body } = read(
    'a && b || c; d | e; (f) & if g; then h; else i; fi; for x in 1; do j; done; case y in 1) k;; 2) ;; esac; while l; do m; done; n() { o; }; (( 1 ))',
  );
  expect([...commandsOf(body as ShellNode)].map(({ words }) => words[0]?.raw).join('')).toBe('abcdefghijklmo');
  expect([...functionsOf(body)]).toEqual(['n']);
});
