import { describe, expect, test } from 'vitest';
import { lineColumn } from '../../src/syntax/lines.ts';
import { parse } from '../../src/syntax/parse.ts';

const problems = (text: string) =>
  parse(text).problems.map(({ code, span }) => ({ code, ...lineColumn(text, span.start) }));
const keywords = (text: string) => parse(text).instructions.map((instruction) => instruction.keyword);
const spans = (text: string) => parse(text).instructions.map(({ span }) => text.slice(span.start, span.end));

describe('what BuildKit rejects has a code and a place', () => {
  test.each([
    ['FROM alpine\nRUM apk add curl', 'DF101', 2, 1],
    ['', 'DF102', 1, 1],
    ['# only a comment', 'DF102', 1, 1],
    ['RUN make', 'DF102', 1, 1],
    ['ENV A=1\nFROM alpine', 'DF103', 1, 1],
    ['FROM alpine\nFROM', 'DF104', 2, 1],
    ['FROM alpine AS', 'DF104', 1, 1],
    ['FROM alpine\nRUN <<EOF\nmake', 'DF105', 2, 5],
    ['FROM alpine\nRUN', 'DF106', 2, 1],
    ['FROM alpine\nCOPY only', 'DF106', 2, 1],
    ['FROM alpine AS 1st', 'DF107', 1, 16],
    ['FROM alpine\nCOPY --form=x /a /b', 'DF108', 2, 6],
    ['FROM alpine\nWORKDIR --x /a', 'DF108', 2, 9],
    ['FROM alpine\nCMD --port 80', 'DF108', 2, 5],
    ['FROM alpine\0', 'DF109', 1, 12],
  ])('%j', (text, code, line, column) => {
    expect(problems(text)[0]).toEqual({ code, line, column });
  });
});

describe('what BuildKit accepts parses', () => {
  test.each([
    ['lower case', 'from alpine\nrun make\ncmd ["a"]', ['FROM', 'RUN', 'CMD']],
    ['a byte order mark', '\uFEFFFROM alpine\nRUN a', ['FROM', 'RUN']],
    ['CR LF', 'FROM alpine\r\nRUN a \\\r\n  b\r\nCMD c\r\n', ['FROM', 'RUN', 'CMD']],
    ['tabs', 'FROM\talpine\n\tRUN\ta', ['FROM', 'RUN']],
    [
      'comments and blank lines inside a continuation',
      'FROM a\nRUN a && \\\n# why\n\n   b\nCMD c',
      ['FROM', 'RUN', 'CMD'],
    ],
    ['the escape directive', '# escape=`\nFROM a\nRUN x `\n  y\nRUN dir c:\\\nCMD z', ['FROM', 'RUN', 'RUN', 'CMD']],
    ['two heredocs', 'FROM a\nCOPY <<A <<B /x/\n1\nA\n2\nB\nCMD c', ['FROM', 'COPY', 'CMD']],
    ['a heredoc with tabs', 'FROM a\nRUN <<-"E"\n\techo FROM\n\tE\nCMD c', ['FROM', 'RUN', 'CMD']],
    ['ARG before FROM', `ARG V=1\nFROM a:\${V:-2}`, ['ARG', 'FROM']],
    ['a platform', 'FROM --platform=$BUILDPLATFORM a AS b', ['FROM']],
    [
      'every flag of RUN',
      'FROM a\nRUN --mount=type=cache,target=/c --network=none --security=insecure b',
      ['FROM', 'RUN'],
    ],
    [
      'every flag of COPY',
      'FROM a\nCOPY --from=b --chown=1 --chmod=755 --link --parents --exclude=x y z',
      ['FROM', 'COPY'],
    ],
    [
      'every flag of ADD',
      'FROM a\nADD --checksum=sha256:1 --keep-git-dir=true --chown=1 --chmod=1 --link y z',
      ['FROM', 'ADD'],
    ],
    [
      'a health check',
      'FROM a\nHEALTHCHECK --interval=1s --timeout=1s --start-period=1s --start-interval=1s --retries=3 CMD b',
      ['FROM', 'HEALTHCHECK'],
    ],
    ['ONBUILD', 'FROM a\nONBUILD RUN <<E\nx\nE', ['FROM', 'ONBUILD']],
    ['no final line break', 'FROM a\nRUN b', ['FROM', 'RUN']],
    ['a trailing continuation', 'FROM a\nRUN b \\\n', ['FROM', 'RUN']],
  ])('%s', (_, text, expected) => {
    expect(problems(text)).toEqual([]);
    expect(keywords(text)).toEqual(expected);
  });

  test('a heredoc operator inside quotes or arithmetic opens nothing', () => {
    expect(keywords('FROM a\nRUN echo "<<EOF" && x=$((1<<2))\nCMD b')).toEqual(['FROM', 'RUN', 'CMD']);
  });

  test('exec form keeps its strings to the letter', () => {
    expect(parse('FROM a\nCMD ["echo  hi", "a\\tb"]').instructions[1]?.exec).toEqual(['echo  hi', 'a\tb']);
  });

  test('what is no JSON is shell form', () => {
    expect(parse("FROM a\nCMD ['a']").instructions[1]?.exec).toBeNull();
  });

  test('an instruction reaches to the end of its heredocs', () => {
    expect(spans('FROM a\nRUN <<E cat\nx\nE\nCMD b')[1]).toBe('RUN <<E cat\nx\nE');
  });

  test('directives stand at the head alone', () => {
    const document = parse('# syntax=a\n# check=skip=all\n\n# escape=`\nFROM a');
    expect(document.directives.map(({ name }) => name)).toEqual(['syntax', 'check']);
    expect(document.escape).toBe('\\');
  });
});

test('no text makes it throw', () => {
  const pieces = [
    'FROM a',
    'RUN ',
    '\\',
    '\n',
    '<<E',
    'E',
    '"',
    "'",
    '$(',
    '`',
    '# escape=`',
    '\r',
    '\t',
    '[',
    ']',
    '{',
    '--from=',
    'ONBUILD ',
    '\uFEFF',
    'é',
  ];
  let seed = 7;
  for (let round = 0; round < 2000; round++) {
    let text = '';
    for (let part = 0; part < 12; part++) {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      text += pieces[seed % pieces.length];
    }
    const { instructions, comments } = parse(text);
    let at = 0;
    for (const { span } of instructions) {
      expect(span.start).toBeGreaterThanOrEqual(at);
      expect(span.end).toBeLessThanOrEqual(text.length);
      at = span.end;
    }
    for (const { start, end } of comments) expect(text.slice(start, end)).toMatch(/^#/);
  }
});
