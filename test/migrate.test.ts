import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 60_000 });

const BRANCH = 'dfsplit/split-stages';
const GO =
  'FROM golang:1.25\nWORKDIR /src\nCOPY <<EOF main.go\npackage main\nfunc main() { println("hi") }\nEOF\nRUN go build -o /hi main.go\nCMD ["/hi"]\n';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'dfsplit-migrate-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const env = (): Record<string, string> => ({
  PATH: `${join(home, 'tools')}:${process.env.PATH ?? ''}`,
  HOME: home,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.com',
});
function git(path: string, ...args: string[]): string {
  const run = spawnSync('git', ['-C', join(home, path), ...args], { encoding: 'utf8', env: env() });
  expect(run.stderr === '' || run.status === 0, run.stderr).toBe(true);
  return run.stdout.trim();
}
function repository(path: string, dockerfile = GO): string {
  mkdirSync(join(home, path), { recursive: true });
  writeFileSync(join(home, path, 'Dockerfile'), dockerfile);
  git(path, 'init', '--quiet', '--initial-branch', 'main');
  git(path, 'add', '--all');
  git(path, 'commit', '--quiet', '-m', 'start');
  return join(home, path);
}
function migrateWith(more: Readonly<Record<string, string>>, ...args: string[]) {
  const bin = resolve('bin/dfsplit.js');
  const all = { ...env(), ...more };
  const run = spawnSync(process.execPath, [bin, 'migrate', ...args], { cwd: home, encoding: 'utf8', env: all });
  return { status: run.status, out: run.stdout, err: run.stderr };
}
const migrate = (...args: string[]) => migrateWith({}, ...args);
/** A folder with git and nothing else. */
function onlyGit(): string {
  const folder = join(home, 'only-git');
  mkdirSync(folder);
  symlinkSync(spawnSync('which', ['git'], { encoding: 'utf8' }).stdout.trim(), join(folder, 'git'));
  return folder;
}
const tip = (path: string, ref = BRANCH) => git(path, 'rev-parse', '--verify', ref);
const lines = () =>
  readFileSync(join(home, 'dfsplit-migrate.ndjson'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('a local clone', () => {
  test('gets one commit on a branch; its working tree and its own branch stay as they are', () => {
    const path = repository('a');
    writeFileSync(join(path, 'Dockerfile'), 'FROM unsaved\n');
    const main = tip('a', 'main');
    expect(migrate(path)).toMatchObject({ status: 0, out: '1 repository: 1 committed\nDockerfiles: 1 split\n' });
    expect(readFileSync(join(path, 'Dockerfile'), 'utf8')).toBe('FROM unsaved\n');
    expect([tip('a', 'main'), tip('a', `${BRANCH}^`)]).toEqual([main, main]);
    expect(git('a', 'show', `${BRANCH}:Dockerfile`)).toContain('FROM golang:1.25 AS build');
    expect(git('a', 'show', '-s', '--format=%B', BRANCH)).toContain('- Dockerfile: golang:1.25 builds in stage build');
    expect(git('a', 'worktree', 'list').split('\n')).toHaveLength(1);
  });

  test('is done again without another commit, and follows its base', () => {
    const path = repository('a');
    migrate(path);
    const first = tip('a');
    migrate(path);
    expect(tip('a')).toBe(first);
    writeFileSync(join(path, 'note'), 'x');
    git('a', 'add', 'note');
    git('a', 'commit', '--quiet', '-m', 'more');
    migrate(path);
    expect(tip('a')).not.toBe(first);
    expect(tip('a', `${BRANCH}^`)).toBe(tip('a', 'main'));
  });

  test('keeps a branch that others have changed, with and without the state file', () => {
    const path = repository('a');
    migrate(path);
    git('a', 'checkout', '--quiet', BRANCH);
    git('a', 'commit', '--quiet', '--allow-empty', '-m', 'mine');
    git('a', 'checkout', '--quiet', 'main');
    const theirs = tip('a');
    expect(migrate(path).err).toContain('held: others have changed dfsplit/split-stages');
    expect(migrate('--state', 'other.ndjson', path).out).toContain('1 held');
    expect(tip('a')).toBe(theirs);
  });

  test('knows its own branch without the state file', () => {
    const path = repository('a');
    migrate(path);
    rmSync(join(home, 'dfsplit-migrate.ndjson'));
    expect(migrate(path).out).toContain('1 committed');
  });
});

test('a run that was cut short goes on: what is done is not done again, a torn line is no harm', () => {
  const paths = ['a', 'b', 'c'].map((name) => repository(name));
  migrate(...paths);
  const state = join(home, 'dfsplit-migrate.ndjson');
  const kept = lines().filter(({ event, repository: of }) => event !== 'end' && (of === undefined || of === paths[0]));
  writeFileSync(state, `${kept.map((one) => JSON.stringify(one)).join('\n')}\n`);
  appendFileSync(state, '{"event":"done","repo');
  expect(migrate('status').out).toContain('cut short');
  expect(migrate(...paths).err).toContain('goes on: 1 of 3 repositories are done');
  const done = readFileSync(state, 'utf8').match(/"event":"done","repository":"[^"]*"/g) ?? [];
  expect(done.map((one) => one.at(-2)).sort()).toEqual(['a', 'b', 'c']);
  expect(migrate('status').out).toContain('3 repositories: 3 committed');
});

test('an interrupt says how far it came; the same command goes on', async () => {
  const names = Array.from({ length: 12 }, (_, at) => repository(`r${at}`));
  const bin = resolve('bin/dfsplit.js');
  const child = spawn(process.execPath, [bin, 'migrate', '-j', '1', ...names], { cwd: home, env: env() });
  let err = '';
  child.stderr.on('data', (data) => {
    err += data;
  });
  const state = join(home, 'dfsplit-migrate.ndjson');
  const watch = setInterval(() => {
    if (!existsSync(state) || !readFileSync(state, 'utf8').includes('"event":"done"')) return;
    // A second one would end it at once.
    clearInterval(watch);
    child.kill('SIGINT');
  }, 5);
  const status = await new Promise((done) => child.on('close', done));
  clearInterval(watch);
  expect(status).toBe(130);
  expect(err).toMatch(/^dfsplit: interrupted: \d+ of 12 repositories are done; the same command goes on\n$/);
  expect(existsSync(`${state}.lock`)).toBe(false);
  expect(migrate('-j', '1', ...names)).toMatchObject({ status: 0, err: expect.stringContaining('goes on: ') });
});

test('a state file that a living process has is left alone', () => {
  const path = repository('a');
  writeFileSync(join(home, 'dfsplit-migrate.ndjson.lock'), String(process.pid));
  expect(migrate(path)).toMatchObject({ status: 2 });
  expect(migrate(path).err).toContain(`in use by process ${process.pid}`);
});

describe('an address', () => {
  const origin = (): string => {
    repository('seed');
    git('.', 'clone', '--quiet', '--bare', 'seed', 'origin.git');
    return `file://${join(home, 'origin.git')}`;
  };

  test('is cloned and pushed to; a second run pushes nothing, and what others pushed stays', () => {
    const address = origin();
    expect(migrate('--push', address)).toMatchObject({
      status: 0,
      out: '1 repository: 1 pushed\nDockerfiles: 1 split\n',
    });
    const first = tip('origin.git');
    expect(git('origin.git', 'show', `${first}:Dockerfile`)).toContain('AS build');
    migrate('--push', address);
    expect(tip('origin.git')).toBe(first);
    git('seed', 'fetch', '--quiet', '../origin.git', `${BRANCH}:theirs`);
    git('seed', 'checkout', '--quiet', 'theirs');
    git('seed', 'commit', '--quiet', '--allow-empty', '-m', 'theirs');
    git('seed', 'push', '--quiet', '../origin.git', `theirs:${BRANCH}`);
    const theirs = tip('origin.git');
    expect(migrate('--push', address).err).toContain('others have changed dfsplit/split-stages on the remote');
    expect(tip('origin.git')).toBe(theirs);
  });

  test('never shows its credentials', () => {
    const run = migrate(
      '--retries',
      '0',
      'https://user:s3cret@127.0.0.1:1/x.git',
      'https://user:p@s3cret@127.0.0.1:1/y.git',
    );
    expect(run).toMatchObject({ status: 2 });
    expect(run.err).toContain('dfsplit: https://127.0.0.1:1/x.git: failed: git ls-remote: ');
    const kept = ['', '.reports', '.work/clones'].map((end) => join(home, `dfsplit-migrate.ndjson${end}`));
    const names = kept.slice(1).flatMap((folder) => readdirSync(folder));
    expect([run.out, run.err, readFileSync(kept[0] as string, 'utf8'), ...names].join('\n')).not.toContain('s3cret');
  });

  test('that does not answer in time says what was tried', () => {
    const { err, status } = migrate('--retries', '9', '--timeout', '2', 'https://127.0.0.1:1/x.git');
    expect(status).toBe(2);
    expect(err).toMatch(/failed: it took longer than --timeout allows; before that: git ls-remote: /);
  });

  test('keeps its branch and the text where the tool is missing or fails', () => {
    const address = origin();
    const bare = { PATH: `${join(home, 'tools')}:${onlyGit()}` };
    const run = migrateWith(bare, '--pr', 'glab', address);
    expect(run.status).toBe(0);
    expect(run.out).toContain('1 repository: 1 pushed');
    const status = migrate('status').out;
    const body = /glab is not installed; the branch is pushed: open it by hand with (\S+)\n/.exec(status)?.[1] ?? '';
    expect(readFileSync(body, 'utf8')).toContain('```diff');
    mkdirSync(join(home, 'tools'));
    writeFileSync(join(home, 'tools', 'glab'), '#!/bin/sh\necho 401 Unauthorized >&2\nexit 1\n', { mode: 0o755 });
    const failed = migrateWith(bare, '--pr', 'glab', address);
    expect(failed.status).toBe(2);
    expect(failed.err).toContain('failed: glab mr list: 401 Unauthorized; the branch is pushed: open it by hand with ');
  });

  test('fills its title, and a misspelt template is told before anything is done', () => {
    const address = origin();
    expect(migrate('--push', '--title', 'Split {count} of {name} on {base} {x}', address).status).toBe(0);
    expect(git('origin.git', 'show', '-s', '--format=%s', BRANCH)).toBe('Split 1 of origin on main {x}');
    expect(migrate('--title', '{repositry}', address).err).toBe(
      'dfsplit: --title: {repositry} means nothing: did you mean {repository}?\n',
    );
    writeFileSync(join(home, 'body'), 'A $' + '{nome} and {{ nome }}, then {reprot}\n');
    expect(migrate('--body', 'body', address).err).toContain('{reprot} means nothing: did you mean {report}?');
  });

  test.each([
    ['gh', 'https://github.com/a/b/pull/1'],
    ['glab', 'https://gitlab.example.com/a/b/-/merge_requests/1'],
  ] as const)('gets a pull request through %s, once, and no more than --max-open at a time', (tool, url) => {
    const address = origin();
    git('.', 'clone', '--quiet', '--bare', 'seed', 'second.git');
    const log = strictTool(tool, url);
    writeFileSync(join(home, 'body'), 'For {repository} on {base}: {count}\n{files}\n');
    const told = [
      '--title',
      'Two "stages" & $HOME',
      '--body',
      'body',
      '--label',
      'images',
      '--label',
      'a b',
      '--draft',
    ];
    const options = ['--pr', tool, '--max-open', '1', '-j', '1', ...told];
    const run = migrate(...options, address, `file://${join(home, 'second.git')}`);
    expect(run.err).toBe('');
    expect(run.out).toContain('2 repositories: 1 proposed, 1 waiting');
    const created = calls(log).filter(({ words }) => words[1] === 'create');
    expect(created).toHaveLength(1);
    const [flags] = created.map((call) => call.flags);
    const head = flags?.['--head'] ?? flags?.['--source-branch'];
    expect(head).toEqual(['dfsplit/split-stages']);
    expect(flags?.['--base'] ?? flags?.['--target-branch']).toEqual(['main']);
    expect(flags?.['--title']).toEqual(['Two "stages" & $HOME']);
    expect(flags?.['--label']).toEqual(['images', 'a b']);
    expect(flags).toHaveProperty('--draft');
    const [file] = flags?.['--body-file'] ?? [];
    const body = file === undefined ? flags?.['--description']?.[0] : readFileSync(file, 'utf8');
    expect(body).toMatch(/^For file:.*origin.git on main: 1\n- `Dockerfile`: golang:1.25 builds in stage build/);
    expect(git('second.git', 'for-each-ref', 'refs/heads/dfsplit')).toBe('');
    // The next run asks whether it is open still.
    expect(migrate(...options, '--fresh', address).out).toContain('1 repository: 1 proposed');
    expect(calls(log).filter(({ words }) => words[1] === 'view')).toHaveLength(1);
  });
});

/** What each subcommand takes: `gh help pr create` of 2.23, https://docs.gitlab.com/cli/mr/. */
const TOOLS = {
  gh: {
    'pr create': { '--repo': 1, '--head': 1, '--base': 1, '--title': 1, '--body-file': 1, '--label': 1, '--draft': 0 },
    'pr list': { '--repo': 1, '--head': 1, '--state': 1, '--json': 1 },
    'pr view': { '--repo': 1, '--json': 1 },
  },
  glab: {
    'mr create': {
      '--repo': 1,
      '--source-branch': 1,
      '--target-branch': 1,
      '--title': 1,
      '--description': 1,
      '--label': 1,
      '--draft': 0,
      '--yes': 0,
    },
    'mr list': { '--repo': 1, '--source-branch': 1, '--output': 1 },
    'mr view': { '--repo': 1, '--output': 1 },
  },
} as const;

interface ToolCall {
  readonly words: readonly string[];
  readonly flags: Readonly<Record<string, readonly string[]>>;
}

/** Puts a program on the PATH that ends with an error where it is told what the real one does not know. */
function strictTool(tool: keyof typeof TOOLS, url: string): string {
  const log = join(home, `${tool}.log`);
  const script = `#!${process.execPath}
const forms = ${JSON.stringify(TOOLS[tool])};
const [group, verb, ...rest] = process.argv.slice(2);
const form = forms[group + ' ' + verb];
const fail = (why) => { console.error(why); process.exit(1); };
if (form === undefined) fail('unknown command ' + group + ' ' + verb);
const words = [group, verb], flags = {};
while (rest.length > 0) {
  const word = rest.shift();
  if (!word.startsWith('-')) { words.push(word); continue; }
  if (form[word] === undefined) fail('unknown flag: ' + word);
  (flags[word] ??= []).push(form[word] === 1 ? (rest.shift() ?? fail('flag needs an argument: ' + word)) : '');
}
if (words.length !== (verb === 'view' ? 3 : 2)) fail('accepts another number of arguments');
if (verb === 'view' && group === 'mr' && !/^\\d+$/.test(words[2])) fail('no merge request ' + words[2]);
if (process.env.GH_PROMPT_DISABLED === undefined && process.env.NO_PROMPT === undefined) fail('would ask');
require('node:fs').appendFileSync(${JSON.stringify(log)}, JSON.stringify({ words, flags }) + '\\n');
if (verb === 'list') console.log('[]');
else if (verb === 'view') console.log(JSON.stringify({ state: group === 'pr' ? 'OPEN' : 'opened' }));
else console.log('Creating for main\\n' + ${JSON.stringify(url)});
`;
  mkdirSync(join(home, 'tools'), { recursive: true });
  writeFileSync(join(home, 'tools', tool), script);
  chmodSync(join(home, 'tools', tool), 0o755);
  return log;
}

const calls = (log: string): ToolCall[] =>
  readFileSync(log, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('a bare mirror gets its branch; a patch that git takes, the text and the fleet report come out', () => {
  repository('seed');
  git('.', 'clone', '--quiet', '--mirror', 'seed', 'mirror.git');
  expect(migrate('--patch-dir', 'out', join(home, 'mirror.git')).status).toBe(0);
  expect(git('mirror.git', 'show', `${BRANCH}:Dockerfile`)).toContain('AS build');
  const [body, patch] = readdirSync(join(home, 'out')).sort();
  expect(body?.endsWith('.md') && patch?.endsWith('.patch')).toBe(true);
  git('seed', 'am', '--quiet', join(home, 'out', patch as string));
  expect(readFileSync(join(home, 'seed/Dockerfile'), 'utf8')).toContain('AS build');
  expect(JSON.parse(migrate('report', '-f', 'json').out).files[0]).toMatchObject({
    path: `${join(home, 'mirror.git')}/Dockerfile`,
    outcome: 'split',
  });
});

test('one report tells of several state files, and a repository may have a configuration', () => {
  const paths = ['a', 'b'].map((name) => repository(name));
  writeFileSync(join(home, 'dfsplit.config.json'), JSON.stringify({ stageName: 'compile' }));
  for (const part of [1, 2])
    expect(
      migrate('--state', `part${part}`, '--shard', `${part}/2`, '--config', 'dfsplit.config.json', ...paths),
    ).toMatchObject({
      status: 0,
    });
  const { files } = JSON.parse(migrate('report', 'part2', 'part1', '-f', 'json').out);
  expect(files.map(({ path, build }: Record<string, { name: string }>) => [path, build?.name])).toEqual(
    paths.map((path) => [`${path}/Dockerfile`, 'compile']),
  );
  expect(migrate('report', 'part3').err).toContain('part3: no run of dfsplit migrate has left its reports');
});

test('a link that leads out of the repository is not followed', () => {
  const path = repository('a', 'FROM nginx\n');
  writeFileSync(join(home, 'outside'), GO);
  rmSync(join(path, 'Dockerfile'));
  spawnSync('ln', ['-s', join(home, 'outside'), join(path, 'Dockerfile')]);
  git('a', 'add', '--all');
  git('a', 'commit', '--quiet', '-m', 'link');
  expect(migrate(path).out).toContain('1 unchanged');
  expect(readFileSync(join(home, 'outside'), 'utf8')).toBe(GO);
});

test('what is no repository fails by itself', () => {
  const path = repository('a');
  const run = migrate('nowhere', path);
  expect(run.status).toBe(2);
  expect(run.out).toContain('1 committed, 1 failed');
  expect(existsSync(join(home, 'dfsplit-migrate.ndjson.lock'))).toBe(false);
});
