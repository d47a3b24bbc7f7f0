import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

// Each starts dfsplit several times, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

const bin = resolve('bin/dfsplit.js');
const GO =
  'FROM golang:1.25\nWORKDIR /src\nCOPY <<EOF main.go\npackage main\nfunc main() { println("hi") }\nEOF\nRUN go build -o /hi main.go\nCMD ["/hi"]\n';
const REFUSED =
  'FROM golang:1.25\nWORKDIR /src\nRUN curl https://example.com/x.sh | sh && go build -o /hi .\nCMD ["/hi"]\n';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dfsplit-batch-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (path: string, text: string): void => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const many = (count: number): void => {
  for (let at = 0; at < count; at++)
    put(`s${String(at).padStart(4, '0')}/Dockerfile`, at % 5 === 4 ? 'FROM a\nRUM b\n' : at % 3 === 0 ? REFUSED : GO);
};
function dfsplit(args: readonly string[], input = '') {
  const { PATH = '' } = process.env;
  const run = spawnSync(process.execPath, [bin, ...args], { cwd: folder, encoding: 'utf8', input, env: { PATH } });
  return { status: run.status, out: run.stdout, err: run.stderr };
}

test('threads change neither the order nor a byte, and a bad file does not end the run', () => {
  many(40);
  const one = dfsplit(['-f', 'ndjson', '-j', '1', '.']);
  const four = dfsplit(['-f', 'ndjson', '-j', '4', '.']);
  expect(one.status).toBe(2);
  expect(four).toEqual(one);
  const lines = one.out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.slice(0, -1).map(({ path }) => path)).toEqual(readdirSync(folder).map((name) => `${name}/Dockerfile`));
  expect(lines.at(-1).summary).toMatchObject({ files: 40, failed: 8, refusals: [{ code: 'DF308' }] });
  expect(dfsplit(['--patch', 'a.patch', '-j', '3', '--write', '.']).status).toBe(2);
  expect(readFileSync(join(folder, 's0001/Dockerfile'), 'utf8')).toContain('AS build');
  expect(readFileSync(join(folder, 'a.patch'), 'utf8').match(/^\+\+\+ /gm)?.length).toBe(lines.at(-1).summary.split);
});

test('the summary names the codes that stand in the way, with the remedy', () => {
  many(6);
  expect(dfsplit(['.']).out).toMatch(
    /6 files: .*\n3 images estimated by base images of known size, compressed: 916 MB becomes 0 B\nrefused for\n {2}2 DF308 network-installer: Install a package/,
  );
});

test('a list of files may come from a file or standard input; a line that leads nowhere fails by itself', () => {
  put('a/Dockerfile', GO);
  put('b/Dockerfile', GO);
  const paths = (run: { out: string }) =>
    JSON.parse(run.out).files.map(({ path, outcome }: Record<string, string>) => `${path} ${outcome}`);
  put('list', 'b/Dockerfile\n\nmissing/Dockerfile\n');
  const listed = dfsplit(['--json', '--files-from', 'list']);
  expect(paths(listed)).toEqual(['b/Dockerfile split', 'missing/Dockerfile failed']);
  expect(listed.status).toBe(2);
  expect(paths(dfsplit(['--json', '--files-from', '-'], 'a\r\n'))).toEqual(['a/Dockerfile split']);
  expect(dfsplit(['--files-from', 'nowhere']).status).toBe(2);
});

test('a list may hold names with newlines behind NULs, and a glob that nothing matches fails by itself', () => {
  put('a/Dockerfile', GO);
  put('new\nline.Dockerfile', GO);
  put('b[1]/Dockerfile', GO);
  const paths = (run: { readonly out: string }) =>
    JSON.parse(run.out).files.map((one: { path: string; outcome: string }) => `${one.path} ${one.outcome}`);
  const listed = dfsplit(['--json', '--files-from', '-'], 'new\nline.Dockerfile\0b[1]/Dockerfile\0c[1]/Dockerfile\0');
  expect(paths(listed)).toEqual(['new\nline.Dockerfile split', 'b[1]/Dockerfile split', 'c[1]/Dockerfile failed']);
  expect(listed.status).toBe(2);
  expect(paths(dfsplit(['--json', '.']))).toContain('new\nline.Dockerfile split');
  expect(paths(dfsplit(['--json', 'a/Dockerfile', './a']))).toEqual(['a/Dockerfile split']);
});

test('what is no Dockerfile shows its first errors and counts the others', () => {
  put('Dockerfile', 'package main\nimport x\nfunc main {\n}\nvar a\nvar b\n');
  expect(dfsplit([]).out).toMatch(/(\n {2}error DF.*\n .*){5}\n {2}and \d+ more errors; -v shows them\n/);
  expect(dfsplit(['-v']).out).not.toContain('more errors');
  const { status, err } = dfsplit(['--check']);
  expect(status).toBe(2);
  expect(err.trimEnd().split('\n')).toHaveLength(6);
  expect(err).toMatch(/\nDockerfile: and \d+ more errors; -v shows them\n$/);
});

test('a code that is no assumption is told before anything is written', () => {
  put('Dockerfile', GO);
  const wrong = dfsplit(['--write', '--assume', 'DF999']);
  expect(wrong).toMatchObject({ status: 2, out: '' });
  expect(wrong.err).toContain('there is no code DF999; dfsplit rules lists them');
  expect(dfsplit(['--runtime', 'distrolles']).err).toContain('Did you mean distroless?');
  expect(dfsplit(['--write', '--assume=df206']).err).toContain('DF206 unknown-image is no assumption');
  expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toBe(GO);
  expect(dfsplit(['--write', '--assume=df202, DF307']).status).toBe(0);
});

test('html reports of the parts of a run make the report of the whole', () => {
  many(12);
  for (const part of [1, 2, 3]) dfsplit(['--shard', `${part}/3`, '-f', 'html', '-o', `part${part}.html`, '.']);
  dfsplit(['-f', 'html', '-o', 'whole.html', '.']);
  const merged = dfsplit(['merge', 'part3.html', 'part1.html', 'part2.html']);
  expect(merged.status).toBe(0);
  expect(merged.out).toBe(readFileSync(join(folder, 'whole.html'), 'utf8'));
  expect(dfsplit(['merge', 's0000/Dockerfile']).err).toBe(
    'dfsplit: s0000/Dockerfile: it is no report of dfsplit --format html\n',
  );
});

test('an interrupt ends the run with a whole report of what is done', async () => {
  many(1500);
  const child = spawn(process.execPath, [bin, '-f', 'ndjson', '-o', 'report', '-j', '2', '.'], { cwd: folder });
  let said = '';
  child.stderr.on('data', (data) => {
    said += data;
  });
  const ended = new Promise<number | null>((done) => child.on('exit', done));
  const begun = () =>
    readdirSync(folder).some((name) => /^report.*tmp$/.test(name) && statSync(join(folder, name)).size > 0);
  while (!begun()) await new Promise((done) => setTimeout(done, 20));
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(readdirSync(folder).filter((name) => name.startsWith('report'))).toEqual(['report']);
  const lines = readFileSync(join(folder, 'report'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.length).toBeLessThan(1500);
  expect(said).toContain(`interrupted: ${lines.length - 1} of 1500 files are done`);
  expect(lines.at(-1).summary.files).toBe(lines.length - 1);
}, 30_000);
