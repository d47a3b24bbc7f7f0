import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { provideBases, startEngine } from './engine.ts';

const MINUTES = 15 * 60_000;
const bin = resolve('bin/dfsplit.js');
const silent = startEngine();

/** Asks for everything that can be handed on to a build, and says what it was given. */
const DOCKERFILE = `FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev make && rm -rf /var/lib/apt/lists/*
ARG WHO=nobody
ARG TARGETPLATFORM
WORKDIR /src
COPY say.c ./
RUN --mount=type=secret,id=token,required --mount=type=ssh,required \\
    test -S "$SSH_AUTH_SOCK" && test "$(cat /run/secrets/token)" = s3cret \\
 && gcc -static -o /bin/say -DWHO="\\"$WHO on $TARGETPLATFORM\\"" say.c
CMD ["/bin/say"]
`;
const PROGRAM = '#include <stdio.h>\nint main(void) { puts(WHO); return 0; }\n';

describe.skipIf(silent !== null)('the options of verify', () => {
  let folder = '';
  beforeAll(() => provideBases('FROM debian:bookworm\n'), MINUTES);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dfsplit-options-'));
    put('Dockerfile', DOCKERFILE);
    put('say.c', PROGRAM);
    put('token', 's3cret');
    execFileSync('openssl', ['genrsa', '-traditional', '-out', join(folder, 'key'), '2048'], { stdio: 'ignore' });
    execFileSync('chmod', ['600', join(folder, 'key')]);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const put = (name: string, text: string, mode = 0o644): void => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), text, { mode });
  };
  const handedOn = ['--secret', 'id=token,src=token', '--ssh', 'default=key', '--network', 'host'];
  const dfsplit = (...args: string[]) =>
    spawnSync(process.execPath, [bin, ...args], { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 26 });
  const images = (pattern: string): string =>
    execFileSync(
      'docker',
      ['image', 'ls', '--quiet', '--filter', `label=dev.dfsplit.verify`, '--filter', `reference=${pattern}`],
      {
        encoding: 'utf8',
      },
    );

  test(
    'reach both builds, the containers and the smoke test',
    () => {
      put(
        'smoke',
        '#!/bin/sh\necho "$1" >> asked\ndocker run --rm --network none "$1" | grep -q "^me on linux/amd64$"\n',
        0o755,
      );
      const log = join(folder, 'log');
      const { status, stdout, stderr } = dfsplit(
        'verify',
        '--json',
        ...handedOn,
        ...['--build-arg', 'WHO=me', '--platform', 'linux/amd64', '--no-cache', '--run-network', 'none'],
        ...[
          '--smoke',
          'smoke',
          '--command',
          '/bin/say',
          '--seconds',
          '2',
          '--log',
          log,
          '--keep',
          '--time-limit',
          '600',
        ],
      );
      expect(status, stdout + stderr).toBe(0);
      const [file] = JSON.parse(stdout).files;
      expect(file.result).toBe('equal');
      expect(readFileSync(join(folder, 'asked'), 'utf8')).toMatch(/:before-\S+\n.*:after-\S+\n$/);
      // The original is built afresh, the split upon its layers.
      const commands = readFileSync(log, 'utf8').match(/^\$ docker buildx build.*$/gm) ?? [];
      expect(commands.map((line) => line.includes('--no-cache'))).toEqual([true, false, false]);
      expect(commands.every((line) => line.includes('--platform linux/amd64'))).toBe(true);
      const kept = images('dfsplit-verify/dfsplit-options-*:*').trim().split('\n');
      expect(kept.length).toBeGreaterThanOrEqual(3);
      execFileSync('docker', ['image', 'rm', '--force', ...new Set(kept)], { stdio: 'ignore' });
    },
    MINUTES,
  );

  test(
    'a check that fails, a time that is over and an image that cannot be pulled have their results',
    () => {
      put('smoke', '#!/bin/sh\ncase $1 in *:after-*) exit 7 ;; esac\n', 0o755);
      const different = dfsplit('verify', ...handedOn, '--smoke', 'smoke', '--seconds', '1');
      expect(different.stdout).toMatch(/DF646: .*exit code 7/);
      expect(different.status).toBe(1);
      put('smoke', '#!/bin/sh\nexit 3\n', 0o755);
      expect(dfsplit('verify', ...handedOn, '--smoke', 'smoke', '--seconds', '1').stdout).toContain('DF647');
      put('Dockerfile', DOCKERFILE.replace('CMD', 'RUN sleep 300\nCMD'));
      const late = dfsplit('verify', '--json', ...handedOn, '--time-limit', '20');
      expect(late.status, late.stdout + late.stderr).toBe(2);
      const [file] = JSON.parse(late.stdout).files;
      expect(file.failure).toMatchObject({ which: 'original', timedOut: true, line: 10, step: 'RUN sleep 300' });
      const missing = dfsplit('verify', '--json', '--network', 'host', '--pull');
      expect(JSON.parse(missing.stdout).files[0]).toMatchObject({ result: 'original-not-built' });
      expect(images('dfsplit-verify/dfsplit-options-*:*')).toBe('');
    },
    MINUTES,
  );

  test(
    '--write --verify writes what is equal and nothing else',
    () => {
      put('smoke', '#!/bin/sh\ncase $1 in *:after-*) exit 7 ;; esac\n', 0o755);
      const args = ['--write', '--verify', ...handedOn, '--seconds', '1'];
      expect(dfsplit(...args, '--smoke', 'smoke').status).toBe(1);
      expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toBe(DOCKERFILE);
      const written = dfsplit(...args);
      expect(written.status, written.stderr).toBe(0);
      expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toContain('FROM debian:bookworm AS build');
    },
    MINUTES,
  );

  test(
    'an interruption ends the build and removes what was made',
    async () => {
      put('Dockerfile', DOCKERFILE.replace('CMD', 'RUN sleep 287\nCMD'));
      const log = join(folder, 'log');
      const child = spawn(process.execPath, [bin, 'verify', ...handedOn, '--log', log], { cwd: folder });
      const ended = new Promise<number | null>((done) => child.on('exit', done));
      const said = (): string => (existsSync(log) ? readFileSync(log, 'utf8') : '');
      await expect.poll(said, { timeout: 300_000, interval: 500 }).toMatch(/\] RUN sleep 287/);
      child.kill('SIGINT');
      expect(await ended).toBe(130);
      const sleeping = (): string => spawnSync('pgrep', ['-f', '^sleep 287$'], { encoding: 'utf8' }).stdout;
      await expect.poll(sleeping, { timeout: 20_000 }).toBe('');
      expect(images('dfsplit-verify/dfsplit-options-*:*')).toBe('');
    },
    MINUTES,
  );
});
