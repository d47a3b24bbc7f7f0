import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const bin = resolve('bin/dfsplit.js');
const PROVEN =
  'FROM golang:1.25\nWORKDIR /src\nCOPY <<EOF main.go\npackage main\nfunc main() { println("hi") }\nEOF\nRUN go build -o /hi main.go\nCMD ["/hi"]\n';
const ASSUMED = 'FROM node:20\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD ["node", "out.js"]\n';
const PLAIN = 'FROM nginx\nCOPY site /usr/share/nginx/html\n';
const REFUSED =
  'FROM golang:1.25\nWORKDIR /src\nRUN curl https://example.com/x.sh | sh && go build -o /hi .\nCMD ["/hi"]\n';
const INVALID = 'FROM golang:1.25\nRUM go build\n';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dfsplit-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (path: string, text: string): string => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
  return path;
};
const read = (path: string) => readFileSync(join(folder, path), 'utf8');
function dfsplit(
  args: readonly string[],
  options: { readonly input?: string; readonly env?: Record<string, string> } = {},
) {
  const { PATH = '' } = process.env;
  const run = spawnSync(process.execPath, [bin, ...args], {
    cwd: folder,
    encoding: 'utf8',
    input: options.input ?? '',
    env: { PATH, ...options.env },
  });
  return { status: run.status, out: run.stdout, err: run.stderr };
}

describe('a dry run', () => {
  test('takes ./Dockerfile, prints a diff and writes nothing', () => {
    put('Dockerfile', PROVEN);
    const { status, out } = dfsplit([]);
    expect(status).toBe(0);
    expect(out).toContain('--- a/Dockerfile\n+++ b/Dockerfile\n');
    expect(out).toContain('+FROM golang:1.25 AS build\n');
    expect(out).not.toContain('\u001b');
    expect(read('Dockerfile')).toBe(PROVEN);
  });

  test('is coloured where FORCE_COLOR says so, and not with --no-color', () => {
    put('Dockerfile', PROVEN);
    expect(dfsplit([], { env: { FORCE_COLOR: '1' } }).out).toContain('\u001b[32m+FROM scratch\u001b[39m');
    expect(dfsplit(['--no-color'], { env: { FORCE_COLOR: '1' } }).out).not.toContain('\u001b');
    expect(dfsplit([], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }).out).not.toContain('\u001b');
  });

  test('falls back to ./Containerfile and says how to name a file where there is none', () => {
    const none = dfsplit([]);
    expect(none.status).toBe(2);
    expect(none.err).toMatch(/no Dockerfile or Containerfile.*name one/);
    put('Containerfile', PLAIN);
    expect(dfsplit([]).out).toContain('Containerfile: unchanged');
  });

  test('shows control characters of a file instead of sending them to the terminal', () => {
    put('Dockerfile', `${PROVEN}LABEL a="\u001b[2J"\n`);
    expect(dfsplit([]).out).not.toContain('\u001b');
  });
});

describe('--write', () => {
  test('writes the proven split and nothing a second time', () => {
    put('Dockerfile', PROVEN);
    expect(dfsplit(['--write', 'Dockerfile']).status).toBe(0);
    const written = read('Dockerfile');
    expect(written).toMatch(/^FROM golang:1.25 AS build\n[\s\S]*\nFROM scratch\n/);
    expect(dfsplit(['--write', 'Dockerfile']).out).toContain('unchanged');
    expect(read('Dockerfile')).toBe(written);
  });

  test('keeps the mode, and writes through a symbolic link', () => {
    put('real/Dockerfile', PROVEN);
    chmodSync(join(folder, 'real/Dockerfile'), 0o640);
    symlinkSync('real/Dockerfile', join(folder, 'Dockerfile'));
    expect(dfsplit(['-w', 'Dockerfile']).status).toBe(0);
    expect(lstatSync(join(folder, 'Dockerfile')).isSymbolicLink()).toBe(true);
    expect(read('real/Dockerfile')).toContain('AS build');
    expect(statSync(join(folder, 'real/Dockerfile')).mode & 0o777).toBe(0o640);
  });

  test('leaves a split that rests on an assumption alone, unless the code is accepted', () => {
    put('Dockerfile', ASSUMED);
    const shown = dfsplit(['--write']);
    expect(shown.out).toContain('assumes DF202');
    expect(read('Dockerfile')).toBe(ASSUMED);
    dfsplit(['--write', '--assume', 'DF305', 'Dockerfile']);
    expect(read('Dockerfile')).toBe(ASSUMED);
    expect(dfsplit(['--write', '--assume', 'DF202,DF204,DF307', 'Dockerfile']).status).toBe(0);
    expect(read('Dockerfile')).toContain('FROM node:20-slim');
  });

  test('takes a path behind --assume for a path', () => {
    put('Dockerfile', ASSUMED);
    dfsplit(['--write', '--assume', 'Dockerfile']);
    expect(read('Dockerfile')).toContain('FROM node:20-slim');
  });
});

