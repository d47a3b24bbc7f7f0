import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dfsplit, folder, HEAD, numbered, put, repeat, TAIL, told } from './hostile.ts';

describe('a Dockerfile of great size', () => {
  test.each<[string, () => string, string, string | null]>([
    ['10 MB of comments', () => HEAD + repeat('# nothing to see here\n', 480_000) + TAIL, 'split', null],
    ['2 million blank lines', () => HEAD + repeat('\n', 2_000_000) + TAIL, 'split', null],
    ['2 million blank lines at the end', () => HEAD + TAIL + repeat(' \n', 2_000_000), 'split', null],
    ['a line of 5 MB', () => `${HEAD}RUN echo ${repeat('a ', 2_500_000)}\n${TAIL}`, 'failed', 'DF110'],
    ['a comment of 5 MB', () => `${HEAD}# ${repeat('a ', 2_500_000)}\n${TAIL}`, 'failed', 'DF110'],
    ['5 MB of spaces in a line', () => `${HEAD}RUN echo ${repeat(' ', 5_000_000)}x\n${TAIL}`, 'failed', 'DF110'],
    ['blank lines in an instruction', () => `${HEAD}RUN echo \\\n${repeat('\n', 1_000_000)} b\n${TAIL}`, 'split', null],
    ['comments in an instruction', () => `${HEAD}RUN echo \\\n${repeat('# x\n', 200_000)} b\n${TAIL}`, 'split', null],
    [
      'an instruction of 300,000 lines',
      () => `${HEAD}RUN a \\\n${repeat(' b \\\n', 300_000)} c\n${TAIL}`,
      'refused',
      'DF210',
    ],
    ['a heredoc of 10 MB', () => `${HEAD}COPY <<E /x\n${repeat('line of text\n', 800_000)}E\n${TAIL}`, 'split', null],
    ['10,000 heredocs', () => `${HEAD}RUN ${repeat('<<A ', 10_000)}\n${repeat('A\n', 10_000)}${TAIL}`, 'split', null],
    ['100,000 instructions', () => HEAD + repeat('ENV A=b\n', 100_000) + TAIL, 'refused', 'DF210'],
    ['100,000 RUN', () => HEAD + repeat('RUN go build -o /a .\n', 100_000) + TAIL, 'refused', 'DF210'],
    ['100,000 unknown words', () => repeat('FOO bar\n', 100_000), 'failed', 'DF101'],
    [
      '10,000 stages by name',
      () =>
        `${numbered(10_000, (i) => `FROM golang:1.25 AS s${i}\n${i > 0 ? `COPY --from=s${i - 1} /a /a\n` : ''}`)}${HEAD}${TAIL}`,
      'split',
      null,
    ],
    [
      '10,000 stages on each other',
      () => `FROM golang:1.25 AS s0\n${numbered(10_000, (i) => `FROM s${i} AS s${i + 1}\n`)}FROM s10000\n${TAIL}`,
      'refused',
      null,
    ],
    [
      '10,000 stages by index',
      () =>
        `${numbered(10_000, (i) => `FROM golang:1.25\n${i > 0 ? `COPY --from=${i - 1} /a /a\n` : ''}`)}FROM nginx\nCOPY --from=9999 /a /a\n`,
      'renamed',
      null,
    ],
    ['more than 16 MiB', () => HEAD + repeat('# nothing to see here\n', 800_000) + TAIL, 'failed', 'DF709'],
  ])('%s', (_, text, outcome, code) => {
    put('Dockerfile', text());
    const found = told();
    expect(found).toMatchObject({ outcome });
    if (code !== null) expect(found.codes).toContain(code);
  });

  test('a limit is an option', () => {
    put('Dockerfile', HEAD + repeat('ENV A=b\n', 1_500) + TAIL);
    expect(told().messages).toContain('1504 instructions; dfsplit takes on 1000');
    expect(told(['--limit', 'instructions=2000', 'Dockerfile']).outcome).toBe('split');
    expect(told(['--limit', 'file-bytes=100', 'Dockerfile']).codes).toEqual(['DF709']);
    put('Dockerfile', `${HEAD}RUN mkdir /a && mkdir /b && mkdir /c\n${TAIL}`);
    expect(told().outcome).toBe('split');
    expect(told(['--limit', 'commands=2', 'Dockerfile']).messages).toContain(
      'the stage runs more commands than dfsplit reads',
    );
    expect(dfsplit(['--limit', 'nonsense=1']).status).toBe(2);
  });
});

