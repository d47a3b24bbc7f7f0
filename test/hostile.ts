import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, vi } from 'vitest';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** Files and folders made to hurt: each is answered in bounded time and memory, and never with a guess. */
export const bin = resolve('bin/dfsplit.js');
/** Far above what each takes, far below what it took without its guard. */
const SECONDS = 120;
const MEGABYTES = 1_500;
export const HEAD = 'FROM golang:1.25\nWORKDIR /src\nCOPY . .\n';
export const TAIL = 'RUN go build -o /bin/app .\nCMD ["/bin/app"]\n';

export let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dfsplit-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

export const put = (path: string, content: string | Buffer): void => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), content);
};

interface Run {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

export function dfsplit(args: readonly string[], input = ''): Run {
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

export function told(args: readonly string[] = ['Dockerfile'], input = ''): Told {
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

export const repeat = (text: string, count: number): string => text.repeat(count);
export const numbered = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('');
