// npm run fleet [COUNT]: makes local repositories of the Dockerfiles at hand, migrates them in one run that is killed twice
// with SIGKILL and gone on with, then checks every branch and prints what it took.
import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const bin = join(root, 'bin/dfsplit.js');
const shared = resolve(root, '../shared');
const count = Number(process.argv[2] ?? 500);
const home = mkdtempSync(join(tmpdir(), 'dfsplit-fleet-'));
const env = {
  PATH: process.env.PATH,
  HOME: home,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'fleet',
  GIT_AUTHOR_EMAIL: 'fleet@example.com',
  GIT_COMMITTER_NAME: 'fleet',
  GIT_COMMITTER_EMAIL: 'fleet@example.com',
};
const git = (...args) => {
  const run = spawnSync('git', args, { encoding: 'utf8', env });
  if (run.status !== 0) throw new Error(`git ${args.join(' ')}: ${run.stderr}`);
  return run.stdout.trim();
};

/** Local clones with a file of the user's own that is not committed; every fifth is a bare mirror. */
function makeRepositories() {
  const pairs = readdirSync(join(shared, 'pairs')).filter((name) =>
    statSync(join(shared, 'pairs', name)).isDirectory(),
  );
  const singles = readdirSync(join(shared, 'singles')).filter((name) => name.endsWith('.Dockerfile'));
  const repositories = [];
  for (let at = 0; at < count; at++) {
    const path = join(home, 'repositories', `r${String(at).padStart(4, '0')}`);
    mkdirSync(path, { recursive: true });
    const pair = pairs[at];
    const context = pair === undefined ? null : join(shared, 'pairs', pair, 'context');
    if (context !== null && existsSync(context)) cpSync(context, path, { recursive: true });
    const source =
      pair === undefined
        ? join(shared, 'singles', singles[at % singles.length])
        : join(shared, 'pairs', pair, 'before.Dockerfile');
    writeFileSync(
      join(path, 'Dockerfile'),
      readFileSync(existsSync(source) ? source : join(shared, 'singles', singles[at % singles.length])),
    );
    rmSync(join(path, '.git'), { recursive: true, force: true });
    git('init', '--quiet', '--initial-branch', 'main', path);
    git('-C', path, 'add', '--all', '--force');
    git('-C', path, 'commit', '--quiet', '--message', 'start');
    if (at % 5 === 4) {
      git('clone', '--quiet', '--mirror', path, `${path}.git`);
      rmSync(path, { recursive: true });
      repositories.push(`${path}.git`);
    } else {
      writeFileSync(join(path, 'unsaved'), 'the work of somebody');
      repositories.push(path);
    }
  }
  return repositories;
}

const state = join(home, 'state.ndjson');
const doneSoFar = () => (existsSync(state) ? readFileSync(state, 'utf8').split('"event":"done"').length - 1 : 0);

/** Runs migrate; with a number, kills it once so many repositories are done. */
function migrate(list, killAt) {
  return new Promise((done) => {
    const args = [
      bin,
      'migrate',
      '--repos-from',
      list,
      '--state',
      state,
      '--patch-dir',
      join(home, 'patches'),
      '--assume=all',
      '-j',
      '2',
    ];
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (data) => {
      out += data;
    });
    const watch = setInterval(() => {
      if (killAt !== undefined && doneSoFar() >= killAt) child.kill('SIGKILL');
    }, 5);
    child.on('exit', (status, signal) => {
      clearInterval(watch);
      done({ status, signal, out });
    });
  });
}

let begin = performance.now();
const repositories = makeRepositories();
const heads = repositories.map((path) => git('-C', path, 'rev-parse', 'main'));
console.log(`${count} repositories made in ${((performance.now() - begin) / 1000).toFixed(0)} s`);
const list = join(home, 'list');
writeFileSync(list, `${repositories.join('\n')}\n`);
begin = performance.now();
const killed = [];
for (const part of [0.3, 0.7]) {
  const { signal } = await migrate(list, Math.floor(count * part));
  killed.push(`${signal} at ${doneSoFar()}`);
}
const last = await migrate(list);
const seconds = (performance.now() - begin) / 1000;
process.stdout.write(last.out);
console.log(
  `killed: ${killed.join(', ')}; ${seconds.toFixed(1)} s in all, ${((seconds * 1000) / count).toFixed(0)} ms a repository`,
);

const wrong = [];
const entries = readFileSync(state, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('{') && line.endsWith('}'))
  .map((line) => JSON.parse(line));
const doneTwice = new Map();
for (const { event, repository } of entries)
  if (event === 'done') doneTwice.set(repository, (doneTwice.get(repository) ?? 0) + 1);
const status = new Map(entries.filter(({ event }) => event === 'done').map((entry) => [entry.repository, entry]));
for (const [index, path] of repositories.entries()) {
  const say = (what) => wrong.push(`${path}: ${what}`);
  if (git('-C', path, 'rev-parse', 'main') !== heads[index]) say('main has moved');
  if (!path.endsWith('.git')) {
    if (git('-C', path, 'status', '--porcelain') !== '?? unsaved') say('the working tree has changed');
    if (readFileSync(join(path, 'unsaved'), 'utf8') !== 'the work of somebody') say('the work of somebody has changed');
  }
  if (doneTwice.get(path) !== 1) say(`done ${doneTwice.get(path) ?? 0} times`);
  const branches = git('-C', path, 'for-each-ref', '--format=%(refname)', 'refs/heads').split('\n');
  const entry = status.get(path);
  if (entry?.status === 'committed') {
    if (git('-C', path, 'rev-list', '--count', 'main..dfsplit/split-stages') !== '1') say('not one commit');
    const named = git('-C', path, 'diff', '--name-only', 'main', 'dfsplit/split-stages').split('\n');
    if (named.some((file) => !/Dockerfile|Containerfile/.test(file))) say(`changes ${named.join(', ')}`);
    if (git('-C', path, 'rev-parse', 'dfsplit/split-stages') !== entry.commit)
      say('another commit than the state names');
  } else if (entry?.status !== 'unchanged' || branches.length !== 1)
    say(`${entry?.status} with ${branches.join(', ')}`);
}
for (const what of wrong.slice(0, 20)) console.log(what);
begin = performance.now();
const again = await migrate(list);
const moved = [...status].filter(
  ([path, { commit }]) => commit !== null && git('-C', path, 'rev-parse', 'dfsplit/split-stages') !== commit,
);
console.log(
  `a second run: ${((performance.now() - begin) / 1000).toFixed(1)} s, status ${again.status}, ${moved.length} branches moved`,
);
console.log(`${repositories.length - wrong.length} right, ${wrong.length + moved.length} wrong`);
rmSync(home, { recursive: true });
process.exitCode = wrong.length + moved.length === 0 ? 0 : 1;