describe('a Dockerfile of great depth', () => {
  test.each<[string, string, string]>([
    [
      'subshells',
      `RUN ${repeat('(', 50_000)}echo a${repeat(')', 50_000)}`.replace(/\(/g, '( \\\n').replace(/\)/g, ' \\\n)'),
      'DF210',
    ],
    ['subshells in one line', `RUN ${repeat('( ', 5_000)}echo a${repeat(' )', 5_000)}`, 'DF201'],
    ['subshells a little too deep', `RUN ${repeat('( ', 300)}echo a${repeat(' )', 300)}`, 'DF201'],
    ['substitutions', `RUN echo ${repeat('$(echo ', 3_000)}a${repeat(')', 3_000)}`, 'DF201'],
    ['conditions', `RUN ${repeat('if true; then ', 3_000)}echo a${repeat('; fi', 3_000)}`, 'DF201'],
    ['a chain', `RUN ${repeat('true && ', 8_000)}true`, 'DF201'],
  ])('%s', (_, run, code) => {
    put('Dockerfile', `${HEAD}${run}\n${TAIL}`);
    expect(told()).toMatchObject({ outcome: 'refused', codes: [code] });
  });

  test.each<[string, string]>([
    ['variables in defaults of variables', `ENV X=${repeat('${A:-', 10_000)}a${repeat('}', 10_000)}`],
    ['variables in shell defaults', `RUN echo ${repeat('${A:-', 10_000)}a${repeat('}', 10_000)}`],
    ['values that double', `ENV A=0123456789\n${repeat('ENV A=$A$A\n', 64)}WORKDIR $A`],
    ['values that double in a RUN', `RUN A=0123456789 && ${repeat('A=$A$A && ', 64)}echo $A > /x`],
    ['loops in loops', `RUN ${repeat('for i in 1 2 3 4 5 6 7 8 9; do ', 40)}echo $i${repeat('; done', 40)}`],
    ['functions that call each other', `RUN f() { g; g; }; g() { h; h; }; h() { f; f; }; f`],
    ['functions that multiply', `RUN f0() { :; }; ${numbered(40, (i) => `f${i + 1}() { f${i}; f${i}; f${i}; }; `)}f40`],
    ['patterns against values', `ARG A=${repeat('a', 30_000)}\nENV B=\${A%%${repeat('*a', 10_000)}b}`],
    ['quotes and brackets', `RUN ${repeat('$(${`"\'', 5_000)}`],
    ['braces that double', `RUN mkdir -p /x/${repeat('{a,b}', 64)} && touch ${repeat('{a,b}', 64)}`],
    ['stars in a source', `COPY ${repeat('*a', 3_000)} /y/`],
    ['an image of colons', `FROM ${repeat(':', 60_000)}/a\nRUN make`],
    ['triggers of triggers', `ONBUILD ${repeat('ONBUILD ', 5_000)}RUN a`],
  ])('%s', (_, lines) => {
    put('Dockerfile', `${HEAD}${lines}\n${TAIL}`);
    expect(['split', 'refused', 'unchanged', 'failed']).toContain(told().outcome);
  });
});

describe('a Dockerfile that is no text', () => {
  test.each<[string, Buffer, RegExp]>([
    ['with NUL bytes', Buffer.from(`${HEAD}ENV A=\0\n${TAIL}`), /NUL/],
    ['with invalid UTF-8', Buffer.from(`${HEAD}ENV A=\xe4\n${TAIL}`, 'latin1'), /not UTF-8 text: line 4/],
    ['in UTF-16 with a byte order mark', Buffer.from(`\uFEFF${HEAD}${TAIL}`, 'utf16le'), /UTF-16/],
    ['in UTF-16 without one', Buffer.from(`${HEAD}${TAIL}`, 'utf16le'), /NUL/],
    ['of random bytes', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919 + (i >> 3)) & 255)), /UTF-8|NUL/],
  ])('%s', (_, bytes, message) => {
    put('Dockerfile', bytes);
    expect(told()).toMatchObject({ outcome: 'failed', messages: expect.stringMatching(message) });
    expect(dfsplit(['--write', 'Dockerfile']).status).toBe(2);
    expect(readFileSync(join(folder, 'Dockerfile')).equals(bytes)).toBe(true);
  });
});

describe('a Dockerfile that is no file', () => {
  const shell = (command: string): void => {
    expect(spawnSync('sh', ['-c', command], { cwd: folder }).status).toBe(0);
  };

  test.each([
    ['a named pipe', 'mkfifo Dockerfile', 'named pipe'],
    ['a device without an end', 'ln -s /dev/zero Dockerfile', 'leads out of the repository'],
    ['a link to nowhere', 'ln -s nowhere Dockerfile', 'leads nowhere'],
    ['a link to itself', 'ln -s Dockerfile Dockerfile', 'leads nowhere'],
    ['a link out of the repository', 'mkdir .git && ln -s /etc/passwd Dockerfile', 'leads out of the repository'],
  ])('%s', (_, command, message) => {
    shell(command);
    expect(told()).toMatchObject({ outcome: 'failed', messages: expect.stringContaining(message) });
  });

  test('a device', () => {
    expect(told(['/dev/zero']).messages).toContain('it is a device');
  });

  test('a folder is searched, and says where there is nothing in it', () => {
    shell('mkdir Dockerfile');
    expect(dfsplit(['Dockerfile'])).toMatchObject({ status: 2, err: expect.stringContaining('no Dockerfile in it') });
  });

  test('a search goes by what is no file', () => {
    shell('mkfifo Dockerfile && mkdir Dockerfile.d && mkfifo .gitignore && ln -s . loop');
    put('api.Dockerfile', HEAD + TAIL);
    expect(JSON.parse(dfsplit(['--json', '.']).out).files.map((file: { path: string }) => file.path)).toEqual([
      'api.Dockerfile',
    ]);
  });

  test('beside files that wait forever', () => {
    put('Dockerfile', `${HEAD}COPY go.mod package.json Makefile ./\nRUN make\n${TAIL}`);
    shell('mkfifo .dockerignore compose.yaml docker-bake.json go.mod package.json Makefile main.go');
    expect(['split', 'refused']).toContain(told().outcome);
  });
});