describe('exit status', () => {
  test('is 0 for a refusal, 3 with --strict', () => {
    put('Dockerfile', REFUSED);
    const refused = dfsplit(['Dockerfile']);
    expect(refused.status).toBe(0);
    expect(refused.out).toMatch(/refused DF308 line 3: .*\n.*/);
    expect(dfsplit(['--strict', 'Dockerfile']).status).toBe(3);
  });

  test('is 1 for --check with something to change, which prints the names alone', () => {
    put('a/Dockerfile', PROVEN);
    put('b/Dockerfile', PLAIN);
    const check = dfsplit(['--check', '.']);
    expect(check).toEqual({ status: 1, out: 'a/Dockerfile\n', err: '' });
    expect(dfsplit(['--check', 'b'])).toEqual({ status: 0, out: '', err: '' });
  });

  test('is 2 for an invalid file, and the others are done', () => {
    put('a/Dockerfile', INVALID);
    put('b/Dockerfile', PROVEN);
    const run = dfsplit(['--write', '.']);
    expect(run.status).toBe(2);
    expect(run.out).toContain('error DF101 line 2: RUM is not an instruction');
    expect(read('b/Dockerfile')).toContain('AS build');
    expect(read('a/Dockerfile')).toBe(INVALID);
  });

  test.each([
    [['--nonsense']],
    [['missing']],
    [['--shard', '3/2', '.']],
    [['--stage-name', 'Big']],
    [['--format', 'xml']],
    [['rules', 'DF999']],
    [['--write', '-']],
    [['--write', '--check', '.']],
    [['--output', 'no/such/folder/report']],
  ])('is 2 for %j, with a message', (args) => {
    put('Dockerfile', PLAIN);
    const run = dfsplit(args);
    expect(run.status).toBe(2);
    expect(run.err).not.toBe('');
    expect(run.err).not.toContain('    at ');
  });
});

