import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { diskContext } from '../src/cli/disk-context.ts';
import { bin, dfsplit, folder, HEAD, numbered, put, repeat, TAIL, told } from './hostile.ts';

describe('a build context', () => {
  const SMALL = `${HEAD}${TAIL}`;

  test('leads nowhere outside of itself', () => {
    const secret = mkdtempSync(join(tmpdir(), 'dfsplit-secret-'));
    writeFileSync(join(secret, 'main.go'), 'package main\nfunc main() { println("secret-name") }\n');
    put('Dockerfile', `FROM golang:1.25\nWORKDIR /src\nCOPY main.go ./\n${TAIL}`);
    symlinkSync(secret, join(folder, 'linked'));
    symlinkSync(join(secret, 'main.go'), join(folder, 'main.go'));
    put(
      'compose.yaml',
      `services:\n  a:\n    build:\n      context: ${secret}\n      dockerfile: ${join(folder, 'Dockerfile')}\n`,
    );
    const run = dfsplit(['--json', '-v', 'Dockerfile']);
    expect(run.out).not.toContain('secret-name');
    const [file] = JSON.parse(run.out).files;
    expect(file.context).toBe('.');
    // What the program needs is known to whoever reads it, and to nobody else.
    expect(file.text ?? '').not.toContain('FROM scratch');
    rmSync(join(folder, 'main.go'));
    cpSync(join(secret, 'main.go'), join(folder, 'main.go'));
    expect(told().text).toContain('FROM scratch');
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

  test('of a folder with more names than anybody has is not listed, and that is said', () => {
    put('Dockerfile', SMALL);
    put('go.mod', 'module x\n');
    put('main.go', 'package main\nfunc main() { println("hi") }\n');
    const made = spawnSync('sh', ['-c', 'mkdir many && cd many && seq 200100 | xargs touch'], { cwd: folder });
    expect(made.status).toBe(0);
    expect(told().messages).toContain('folders were skipped behind 200000 names');
  });

  test('with folders and files that may not be read, and that is said', () => {
    put('Dockerfile', SMALL);
    put('go.mod', 'module x\n');
    put('main.go', 'package main\nfunc main() { println("hi") }\n');
    put('closed/x.go', 'package closed\n');
    put('secret.go', 'package main\n');
    chmodSync(join(folder, 'closed'), 0);
    chmodSync(join(folder, 'secret.go'), 0);
    chmodSync(folder, 0o755);
    const root = process.getuid?.() === 0;
    // Nothing is closed to root: it becomes nobody.
    const run = spawnSync(process.execPath, [bin, '--json', 'Dockerfile'], {
      cwd: folder,
      encoding: 'utf8',
      ...(root ? { uid: 65_534, gid: 65_534 } : {}),
    });
    chmodSync(join(folder, 'closed'), 0o755);
    expect(run.status, run.stderr).toBe(0);
    const [file] = JSON.parse(run.stdout).files;
    expect(file.diagnostics.map(({ message }: { message: string }) => message).join('\n')).toMatch(/cannot be read/);
    expect(file.text ?? '').not.toContain('FROM scratch');
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
    symlinkSync('../public', join(folder, 'public/again'));
    const context = diskContext(folder);
    expect(['self', 'public/up', 'public/again'].map((path) => context.kind(path))).toEqual([null, null, null]);
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

  test.each<[string, string, string, string]>([
    [
      'package-lock.json',
      JSON.stringify({ packages: { [`node_modules/web3${repeat('-a', 200)}!`]: { hasInstallScript: true } } }),
      'package.json',
      'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["node", "x.js"]\n',
    ],
    [
      'x.csproj',
      repeat('<!--', 250_000),
      'y',
      'FROM mcr.microsoft.com/dotnet/sdk:8.0\nCOPY . .\nRUN dotnet publish -o /o\n',
    ],
    [
      'pom.xml',
      `<project>${repeat('<profile>', 110_000)}`,
      'y',
      'FROM maven:3-eclipse-temurin-21\nCOPY . .\nRUN mvn package\n',
    ],
    [
      'tsconfig.json',
      `{"a": "${repeat('/*', 500_000)}`,
      'package.json',
      'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npx tsc\nCMD ["node", "x.js"]\n',
    ],
    [
      'setup.py',
      `${repeat('install_requires = [', 50_000)}`,
      'y',
      'FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install .\nCMD ["a"]\n',
    ],
    ['main.go', `package main\n${repeat('/*', 500_000)}`, 'go.mod', SMALL],
    [
      'build.sbt',
      `lazy val ${repeat('a', 60)} = project${repeat(' ', 500_000)}!`,
      'y',
      'FROM eclipse-temurin:21\nCOPY . .\nRUN sbt "(a+)+x/assembly"\n',
    ],
    ['mix.exs', repeat('a', 60), 'y', 'FROM elixir:1.16\nCOPY . .\nRUN mix "(a+)+x"\n'],
  ])('that wants a pattern to take long: %s %.20s', (path, content, other, dockerfile) => {
    put('Dockerfile', dockerfile);
    put(other, other === 'package.json' ? '{"dependencies":{"web3":"1"}}' : 'module x\n');
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
  for (const format of ['json', 'ndjson', 'sarif', 'html'])
    expect(dfsplit(['--format', format, 'Dockerfile']).out).not.toMatch(/[\u001b\u0007\u009b]/);
  expect(dfsplit(['--format', 'html', 'Dockerfile']).out).not.toMatch(/<script>alert|<img src=x/);
  expect(dfsplit(['--format', 'markdown', 'Dockerfile']).out.replace(/```[\s\S]*?```|`[^`]*`/g, '')).not.toMatch(
    /<script>|<img/,
  );
});

test('a name of a file is obeyed by no terminal', () => {
  put('a\u001b[2J\u0007/Dockerfile', HEAD + TAIL);
  for (const args of [
    [],
    ['-v'],
    ['--check'],
    ['--format', 'markdown'],
    ['--format', 'github'],
    ['--format', 'sarif'],
  ]) {
    const { out, err } = dfsplit([...args, '.']);
    expect(out + err, args.join(' ')).not.toMatch(/[\u001b\u0007]/);
  }
});

test('nothing of the context is executed', () => {
  cpSync(resolve('fixtures/node/tsc'), folder, { recursive: true });
  for (const name of ['npm', 'node', 'sh', 'make', 'git', 'go']) put(name, `#!/bin/sh\ntouch ${folder}/executed\n`);
  spawnSync('sh', ['-c', 'chmod +x *'], { cwd: folder });
  const run = spawnSync(process.execPath, [bin, '--json', '.'], { cwd: folder, env: { PATH: folder } });
  expect(run.status).toBe(0);
  expect(spawnSync('ls', [], { cwd: folder, encoding: 'utf8' }).stdout).not.toContain('executed');
});
