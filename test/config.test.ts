import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

// Each starts dfsplit several times, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

import { imageFactsSchema, packageSchema } from '../src/cli/config/schema.ts';
import { readConfig } from '../src/cli/read-config.ts';
import { jsonSchema } from '../src/dev/json-schema.ts';
import { describeImage } from '../src/knowledge/images.ts';
import { packageFacts } from '../src/knowledge/packages.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dfsplit-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (path: string, content: string | object): string => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  return join(folder, path);
};
function dfsplit(...args: string[]) {
  const { PATH = '' } = process.env;
  const bin = resolve('bin/dfsplit.js');
  const run = spawnSync(process.execPath, [bin, ...args], { cwd: folder, encoding: 'utf8', env: { PATH } });
  return { status: run.status, out: run.stdout, err: run.stderr };
}
const report = (...args: string[]) => JSON.parse(dfsplit('--json', ...args).out).files[0];
const codes = (...args: string[]) => report(...args).diagnostics.map((one: { code: string }) => one.code);

const GO = [
  'FROM golang:1.25',
  'WORKDIR /src',
  'COPY <<EOF main.go',
  'package main',
  'func main() { println("hi") }',
  'EOF',
  'RUN go build -o /hi main.go',
  'CMD ["/hi"]',
  '',
].join('\n');

describe('a wrong configuration', () => {
  const wrong = (text: string) => {
    const result = readConfig(put('dfsplit.config.json', text));
    return 'problems' in result
      ? result.problems.map(({ place, what }) => `${place.replace(/^.*config\.json/, '')} ${what}`).join('\n')
      : 'valid';
  };

  test.each([
    ['{\n  "runtme": "slim"\n}', ':2:3 unknown key "runtme": did you mean "runtime"?'],
    ['{ "zzzzzz": 1 }', ':1:3 unknown key "zzzzzz"'],
    [
      '{\n  "runtime": "slim",\n  "overrides": [\n    { "files": ["*"], "stagename": "x" }\n  ]\n}',
      ':4:23 unknown key "stagename": did you mean "stageName"?',
    ],
    ['{ "overrides": [{ "runtime": "slim" }] }', ':1:17 "files" is missing'],
    ['{ "assume": ["202"] }', ':1:14 assume[0]: a code is DF and three digits'],
    ['{ "runtime": ', ':1:14 it is not JSON: a value is expected here'],
    ['{ "runtime": slim }', ':1:14 it is not JSON: a word without quotes'],
    [
      '{ "overrides": [{ "file": ["x"] }] }',
      ':1:19 unknown key "file": did you mean "files"?\n:1:17 "files" is missing',
    ],
    ['{ "runtime": "slimm" }', ':1:14 slimm is no runtime: did you mean "slim"?'],
    ['{ "runtime": "acme" }', 'valid'],
    ['{ "runtime": 3 }', ':1:14 runtime: a text in double quotes is expected'],
    ['{ "ignore": "yes" }', ':1:13 ignore: true or false is expected'],
    ['{ "assume": 3 }', ':1:13 assume: "all" or a list in brackets is expected'],
    ['{ "runtime": "" }', ':1:14 runtime: it is empty'],
    ['{ "assume": ["DF999"] }', ':1:14 there is no code DF999; dfsplit rules lists them'],
    ['{ "assume": ["DF206"] }', ':1:14 DF206 unknown-image is no assumption that could be accepted'],
    [
      '{ "mirrors": { "dockerio": "registry.example.com/hub" } }',
      ':1:16 dockerio is no registry, whose name has a dot or a port: did you mean "docker.io"?',
    ],
    [
      '{ "mirrors": { "docker.io": "https://registry.example.com" } }',
      ':1:29 https://registry.example.com: say the host and the path, as in front of an image: registry.example.com/hub',
    ],
    ['{ "mirrors": { "localhost:5000": "registry.example.com/hub" } }', 'valid'],
    ['// a comment\n{ "runtime": "slim", }', 'valid'],
  ])('%j', (text, expected) => {
    expect(wrong(text)).toBe(expected);
  });

  const image = (entry: object) => wrong(JSON.stringify({ knowledge: { images: [entry] } })).replace(/^:\d+:\d+ /, '');
  const command = (effect: object) =>
    wrong(
      JSON.stringify({ knowledge: { commands: [{ command: 'acme', says: 'builds', effects: [effect] }] } }),
    ).replace(/^:\d+:\d+ /, '');

  test('in an entry of knowledge is told with the place and what is meant', () => {
    expect(image({ image: 'a/go:*', like: 'golnag:{tag}' })).toBe(
      'dfsplit knows no image golnag:{tag}: did you mean "golang"?',
    );
    expect(image({ image: 'a/go:*', like: 'golang:{tag}' })).toBe('valid');
    expect(image({ image: 'a/*/b:*', like: 'golang:{tag}' })).toBe('a/*/b:*: one * at most, which stands for any tag');
    expect(image({ image: 'a/go:*', like: 'golang:{tag}', smaller: ['a/run:13'] })).toBe(
      'nothing is known of a/run:13: give it an entry of its own',
    );
    expect(image({ image: 'a/go:*', facts: { distribution: 'debain' } })).toBe(
      'knowledge.images[0].facts.distribution: "debain" is none of debian, ubuntu, alpine: did you mean "debian"?',
    );
    expect(command({ kind: 'artefact', path: '/a' })).toMatch(
      /^knowledge\.commands\[0\]\.effects\[0\]\.kind: "artefact" is none of artifact, .*: did you mean "artifact"\?$/,
    );
    expect(command({ kind: 'dependencies', path: '{out}' })).toMatch(/^\{out\} is nothing that a call tells: say /);
    for (const path of ['{--out}', '{-o}', '{1}', '{cwd}/x', '{home}/x', '/x'])
      expect(command({ kind: 'dependencies', path })).toBe('valid');
  });

  test('shows five problems at most', () => {
    const packages = [1, 2, 3, 4, 5, 6, 7].map((n) => ({ package: `p${n}`, role: 'x' }));
    const text = wrong(JSON.stringify({ knowledge: { packages } }));
    expect(text.split('\n')).toHaveLength(5);
    expect(text).toMatch(/ \(and 2 more\)$/);
  });

  test('fails the files below it, and no other one', () => {
    put('a/Dockerfile', GO);
    put('a/dfsplit.config.json', '{\n  "runtme": 1\n}');
    put('b/Dockerfile', GO);
    const { status, out } = dfsplit('.');
    expect(status).toBe(2);
    expect(out).toContain('error DF704 line 1: a/dfsplit.config.json:2:3: unknown key "runtme"');
    expect(out).toContain('b/Dockerfile: split');
  });
});