describe('choices', () => {
  const STAGES = `${PROVEN.replace('FROM golang:1.25', 'FROM golang:1.25 AS tool')}FROM alpine:3.20\nCOPY --from=0 /hi /hi\n`;
  const image = (...args: string[]) => JSON.parse(dfsplit(['--json', ...args, 'Dockerfile']).out).files[0];

  test('--target splits another stage than the last, by name or index', () => {
    put('Dockerfile', STAGES);
    expect(image().outcome).toBe('renamed');
    expect(image('--target', 'tool').stages).toEqual(['build', 'tool', null]);
    expect(image('--target', '0').stages).toEqual(['build', 'tool', null]);
    const unknown = dfsplit(['--target', 'nope', 'Dockerfile']);
    expect(unknown.status).toBe(2);
    expect(unknown.out).toContain('DF408');
  });

  test('--target refuses a stage that another one stands on, and lets one copy what is carried', () => {
    const server = PROVEN.replace(/^FROM .*/, 'FROM golang:1.25 AS server');
    put('Dockerfile', `${server}FROM server AS checks\nRUN go vet ./...\n`);
    expect(image('--target', 'server').diagnostics.map(({ code }: { code: string }) => code)).toEqual(['DF417']);
    put('Dockerfile', `${server}FROM debian:bookworm AS checks\nCOPY --from=server /hi /bin/hi\n`);
    expect(image('--target', 'server')).toMatchObject({ outcome: 'split', stages: ['build', 'server', 'checks'] });
    put('Dockerfile', `${server}FROM debian:bookworm AS checks\nCOPY --from=server /usr/local/go /go\n`);
    expect(image('--target', 'server').outcome).toBe('refused');
  });

  test('--rename-only leaves the stages as they are', () => {
    put('Dockerfile', STAGES);
    expect(image('--rename-only')).toMatchObject({
      outcome: 'renamed',
      renames: [{ line: 10, was: '0', becomes: 'tool' }],
    });
  });

  test('--runtime takes a rung or an image, and --allow-images forbids some', () => {
    put('Dockerfile', PROVEN);
    expect(image('--runtime', 'slim').runtime.image).toBe('debian:trixie-slim');
    expect(image('--runtime', 'distroless').runtime.image).toBe('gcr.io/distroless/static-debian13');
    expect(image('--runtime', 'debian:trixie').diagnostics.map((one: { code: string }) => one.code)).toEqual(['DF401']);
    expect(image('--runtime', 'alpine:3.20').diagnostics.map((one: { code: string }) => one.code)).toContain('DF406');
    expect(image('--runtime', 'distroless', '--allow-images', 'docker.io/library/*')).toMatchObject({
      outcome: 'refused',
    });
  });

  test('--stage-name and --runtime-name name the stages', () => {
    put('Dockerfile', PROVEN);
    expect(image('--stage-name', 'compile', '--runtime-name', 'app').stages).toEqual(['compile', 'app']);
  });

  test('--build-arg gives a value that the file lacks', () => {
    put('Dockerfile', PROVEN.replace('FROM golang:1.25', 'ARG GO\nFROM golang:$GO'));
    expect(image().diagnostics[0].code).toBe('DF208');
    expect(image('--build-arg', 'GO=1.25').outcome).toBe('split');
  });
});

describe('standard input', () => {
  test('is split to standard output; everything else goes to standard error', () => {
    const { status, out, err } = dfsplit(['-'], { input: PROVEN });
    expect(status).toBe(0);
    expect(out).toMatch(/^FROM golang:1.25 AS build\n/);
    expect(out).toContain('\nFROM scratch\n');
    expect(err).toContain('-: split');
  });

  test('comes back as it was where nothing is proven', () => {
    expect(dfsplit(['-'], { input: PLAIN }).out).toBe(PLAIN);
    expect(dfsplit(['-'], { input: REFUSED }).out).toBe(REFUSED);
  });
});

describe('a folder', () => {
  test('is searched for Dockerfiles of every name, in order, without what is ignored', () => {
    for (const path of [
      'b/Dockerfile.dev',
      'a/api.Dockerfile',
      'Containerfile',
      'node_modules/x/Dockerfile',
      'out/Dockerfile',
      'a/vendor/Dockerfile',
      'Dockerfile.dockerignore',
    ])
      put(path, PLAIN);
    put('.gitignore', '/out\n');
    const { files } = JSON.parse(dfsplit(['--json', '.']).out);
    expect(files.map((file: { path: string }) => file.path)).toEqual([
      'Containerfile',
      'a/api.Dockerfile',
      'b/Dockerfile.dev',
    ]);
  });

  test('is narrowed by --include, --exclude and --shard', () => {
    for (const path of ['a/Dockerfile', 'b/Dockerfile', 'c/Dockerfile', 'c/Dockerfile.dev']) put(path, PLAIN);
    const paths = (...args: string[]) =>
      JSON.parse(dfsplit(['--json', ...args, '.']).out).files.map((file: { path: string }) => file.path);
    expect(paths('--include', 'c/**')).toEqual(['c/Dockerfile', 'c/Dockerfile.dev']);
    expect(paths('--exclude', '*.dev', '--exclude', 'a/**')).toEqual(['b/Dockerfile', 'c/Dockerfile']);
    expect([...paths('--shard', '1/2'), ...paths('--shard', '2/2')].sort()).toEqual([
      'a/Dockerfile',
      'b/Dockerfile',
      'c/Dockerfile',
      'c/Dockerfile.dev',
    ]);
  });

  test('may be a glob', () => {
    for (const path of ['a/Dockerfile', 'b/Dockerfile', 'b/other']) put(path, PLAIN);
    expect(dfsplit(['*/Dockerfile']).out).toContain('2 files: 2 unchanged');
  });
});

