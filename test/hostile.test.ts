import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 300_000 });

/** Files and folders made to hurt: each is answered in bounded time and memory, and never with a guess. */
const bin = resolve('bin/dfsplit.js');
/** Far above what each takes, far below what it took without its guard. */
const SECONDS = 120;
const MEGABYTES = 1_500;
const HEAD = 'FROM golang:1.25\nWORKDIR /src\nCOPY . .\n';
const TAIL = 'RUN go build -o /bin/app .\nCMD ["/bin/app"]\n';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dfsplit-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (path: string, content: string | Buffer): void => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), content);
};

interface Run {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function dfsplit(args: readonly string[], input = ''): Run {
  const run = spawnSync(process.execPath, [`--max-old-space-size=${MEGABYTES}`, bin, ...args], {
    cwd: folder,
    encoding: 'utf8',
    input,
    timeout: SECONDS * 1000,
    killSignal: 'SIGKILL',
    maxBuffer: 1 << 28,
    env: { PATH: process.env.PATH },
  });
  return { status: run.status, out: run.stdout, err: run.stderr };
}

interface Told {
  readonly outcome: string;
  readonly codes: readonly string[];
  readonly messages: string;
  readonly text: string | undefined;
}

function told(args: readonly string[] = ['Dockerfile'], input = ''): Told {
  const { out, err, status } = dfsplit(['--json', ...args], input);
  expect(err).toBe('');
  expect([0, 2]).toContain(status);
  const [file] = JSON.parse(out).files;
  const diagnostics: { code: string; message: string }[] = file.diagnostics;
  return {
    outcome: file.outcome,
    codes: diagnostics.map(({ code }) => code),
    messages: diagnostics.map(({ message }) => message).join('\n'),
    text: file.text,
  };
}

const repeat = (text: string, count: number): string => text.repeat(count);
const numbered = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('');

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
    ['patterns against values', `ARG A=${repeat('a', 30_000)}\nENV B=\${A%%${repeat('*a', 10_000)}b}`],
    ['quotes and brackets', `RUN ${repeat('$(${`"\'', 5_000)}`],
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

describe('a build context', () => {
  const SMALL = `${HEAD}${TAIL}`;

  test('leads nowhere outside of itself', () => {
    const secret = mkdtempSync(join(tmpdir(), 'dfsplit-secret-'));
    writeFileSync(
      join(secret, 'main.go'),
      'package main\nimport "os"\nfunc main() { os.ReadFile("/etc/secret-name") }\n',
    );
    put('Dockerfile', `${HEAD}COPY linked/main.go ../../main.go ./\n${TAIL}`);
    symlinkSync(secret, join(folder, 'linked'));
    symlinkSync(join(secret, 'main.go'), join(folder, 'main.go'));
    put(
      'compose.yaml',
      `services:\n  a:\n    build:\n      context: ${secret}\n      dockerfile: ${join(folder, 'Dockerfile')}\n`,
    );
    const run = dfsplit(['--json', '-v', 'Dockerfile']);
    expect(run.out).not.toContain('secret-name');
    expect(JSON.parse(run.out).files[0].context).toBe('.');
    rmSync(secret, { recursive: true });
  });

  test('with more names than the limit is not known, and that is said', () => {
    put('Dockerfile', SMALL);
    put('go.mod', 'module x\n');
    for (let index = 0; index < 300; index++) put(`many/file${index}.go`, 'package many\n');
    put('main.go', 'package main\nfunc main() { println("hi") }\n');
    const whole = told();
    expect(whole.codes).not.toContain('DF708');
    const limited = told(['--limit', 'context-entries=200', 'Dockerfile']);
    expect(limited.messages).toContain('skipped behind 200 names');
  });

  test('with a huge manifest is not read further, and that is said', () => {
    put('Dockerfile', SMALL);
    put('go.mod', 'module x\n');
    put('main.go', `package main\n${repeat('// nothing\n', 200_000)}func main() { println("hi") }\n`);
    const { text, messages } = told();
    expect(messages).toContain('"main.go" is larger than 1048576 bytes');
    // What an unread source may do is not known: no image without a shell or certificates.
    expect(text ?? '').not.toContain('FROM scratch');
  });

  test('with link cycles, and names with line breaks', () => {
    put('Dockerfile', `FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["node", "dist/x.js"]\n`);
    put(
      'package.json',
      '{"scripts":{"build":"tsc"},"dependencies":{"express":"1"},"devDependencies":{"typescript":"1"}}',
    );
    put('package-lock.json', '{"lockfileVersion":3,"packages":{}}');
    put('public/a\nRUN evil\n', 'x');
    put('a b/\u001b[2J.txt', 'x');
    put('"quoted" [x] $HOME/y', 'x');
    symlinkSync('..', join(folder, 'public/up'));
    symlinkSync('.', join(folder, 'self'));
    const { text, outcome } = told();
    expect(['split', 'refused']).toContain(outcome);
    expect(text ?? '').not.toMatch(/^RUN evil/m);
    expect(dfsplit(['--assume', 'Dockerfile']).out).not.toContain('\u001b');
    expect(dfsplit(['explain', 'Dockerfile']).out).not.toContain('\u001b');
  });

  test.each<[string, string, string]>([
    [
      'package.json',
      '{"scripts":{"build":',
      'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["npm", "start"]\n',
    ],
    ['package.json', '[]', 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["npm", "start"]\n'],
    [
      'package.json',
      'null',
      'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["npm", "start"]\n',
    ],
    [
      'package.json',
      '{"scripts":{"start":5,"build":{"a":1}},"dependencies":"x","devDependencies":[1],"bin":7,"workspaces":3}',
      'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["npm", "start"]\n',
    ],
    [
      'package.json',
      '{"scripts":{"__proto__":"x","start":"npm start","build":"npm run build"}}',
      'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["npm", "start"]\n',
    ],
    [
      'package-lock.json',
      '{"packages":{"":null,"node_modules/a":5}}',
      'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["npm", "start"]\n',
    ],
    [
      'package.json',
      repeat('[', 100_000),
      'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["npm", "start"]\n',
    ],
    [
      'Makefile',
      'A = $(A)\nall: all b\n\t$(A) $(MAKE)\nb: all\n\tmake\n',
      'FROM gcc:13\nWORKDIR /s\nCOPY . .\nRUN make\nCMD ["/s/x"]\n',
    ],
    [
      'Makefile',
      `A0 = x\n${numbered(60, (i) => `A${i + 1} = $(A${i})$(A${i})\n`)}all:\n\techo $(A60)\n`,
      'FROM gcc:13\nWORKDIR /s\nCOPY . .\nRUN make\nCMD ["/s/x"]\n',
    ],
    [
      'requirements.txt',
      `-r requirements.txt\n${repeat(' ', 200_000)}x\n`,
      'FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "x.py"]\n',
    ],
    ['go.mod', `module ${repeat('a/', 100_000)}\n`, SMALL],
    ['main.go', `package main\nimport (\n${repeat('"', 100_000)}\n${repeat(' ', 300_000)}x`, SMALL],
    [
      'Cargo.toml',
      `[package]\n${repeat('[[bin]]\n', 50_000)}`,
      'FROM rust:1.80\nWORKDIR /app\nCOPY . .\nRUN cargo build --release\nCMD ["target/release/x"]\n',
    ],
    [
      'pom.xml',
      repeat('<dependency>', 60_000),
      'FROM maven:3-eclipse-temurin-21\nWORKDIR /app\nCOPY . .\nRUN mvn package\nCMD ["java", "-jar", "target/x.jar"]\n',
    ],
    [
      'Gemfile',
      repeat('group :a do\n', 50_000),
      'FROM ruby:3.3\nWORKDIR /app\nCOPY . .\nRUN bundle install\nCMD ["ruby", "x.rb"]\n',
    ],
    [
      'composer.json',
      '{"require":[1,null],"scripts":3}',
      'FROM php:8.3\nWORKDIR /app\nCOPY . .\nRUN composer install --no-dev\nCMD ["php", "x.php"]\n',
    ],
    [
      'compose.yaml',
      `a: &a ["x"]\n${numbered(30, (i) => `b${i}: &b${i} [*${i === 0 ? 'a' : `b${i - 1}`},*${i === 0 ? 'a' : `b${i - 1}`}]\n`)}`,
      SMALL,
    ],
    [
      'run.sh',
      '#!/bin/sh\n./run.sh; ./run.sh; ./run.sh; sh run.sh\nrun.sh & ./run.sh\n',
      'FROM golang:1.25\nWORKDIR /src\nCOPY . .\nRUN ./run.sh && go build -o /bin/app .\nENTRYPOINT ["./run.sh"]\n',
    ],
    [
      'run.sh',
      `#!/bin/sh\n${repeat('./run.sh\n', 5_000)}`,
      'FROM golang:1.25\nWORKDIR /src\nCOPY . .\nRUN ./run.sh && go build -o /bin/app .\nENTRYPOINT ["./run.sh"]\n',
    ],
  ])('whose %s lies: %.40s', (path, content, dockerfile) => {
    put('Dockerfile', dockerfile);
    put(path, content);
    expect(['split', 'refused', 'unchanged']).toContain(told().outcome);
  });

  test('of words that every object has', () => {
    const words = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'];
    for (const word of words) {
      put(
        'Dockerfile',
        `FROM ${word === '__proto__' ? 'golang:1.25' : word.toLowerCase()}\nENV ${word}=1 X=$${word}\nARG ${word}\nUSER ${word}\nWORKDIR /${word}\nRUN ${word} --x && apt-get install -y ${word} && apk add ${word} && npm run ${word} && sudo ${word} && make ${word} && pip install ${word}\nCMD ["${word}"]\nHEALTHCHECK CMD ${word}\n`,
      );
      put('package.json', `{"scripts":{"a":"${word}"},"dependencies":{"${word}":"1"},"${word}":{}}`);
      expect(['split', 'refused', 'unchanged']).toContain(told().outcome);
    }
  });
});

test('terminal escapes and markup of a file go into no report', () => {
  put(
    'Dockerfile',
    `${HEAD}LABEL a="\u001b]0;evil\u0007\u009b2J" b="<script>alert(1)</script>" c="::error::x"\nENTRYPOINT \u001b[31m<img src=x onerror=alert(1)>\n${TAIL}`,
  );
  for (const args of [[], ['-v'], ['--format', 'markdown'], ['--format', 'github']]) {
    const { out } = dfsplit([...args, 'Dockerfile']);
    expect(out).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/);
  }
  expect(dfsplit(['explain', 'Dockerfile']).out).not.toMatch(/[\u001b\u0007\u009b]/);
  for (const line of dfsplit(['--format', 'github', 'Dockerfile']).out.split('\n'))
    expect(line).not.toMatch(/^::error::x/);
});

test('nothing of the context is executed', () => {
  cpSync(resolve('fixtures/node/tsc'), folder, { recursive: true });
  for (const name of ['npm', 'node', 'sh', 'make', 'git', 'go']) put(name, `#!/bin/sh\ntouch ${folder}/executed\n`);
  spawnSync('sh', ['-c', 'chmod +x *'], { cwd: folder });
  const run = spawnSync(process.execPath, [bin, '--json', '.'], { cwd: folder, env: { PATH: folder } });
  expect(run.status).toBe(0);
  expect(spawnSync('ls', [], { cwd: folder, encoding: 'utf8' }).stdout).not.toContain('executed');
});