describe('choices', () => {
  test('are found upwards, overrides go over them, and the command line goes over all', () => {
    put('dfsplit.config.json', {
      runtime: 'slim',
      overrides: [
        { files: ['services/**'], runtime: 'distroless' },
        { files: ['old.Dockerfile'], ignore: true },
      ],
    });
    put('Dockerfile', GO);
    put('services/api/Dockerfile', GO);
    put('x/old.Dockerfile', GO);
    expect(report('Dockerfile').runtime.image).toBe('debian:trixie-slim');
    expect(report('services/api/Dockerfile').runtime.image).toBe('gcr.io/distroless/static-debian13');
    expect(report('--runtime', 'scratch', 'services/api/Dockerfile').runtime.image).toBe('scratch');
    expect(codes('x/old.Dockerfile')).toEqual(['DF324']);
  });

  test('may stand in a file that --config names', () => {
    put('Dockerfile', GO);
    put('other.json', { stageName: 'compile' });
    expect(report('--config', 'other.json', 'Dockerfile').stages[0]).toBe('compile');
    expect(dfsplit('--config', 'missing.json', 'Dockerfile').status).toBe(2);
  });

  test('accept assumptions that --write then writes', () => {
    put('dfsplit.config.json', { assume: ['DF202'] });
    put('Dockerfile', GO.replace('RUN go', 'RUN lint\nRUN go'));
    expect(dfsplit('--write', 'Dockerfile').out).toContain('written');
    expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toContain('AS build');
  });
});