describe('the report', () => {
  test('is the JSON of the contract', () => {
    put('Dockerfile', PROVEN);
    const report = JSON.parse(dfsplit(['--json']).out);
    expect(report).toMatchObject({
      version: 1,
      summary: { files: 1, split: 1, renamed: 0, unchanged: 0, refused: 0, failed: 0, assumed: 0 },
    });
    expect(report.files[0]).toMatchObject({
      path: 'Dockerfile',
      context: '.',
      outcome: 'split',
      build: { name: 'build', image: 'golang:1.25' },
      runtime: { name: null, image: 'scratch' },
      stages: ['build', null],
      artifacts: [{ from: '/hi', to: '/hi', writer: 7, why: 'is built here', readers: [8] }],
      renames: [],
    });
    const step = report.files[0].steps.find((one: { line: number }) => one.line === 7);
    expect(step).toMatchObject({
      placement: 'build',
      because: [{ rule: 'compiles-artifact', entry: 'ecosystems/go#build', certainty: 'known' }],
    });
    expect(report.files[0].diff).toContain('+++ b/Dockerfile');
  });

  test('goes line by line as ndjson, and to a file with --output', () => {
    put('Dockerfile', PROVEN);
    const lines = dfsplit(['--format', 'ndjson'])
      .out.trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => Object.keys(line)[0])).toEqual(['path', 'summary']);
    expect(dfsplit(['--json', '-o', 'report.json']).out).toBe('');
    expect(JSON.parse(read('report.json')).summary.split).toBe(1);
  });

  test('is a patch that git takes', () => {
    put('Dockerfile', PROVEN);
    put('web/Dockerfile', PROVEN.replaceAll('\n', '\r\n').trimEnd());
    dfsplit(['--patch', 'all.patch', '.']);
    const git = spawnSync('git', ['apply', '--check', '-p1', 'all.patch'], { cwd: folder, encoding: 'utf8' });
    expect(git.stderr).toBe('');
    expect(git.status).toBe(0);
  });
});

test('the build context of a file that copies all of it has something to build', () => {
  mkdirSync(join(folder, '.git'));
  const text = 'FROM golang:1.22\nCOPY . /src\nRUN cd /src && go build -o /app ./cmd/app\nCMD ["/app"]\n';
  // A word of a comment builds nothing.
  put('docker/Dockerfile', `# no go build here\n${text.replace('go build -o /app ./cmd/app', 'true')}`);
  expect(JSON.parse(dfsplit(['--json', 'docker/Dockerfile']).out).files[0].context).toBe('docker');
  put('docker/Dockerfile', text);
  put('docker/nginx.conf', '');
  const context = () => JSON.parse(dfsplit(['--json', 'docker/Dockerfile']).out).files[0].context;
  const [lone] = JSON.parse(dfsplit(['--json', 'docker/Dockerfile']).out).files;
  expect(lone.context).toBe(null);
  expect(lone.diagnostics.map((one: { code: string }) => one.code)).toContain('DF710');
  expect(lone.text).toContain('COPY --from=build /src /src');
  put('go.mod', 'module example.org/app\n');
  expect(context()).toBe('.');
  put('docker/tools/main.go', 'package main\n');
  expect(context()).toBe('docker');
  // What is built is fetched: nothing of the context tells.
  put('web/docker/Dockerfile', text.replace('cd /src', 'git clone https://example.org/app.git /src && cd /src'));
  expect(JSON.parse(dfsplit(['--json', 'web/docker/Dockerfile']).out).files[0].context).toBe('web/docker');
});

test('the build context is what compose says, else the folder upwards that has every source', () => {
  mkdirSync(join(folder, '.git'));
  put('src/main.go', 'package main\nfunc main() {}\n');
  put('docker/api/Dockerfile', 'FROM golang:1.25\nCOPY src /src\nRUN cd /src && go build -o /a .\nCMD ["/a"]\n');
  const context = () => JSON.parse(dfsplit(['--json', 'docker/api/Dockerfile']).out).files[0].context;
  expect(context()).toBe('.');
  put('compose.yaml', 'services:\n  api:\n    build:\n      context: docker\n      dockerfile: api/Dockerfile\n');
  expect(context()).toBe('docker');
});

