import { describe, expect, test } from 'vitest';
import { stageReferences } from '../../src/analyze/references.ts';
import { parse } from '../../src/syntax/parse.ts';
import { applyEdits, originalSpan } from '../../src/transform/edits.ts';
import { editedLines } from '../../src/transform/line-origins.ts';
import { planRenames } from '../../src/transform/rename.ts';

/** Each reference as `stage kind text@written -> target`, with `#` for an index and `!` for one whose name means another. */
function told(text: string): string[] {
  const { references, broken } = stageReferences(parse(text));
  return [
    ...references.map(
      ({ stage, kind, text: name, span, target, byIndex, shadowed }) =>
        `${stage} ${kind} ${name}@${text.slice(span.start, span.end)} -> ${target}${byIndex ? '#' : ''}${shadowed ? '!' : ''}`,
    ),
    ...broken.map((one) => `broken ${one.text} line ${one.instruction.line}`),
  ];
}

/** https://github.com/moby/buildkit/tree/master/frontend/dockerfile/dockerfile2llb */
describe('what BuildKit takes for a stage', () => {
  test.each<[string, string, string[]]>([
    ['an index', 'FROM a\nFROM b\nCOPY --from=0 /a /b', ['1 copy 0@0 -> 0#']],
    [
      'an index with a sign, or zeros in front',
      'FROM a\nFROM b\nCOPY --from=+0 a b\nCOPY --from=-0 a b\nCOPY --from=00 a b',
      ['1 copy +0@+0 -> 0#', '1 copy -0@-0 -> 0#', '1 copy 00@00 -> 0#'],
    ],
    [
      'a number among other signs is none',
      'FROM a\nFROM b\nCOPY --from=0x a b\nCOPY --from=v0 a b\nCOPY --from=++0 a b',
      ['1 copy 0x@0x -> null', '1 copy v0@v0 -> null', '1 copy ++0@++0 -> null'],
    ],
    [
      'no index of its own or a later stage',
      'FROM a\nFROM b\nCOPY --from=1 a b\nFROM c',
      ['1 copy 1@1 -> null#', 'broken 1 line 3'],
    ],
    ['no index below none', 'FROM a\nFROM b\nCOPY --from=-1 a b', ['1 copy -1@-1 -> null#', 'broken -1 line 3']],
    ['a name in any case', 'FROM a AS Build\nFROM b\nCOPY --from=bUILD a b', ['1 copy bUILD@bUILD -> 0']],
    ['a name that is a number', 'FROM a\nFROM b AS s0\nFROM c\nCOPY --from=s0 a b', ['2 copy s0@s0 -> 1']],
    [
      'no name of its own or a later stage',
      'FROM a AS x\nCOPY --from=x a b\nCOPY --from=y a b\nFROM b AS y',
      ['0 copy x@x -> null', '0 copy y@y -> null'],
    ],
    ['the last of a name', 'FROM a AS x\nFROM b AS X\nFROM c\nCOPY --from=x a b', ['2 copy x@x -> 1']],
    [
      'an index whose name is somebody else by now',
      'FROM a AS x\nFROM b AS X\nFROM c\nCOPY --from=0 a b\nCOPY --from=1 a b',
      ['2 copy 0@0 -> 0#!', '2 copy 1@1 -> 1#'],
    ],
    [
      'quotes around it',
      'FROM a\nFROM b\nCOPY --from="0" a b\nCOPY --from=\'0\' a b',
      ['1 copy 0@0 -> 0#', '1 copy 0@0 -> 0#'],
    ],
    ['FROM a stage', 'FROM a AS x\nFROM X', ['1 from X@X -> 0']],
    ['FROM an index is an image', 'FROM a\nFROM 0', []],
    ['a mount by name', 'FROM a AS x\nFROM b\nRUN --mount=type=bind,from=x,target=/x c', ['1 mount x@x -> 0']],
    ['a mount whose first word it is', 'FROM a AS x\nFROM b\nRUN --mount=from=X,target=/x c', ['1 mount X@X -> 0']],
    ['a mount from an image, whatever number it is', 'FROM a\nFROM b\nRUN --mount=from=0 c', ['1 mount 0@0 -> null']],
    [
      'no mount without it',
      'FROM a AS x\nFROM b\nRUN --mount=type=cache,target=/from=x c\nRUN --mount=type=cache,id=notfrom=x c',
      [],
    ],
    [
      'several mounts',
      'FROM a AS x\nFROM b AS y\nFROM c\nRUN --mount=from=x --mount=type=bind,from=y d',
      ['2 mount x@x -> 0', '2 mount y@y -> 1'],
    ],
    [
      'a trigger',
      'FROM a\nFROM b\nONBUILD COPY --from=0 a b\nONBUILD RUN --mount=from=x c',
      ['1 copy 0@0 -> 0#', '1 mount x@x -> null'],
    ],
    [
      'no other instruction and no other flag',
      'FROM a\nFROM b\nADD --chown=0 a b\nCOPY --chown=0 a b\nCOPY --link a b\nRUN --network=none a',
      [],
    ],
    ['no variable', 'FROM a\nFROM b\nCOPY --from=$X a b', ['1 copy $X@$X -> null']],
    ['nothing in text', 'FROM a\nFROM b\n# --from=0\nRUN echo --from=0\nRUN <<E\nCOPY --from=0 a b\nE', []],
  ])('%s', (_, text, expected) => {
    expect(told(text)).toEqual(expected);
  });
});

