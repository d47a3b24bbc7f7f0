import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { type BuildContext, defaultOptions, memoryContext, type Outcome, split } from 'dfsplit';
import { diskContext, gitContext } from 'dfsplit/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contextOf, convert, optionsOf, readCases } from './cases.ts';

const cases = readCases();

/** Every file of a context with its text. */
function filesOf(context: BuildContext, folder = ''): [string, string][] {
  return (context.list(folder) ?? []).flatMap((name): [string, string][] => {
    const path = folder === '' ? name : `${folder}/${name}`;
    return name.endsWith('/') ? filesOf(context, path.slice(0, -1)) : [[path, context.read(path) ?? '']];
  });
}

test('splits with a context in memory', () => {
  const outcome: Outcome = split(
    'FROM golang:1.25\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /bin/app .\nCMD ["/bin/app"]\n',
    defaultOptions,
    memoryContext({ 'go.mod': 'module example.org/app\n', 'main.go': 'package main\n\nfunc main() {}\n' }),
  );
  expect(outcome.runtime?.image).toBe('scratch');
});

describe('what is in memory', () => {
  test.each(cases)('$name is split as from the disk', ({ text, folder }) => {
    const context = memoryContext(Object.fromEntries(filesOf(contextOf(folder))));
    expect(split(text, optionsOf(folder), context)).toEqual(convert(text, folder));
  });

  test('has nothing but its files, and leads nowhere else', () => {
    const context = memoryContext({ 'a/b.txt': 'b', 'a.txt': 'a', '../up': 'up', 'a/c/d': 'd' });
    expect(context.list('')).toEqual(['a.txt', 'a/']);
    expect(context.list('a')).toEqual(['b.txt', 'c/']);
    expect(context.list('b')).toBeNull();
    expect(['a', 'a/c', 'a/b.txt', '../up', 'constructor', ''].map(context.kind)).toEqual([
      'folder',
      'folder',
      'file',
      null,
      null,
      'folder',
    ]);
    expect([context.read('../up'), context.read('constructor'), context.read('a/b.txt')]).toEqual([null, null, 'b']);
  });
});

describe('a commit', () => {
  let folder: string;
  const git = (...args: string[]) => execFileSync('git', ['-C', folder, ...args], { stdio: 'pipe' });
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'dfsplit-git-'));
    for (const name of ['go/templates-relative', 'node/tsc', 'c/make'])
      cpSync(join('fixtures', name), join(folder, name), { recursive: true });
    git('init', '-q');
    git('add', '-A', '-f');
    git('-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '-q', '-m', 'a');
    git('clone', '-q', '--bare', folder, join(folder, 'bare.git'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(['go/templates-relative', 'node/tsc', 'c/make'])('of a bare repository is a context: %s', (name) => {
    const text = readFileSync(join(folder, name, 'Dockerfile'), 'utf8');
    const committed = gitContext(join(folder, 'bare.git'), 'HEAD', name);
    expect(filesOf(committed).length).toBeGreaterThan(2);
    expect(split(text, defaultOptions, committed)).toEqual(
      split(text, defaultOptions, diskContext(join(folder, name))),
    );
  });

  test('that is not there throws', () => {
    expect(() => gitContext(folder, '--output=x')).toThrow(/has no/);
  });
});

describe('the browser bundle', () => {
  // What a page has beyond the language, as far as it is used: no process, no Buffer, no require.
  const world = createContext({ TextDecoder, TextEncoder });
  runInContext(readFileSync('dist/browser.js', 'utf8'), world);
  const { dfsplit } = world as unknown as { dfsplit: typeof import('dfsplit') };

  test.each(cases)('splits $name as Node.js does', ({ text, folder }) => {
    const outcome = dfsplit.split(text, optionsOf(folder), contextOf(folder));
    expect(JSON.parse(JSON.stringify(outcome))).toEqual(JSON.parse(JSON.stringify(convert(text, folder))));
  });

  test('and the library ask nothing of Node.js', () => {
    for (const file of ['dist/browser.js', 'dist/index.js'])
      expect(readFileSync(file, 'utf8')).not.toMatch(/\brequire\(|from ?["']node:|\bprocess\.|\bBuffer\.from/);
  });

  test('makes the reports too', () => {
    const text = 'FROM golang:1.25\nRUN go version\n';
    const report = dfsplit.fileReport('Dockerfile', null, text, dfsplit.split(text, dfsplit.defaultOptions, null));
    const about = { version: '1', page: () => '<!-- dfsplit data -->' };
    for (const format of Object.values(dfsplit.documents))
      expect(format([report], about)).toMatch(/Dockerfile|1 unchanged/);
  });
});