test('the same bytes come out in another folder, locale and time zone', () => {
  put('Dockerfile', PROVEN);
  put('other/place/Dockerfile', PROVEN);
  const texts = [
    dfsplit(['--json'], { env: { LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', TZ: 'Asia/Kathmandu' } }),
    dfsplit(['--json', 'other/place/Dockerfile'], { env: { LANG: 'C', TZ: 'UTC' } }),
  ].map((run) => JSON.parse(run.out).files[0].text);
  expect(texts[0]).toBe(texts[1]);
});

describe('teaching', () => {
  test('explain names the evidence of every step', () => {
    put('Dockerfile', PROVEN);
    const { out } = dfsplit(['explain']);
    expect(out).toMatch(/^build {5}│ 7 {2}RUN go build -o \/hi main.go$/m);
    expect(out).toMatch(/line 7 build go build -o \/hi main.go\n {4}makes \/hi \(ecosystems\/go#build\)/);
    expect(out).toContain('/hi is built here (line 7, needed on line 8)');
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('explain names what is new in the runtime stage, and why', () => {
    put('main.c', '#include <curl/curl.h>\nint main(void) { return curl_global_init(0); }\n');
    put(
      'Dockerfile',
      `FROM buildpack-deps:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends tini
WORKDIR /srv/app
COPY . .
RUN gcc -o /srv/app/app main.c -lcurl && mkdir /data && chown 33:33 /data && gcc --version
ENTRYPOINT ["tini", "/srv/app/app"]
`,
    );
    const { out } = dfsplit(['explain']);
    const section = /^New in the runtime stage\n(.*?)\n\n/ms.exec(out)?.[1];
    expect(section).toBe(
      [
        '    RUN apt-get update && apt-get install -y --no-install-recommends tini ca-ce…',
        '      the build image has ca-certificates, libcurl4, the runtime image does not',
        '    RUN chown 33:33 /data',
        '      COPY does not keep the owner and mode of the folder itself',
      ].join('\n'),
    );
  });

  test('explain says so where no smaller image is proven to do', () => {
    const path = join(import.meta.dirname, '../fixtures/c/conan-libraries/Dockerfile');
    expect(dfsplit(['explain', path]).out).toContain(
      'Why ubuntu:22.04\n    it is the image of the build; no smaller one is proven to do\n',
    );
  });

  test('explain names what speaks against smaller images of a file that is left alone', () => {
    const path = join(import.meta.dirname, '../fixtures/java/uses-compiler/Dockerfile');
    expect(dfsplit(['explain', path]).out).toContain(
      [
        'Why no smaller image',
        '    not eclipse-temurin:21-jre, eclipse-temurin:21-jre-noble: the container',
        '      starts javac, which the smaller image does not have, and no package is',
        '      known for it',
        '',
      ].join('\n'),
    );
  });

  test('rules lists the catalogue, and prints the page of a code, an ecosystem and an image', () => {
    const { out } = dfsplit(['rules']);
    expect(out).toMatch(/^DF101 {2}error/);
    expect(out).toMatch(/^ecosystems: .*\bgo, /m);
    expect(out).toMatch(/^images: .*\bgolang, /m);
    expect(dfsplit(['rules', 'df308']).out).toMatch(/^# DF308 network-installer\n[\s\S]*\nline \d+: /);
    expect(dfsplit(['rules', 'go']).out).toMatch(/^# go\n[\s\S]*`ecosystems\/go#build`[\s\S]*\nbecomes\n/);
    expect(dfsplit(['rules', 'docker.io/library/golang:1.22']).out).toMatch(/^# golang\n/);
    expect(dfsplit(['rules', 'mcr.microsoft.com/dotnet/sdk:8.0']).out).toMatch(/^# mcr.microsoft.com\/dotnet\/sdk\n/);
    expect(dfsplit(['rules', 'rust']).out.match(/^# rust$/gm)).toHaveLength(2);
    expect(dfsplit(['rules', 'images/rust']).out.match(/^# rust$/gm)).toHaveLength(1);
    expect(dfsplit(['rules', '../README']).status).toBe(2);
  });

  test('help shows examples and exit status', () => {
    const { status, out } = dfsplit(['--help']);
    expect(status).toBe(0);
    expect(out).toContain('Examples:');
    expect(out).toContain('Exit status:');
  });
});

describe('verify', () => {
  test('says how to get an engine where none answers', () => {
    put('Dockerfile', PROVEN);
    const { status, err } = dfsplit(['verify'], { env: { PATH: folder } });
    expect(status).toBe(2);
    expect(err).toMatch(
      /no container engine answers \(docker: not installed; podman: not installed; buildah: .*Start one/,
    );
    expect(dfsplit(['verify', '--engine', 'podman'], { env: { PATH: folder } }).err).not.toContain('docker:');
  });

  test('goes with --write, which then writes nothing without an engine', () => {
    put('Dockerfile', PROVEN);
    expect(dfsplit(['--verify']).err).toContain('--verify goes with --write');
    const { status } = dfsplit(['--write', '--verify'], { env: { PATH: folder } });
    expect(status).toBe(2);
    expect(read('Dockerfile')).toBe(PROVEN);
  });

  test('removes what it made where an engine fails, and maps the step to its line', () => {
    const calls = join(folder, 'calls');
    const output = 'Dockerfile:7\n-----\n   7 | >>> RUN go build\n-----\nERROR: exit code 1';
    put(
      'docker',
      `#!/bin/sh\necho "$*" >> ${calls}\ncase $1 in\n  version) echo 28.0 ;;\n  buildx) [ "$2" = version ] || { printf '${output}\\n' >&2; exit 1; } ;;\nesac\n`,
    );
    chmodSync(join(folder, 'docker'), 0o755);
    put('Dockerfile', PROVEN);
    const { status, out } = dfsplit(['verify', '--json', '--build-arg', 'A=b'], {
      env: { PATH: `${folder}:/usr/bin:/bin` },
    });
    expect(status).toBe(2);
    const [file] = JSON.parse(out).files;
    expect(file.result).toBe('original-not-built');
    expect(file.failure).toMatchObject({ which: 'original', line: 7, step: 'RUN go build -o /hi main.go' });
    const made = readFileSync(calls, 'utf8');
    const tag = /--tag (\S+)/.exec(made)?.[1];
    expect(made).toMatch(/buildx build --load .* --label dev\.dfsplit\.verify=\w+ --build-arg A=b \.$/m);
    expect(made).toContain(`image rm --force ${tag}`);
  });

  test('speaks to podman as podman where it is installed under the name of docker', () => {
    const calls = join(folder, 'calls');
    const answer = 'case "$1" in --version) echo podman version 5.0 ;; version) echo 5.0 ;; *) exit 1 ;; esac';
    for (const name of ['docker', 'podman']) {
      put(name, `#!/bin/sh\necho "${name} $*" >> ${calls}\n${answer}\n`);
      chmodSync(join(folder, name), 0o755);
    }
    put('Dockerfile', PROVEN);
    dfsplit(['verify'], { env: { PATH: `${folder}:/usr/bin:/bin` } });
    expect(read('calls')).toMatch(/^podman build --format docker /m);
    expect(read('calls')).not.toMatch(/^docker .*build/m);
  });

  test('removes what it made when it is interrupted', async () => {
    const calls = join(folder, 'calls');
    const script = `#!/bin/sh\necho "$*" >> ${calls}\ncase "$*" in\n  version*) echo 28.0 ;;\n  "buildx build"*) sleep 20 ;;\n  "ps --all"*) echo c0ffee ;;\nesac\n`;
    put('docker', script);
    chmodSync(join(folder, 'docker'), 0o755);
    put('Dockerfile', PROVEN);
    const child = spawn(process.execPath, [bin, 'verify'], { cwd: folder, env: { PATH: `${folder}:/usr/bin:/bin` } });
    const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
    const made = (): string => (existsSync(calls) ? read('calls') : '');
    await expect.poll(made, { timeout: 20_000 }).toContain('buildx build');
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    const tag = /--tag (\S+)/.exec(made())?.[1];
    expect(made()).toContain(`image rm --force ${tag}`);
    expect(made()).toContain('rm --force --volumes c0ffee');
  }, 30_000);
});