describe('an index becomes a name', () => {
  const renamed = (text: string) => {
    const { edits, renames, diagnostics } = planRenames(parse(text));
    return { text: applyEdits(text, edits), renames, diagnostics, edits };
  };

  test('and a stage without one gets it', () => {
    const text =
      'FROM golang:1.25\nRUN go build\n\nFROM node:20 AS Web\nRUN npm run build\n\nFROM nginx\nCOPY --from=0 /a /a\nCOPY --from=1 /b /b\nCOPY --from=0 /c /c\n';
    const { text: output, renames, diagnostics, edits } = renamed(text);
    expect(output).toBe(
      text
        .replace('golang:1.25', 'golang:1.25 AS build')
        .replaceAll('--from=0', '--from=build')
        .replace('--from=1', '--from=Web'),
    );
    expect(renames).toEqual([
      { line: 8, was: '0', becomes: 'build' },
      { line: 9, was: '1', becomes: 'Web' },
      { line: 10, was: '0', becomes: 'build' },
    ]);
    expect(diagnostics).toEqual([]);
    expect(edits.map(({ reason }) => reason)).toEqual([
      'stage 0 is named',
      'an index becomes a name',
      'an index becomes a name',
      'an index becomes a name',
    ]);
    expect(editedLines(text, edits).map(({ from, why }) => (why === null ? from : `${from} ${why}`))).toEqual([
      '1 stage 0 is named',
      2,
      3,
      4,
      5,
      6,
      7,
      '8 an index becomes a name',
      '9 an index becomes a name',
      '10 an index becomes a name',
      11,
    ]);
  });

  test.each([
    ['as other stages have it', 'FROM a\nFROM b As x\nFROM c\nCOPY --from=0 a b', 'FROM a As '],
    ['in lower case', 'from a\nfrom c\ncopy --from=0 a b', 'from a as '],
    ['in upper case', 'FROM a\nFROM c\nCOPY --from=0 a b', 'FROM a AS '],
  ])('with its AS %s', (_, text, start) => {
    expect(renamed(text).text.startsWith(start)).toBe(true);
  });

  test('and two stages get two', () => {
    const { renames } = renamed(
      'FROM golang\nRUN go build\nFROM golang\nRUN go build\nFROM c\nCOPY --from=1 a b\nCOPY --from=0 a b',
    );
    expect(new Set(renames.map(({ becomes }) => becomes)).size).toBe(2);
    expect(renames.map(({ was }) => was)).toEqual(['1', '0']);
  });

  test.each([
    ['names no stage', 'FROM a\nFROM b\nCOPY --from=0 a b\nCOPY --from=7 a b', '7', 4],
    ['means a stage whose name is taken', 'FROM a AS x\nFROM b AS x\nFROM c\nCOPY --from=0 a b', '0', 4],
  ])('unless it %s: the file is left alone', (_, text, reference, line) => {
    const { edits, renames, diagnostics } = renamed(text);
    expect({ edits, renames }).toEqual({ edits: [], renames: [] });
    expect(diagnostics).toMatchObject([{ code: 'DF414', args: { reference, line: String(line) } }]);
  });

  test('and nothing happens where none is', () => {
    expect(renamed('FROM a AS x\nFROM b\nCOPY --from=x a b')).toMatchObject({
      edits: [],
      renames: [],
      diagnostics: [],
    });
  });
});

describe('edits', () => {
  const edit = (start: number, end: number, text: string) => ({ span: { start, end }, text, reason: '' });

  test('are applied in the order of their places', () => {
    expect(applyEdits('abcdef', [edit(4, 5, 'XX'), edit(0, 1, ''), edit(2, 2, '-')])).toBe('b-cdXXf');
    expect(applyEdits('abc', [edit(1, 2, 'x'), edit(1, 1, '+')])).toBe('a+xc');
    expect(applyEdits('abc', [])).toBe('abc');
  });

  test('do not overlap', () => {
    expect(() => applyEdits('abcdef', [edit(0, 3, 'x'), edit(2, 4, 'y')])).toThrow('edits overlap at 2');
    expect(applyEdits('abcdef', [edit(0, 2, 'x'), edit(2, 4, 'y')])).toBe('xyef');
  });

  test('are undone for a place in the text that they made', () => {
    const edits = [edit(5, 6, ''), edit(2, 3, 'long')];
    const place = (start: number, end: number) => originalSpan({ start, end }, edits);
    // abcdefg -> ablongdeg
    expect(place(0, 2)).toEqual({ start: 0, end: 2 });
    expect(place(2, 6)).toEqual({ start: 2, end: 3 });
    expect(place(3, 5)).toEqual({ start: 2, end: 2 });
    expect(place(6, 8)).toEqual({ start: 3, end: 6 });
    expect(place(8, 9)).toEqual({ start: 6, end: 7 });
  });
});