describe('mirrors', () => {
  test('name the images of the runtime stage, and are read as what they mirror', () => {
    put('dfsplit.config.json', {
      mirrors: { 'docker.io': 'registry.example.com/hub', 'gcr.io': 'registry.example.com/gcr' },
    });
    put('Dockerfile', GO);
    expect(report('--runtime', 'slim', 'Dockerfile').runtime.image).toBe(
      'registry.example.com/hub/library/debian:trixie-slim',
    );
    expect(report('--runtime', 'distroless', 'Dockerfile').runtime.image).toBe(
      'registry.example.com/gcr/distroless/static-debian13',
    );
    put('Dockerfile', GO.replace('golang', 'registry.example.com/hub/golang'));
    expect(report('--runtime', 'slim', 'Dockerfile').runtime.image).toBe('registry.example.com/hub/debian:trixie-slim');
  });
});

describe('knowledge of the caller', () => {
  const knowledge = {
    images: [
      {
        image: 'registry.example.com/base/go:*',
        like: 'golang:{tag}',
        facts: { programs: ['go', 'git', 'acme-build'] },
        smaller: ['registry.example.com/base/run:13'],
      },
      { image: 'registry.example.com/base/run:13', like: 'debian:trixie-slim' },
    ],
    commands: [
      {
        command: 'acme-build',
        subcommands: ['compile'],
        valueFlags: ['--out'],
        says: 'compiles the service',
        effects: [{ kind: 'artifact', path: '{--out}', tree: false, linkage: 'libc' }],
      },
    ],
    packages: [{ package: 'acme-sdk', role: 'build' }],
  };
  const ACME = [
    'FROM registry.example.com/base/go:1.25',
    'RUN apt-get update && apt-get install -y acme-sdk',
    'WORKDIR /src',
    'RUN acme-build compile --out /bin/service',
    'CMD ["/bin/service"]',
    '',
  ].join('\n');

  test('tells what an image, a command and a package are', () => {
    put('Dockerfile', ACME);
    expect(codes('Dockerfile')).not.toContain('DF401');
    put('dfsplit.config.json', { knowledge });
    const split = report('Dockerfile');
    expect(split).toMatchObject({ outcome: 'split', runtime: { image: 'registry.example.com/base/run:13' } });
    expect(split.text.slice(split.text.lastIndexOf('FROM'))).not.toContain('acme-sdk');
    expect(split.text).toContain('COPY --from=build /bin/service /bin/service');
    const step = split.steps.find((one: { text: string }) => one.text.startsWith('acme-build'));
    expect(step.because).toEqual([
      {
        rule: 'compiles-artifact',
        entry: 'config/commands#acme-build',
        certainty: 'stated',
        says: 'makes /bin/service',
      },
    ]);
  });

  test('that leaves a hole is unknown, not guessed', () => {
    put('dfsplit.config.json', { knowledge });
    put('Dockerfile', ACME.replace(' --out /bin/service', ''));
    expect(report('Dockerfile').outcome).toBe('refused');
  });

  test('has the form of our own', () => {
    for (const image of ['golang:1.25', 'node:20', 'debian:bookworm', 'alpine:3.20', 'gcr.io/distroless/cc-debian12']) {
      const {
        source: _,
        ownLibraries: __,
        ...facts
      } = describeImage(image) as NonNullable<ReturnType<typeof describeImage>>;
      expect(v.safeParse(imageFactsSchema, facts).issues, image).toBeUndefined();
    }
    for (const name of ['gcc', 'libpq-dev', 'curl']) {
      const { role, runtime } = packageFacts('debian', 'bookworm', name);
      expect(v.is(packageSchema, { package: name, role, ...(runtime === null ? {} : { runtime }) })).toBe(true);
    }
  });
});

test('init writes a valid configuration that names the schema, and never over another', () => {
  expect(dfsplit('init')).toMatchObject({ status: 0, out: 'dfsplit.config.json\n' });
  const path = join(folder, 'dfsplit.config.json');
  expect(readConfig(path)).toHaveProperty('config');
  const written = JSON.parse(readFileSync(path, 'utf8'));
  expect(written.$schema).toMatch(/dfsplit\.schema\.json$/);
  expect(new Ajv({ strict: false }).validate(JSON.parse(jsonSchema()), written)).toBe(true);
  expect(dfsplit('init').status).toBe(2);
});

test('the schema that is shipped is the one that is checked: npm run generate-schema', () => {
  expect(readFileSync('dfsplit.schema.json', 'utf8')).toBe(jsonSchema());
});
