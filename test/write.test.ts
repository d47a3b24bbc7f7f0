import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CHANGED, replaceFile } from '../src/cli/write-file.ts';

vi.setConfig({ testTimeout: 900_000 });

const bin = resolve('bin/dfsplit.js');
const OLD = `FROM golang:1.25
WORKDIR /src
COPY <<EOF main.go
package main
func main() { println("hi") }
EOF
RUN go build -o /hi main.go
CMD ["/hi"]
`;
/** Half a megabyte: a write that is not atomic takes its time. */
const LARGE = `${'# what is read here is read by nobody\n'.repeat(15_000)}${OLD}`;
/** Kills of one run; the gate asks for 200. */
const KILLS = Number(process.env.DFSPLIT_KILLS ?? 20);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dfsplit-test-'));
  writeFileSync(join(folder, 'Dockerfile'), OLD);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (name = 'Dockerfile'): string => readFileSync(join(folder, name), 'utf8');
const dfsplit = (...args: string[]): { status: number | null; out: string } => {
  const run = spawnSync(process.execPath, [bin, ...args], { cwd: folder, encoding: 'utf8' });
  return { status: run.status, out: run.stdout + run.stderr };
};

describe('--write', () => {
  test('killed at random moments leaves the old or the new file and nothing else', async () => {
    writeFileSync(join(folder, 'Dockerfile'), LARGE);
    const start = performance.now();
    expect(dfsplit('--write', 'Dockerfile').status).toBe(0);
    const length = performance.now() - start;
    const written = read();
    expect(written).not.toBe(LARGE);
    const ends = new Map<string, number>();
    const signals = ['SIGKILL', 'SIGTERM', 'SIGINT'] as const;
    for (let index = 0; index < KILLS; index++) {
      writeFileSync(join(folder, 'Dockerfile'), LARGE);
      const signal = signals[index % 3] ?? 'SIGKILL';
      // Most of them while it writes, which is at the end.
      const moment = length * (1 - Math.random() ** 2);
      const child = spawn(process.execPath, [bin, '--write', 'Dockerfile'], { cwd: folder, stdio: 'ignore' });
      const timer = setTimeout(() => child.kill(signal), moment);
      await new Promise((done) => child.once('exit', done));
      clearTimeout(timer);
      const left = read();
      const end = left === LARGE ? 'old' : left === written ? 'new' : 'neither';
      expect(end, `${signal} after ${moment.toFixed(1)} ms`).not.toBe('neither');
      expect(readdirSync(folder)).toEqual(['Dockerfile']);
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }
    console.info(`killed ${KILLS} times within ${length.toFixed(0)} ms: ${JSON.stringify(Object.fromEntries(ends))}`);
  });

  test('leaves the old bytes where the disk is full, and no litter', () => {
    writeFileSync(join(folder, 'Dockerfile'), LARGE);
    // A file may not grow above 100 KB: what a full disk says, without one.
    const run = spawnSync('bash', ['-c', `ulimit -f 100; exec "${process.execPath}" "${bin}" --write Dockerfile`], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(run.status).not.toBe(0);
    expect(read()).toBe(LARGE);
    expect(readdirSync(folder)).toEqual(['Dockerfile']);
  });

  test.each([
    ['a file', 0o444, 0o755],
    ['a file in a folder', 0o444, 0o555],
  ])('leaves %s alone that may not be written, and says so', (_, file, around) => {
    chmodSync(join(folder, 'Dockerfile'), file);
    chmodSync(folder, around);
    // Root may write everywhere: it becomes nobody.
    const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    const run = spawnSync(process.execPath, [bin, '--write', 'Dockerfile'], {
      cwd: folder,
      encoding: 'utf8',
      ...nobody,
    });
    chmodSync(folder, 0o755);
    expect(run).toMatchObject({ status: 2, stdout: expect.stringContaining('permission denied') });
    expect(read()).toBe(OLD);
    expect(readdirSync(folder)).toEqual(['Dockerfile']);
  });

  test('writes the file that a link leads to, and leaves the link', () => {
    mkdirSync(join(folder, 'build'));
    renameSync(join(folder, 'Dockerfile'), join(folder, 'build/app.Dockerfile'));
    symlinkSync('build/app.Dockerfile', join(folder, 'Dockerfile'));
    expect(dfsplit('--write', 'Dockerfile').status).toBe(0);
    expect(readlinkSync(join(folder, 'Dockerfile'))).toBe('build/app.Dockerfile');
    expect(read('build/app.Dockerfile')).toContain('AS build');
    expect(readdirSync(join(folder, 'build'))).toEqual(['app.Dockerfile']);
  });

  test('overwrites nothing that was changed since it was read', async () => {
    const path = join(folder, 'Dockerfile');
    writeFileSync(path, `${OLD}LABEL a=b\n`);
    await expect(replaceFile({ path, before: OLD, after: 'FROM x\n', backup: null })).rejects.toThrow(CHANGED);
    expect(read()).toBe(`${OLD}LABEL a=b\n`);
  });

  test('keeps mode and owner, and says that other names keep the old text', () => {
    chmodSync(join(folder, 'Dockerfile'), 0o640);
    linkSync(join(folder, 'Dockerfile'), join(folder, 'other'));
    const before = statSync(join(folder, 'Dockerfile'));
    const { out, status } = dfsplit('--write', '-v', 'Dockerfile');
    expect(status).toBe(0);
    expect(out).toContain('DF707');
    expect(out).toContain('2 names');
    const { mode, uid, gid } = statSync(join(folder, 'Dockerfile'));
    expect([mode, uid, gid]).toEqual([before.mode, before.uid, before.gid]);
    expect(read('other')).toBe(OLD);
  });

  test('--backup keeps the old file, and no older one is lost', () => {
    expect(dfsplit('--write', '--backup', 'Dockerfile').status).toBe(0);
    expect(read('Dockerfile.orig')).toBe(OLD);
    writeFileSync(join(folder, 'Dockerfile'), `${OLD}LABEL a=b\n`);
    const again = dfsplit('--write', '--backup', 'Dockerfile');
    expect(again).toMatchObject({ status: 2, out: expect.stringContaining('Dockerfile.orig is there already') });
    expect([read(), read('Dockerfile.orig')]).toEqual([`${OLD}LABEL a=b\n`, OLD]);
  });

  test('--require-clean leaves alone what is not committed', () => {
    const git = (...args: string[]): void => {
      const settings = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
      expect(spawnSync('git', [...settings, ...args], { cwd: folder }).status).toBe(0);
    };
    git('init', '-q');
    expect(dfsplit('--write', '--require-clean', 'Dockerfile')).toMatchObject({
      status: 2,
      out: expect.stringContaining('DF706'),
    });
    git('add', '.');
    git('commit', '-qm', 'x');
    writeFileSync(join(folder, 'Dockerfile'), `# mine\n${OLD}`);
    expect(dfsplit('--write', '--require-clean', 'Dockerfile').status).toBe(2);
    expect(read()).toBe(`# mine\n${OLD}`);
    writeFileSync(join(folder, 'Dockerfile'), OLD);
    expect(dfsplit('--write', '--require-clean', 'Dockerfile').status).toBe(0);
    expect(read()).not.toBe(OLD);
    expect(readdirSync(join(folder, '.git')).filter((name) => name.startsWith('.dfsplit'))).toEqual([]);
  });

  test('removes what a process that was killed left in .git', () => {
    mkdirSync(join(folder, '.git'));
    mkdirSync(join(folder, '.git/.dfsplit-999999999-abc'));
    expect(dfsplit('--write', 'Dockerfile').status).toBe(0);
    expect(readdirSync(join(folder, '.git'))).toEqual([]);
  });
});
