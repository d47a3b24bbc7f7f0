import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
import { parseAction } from '@actions/workflow-parser/actions/action-parser';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly runs: {
    readonly using: string;
    readonly steps: readonly { readonly shell: string; readonly run: string }[];
  };
}
interface Hook {
  readonly entry: string;
  readonly files: string;
  readonly exclude: string;
}

interface GitLabFile {
  readonly variables: Readonly<Record<string, string>>;
  readonly dfsplit: { readonly script: readonly string[]; readonly artifacts: { readonly paths: readonly string[] } };
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dfsplit-action-'));
  writeFileSync(join(folder, 'main.go'), 'package main\n\nfunc main() {}\n');
  writeFileSync(
    join(folder, 'Dockerfile'),
    'FROM golang:1.25\nWORKDIR /src\nCOPY main.go .\nRUN CGO_ENABLED=0 go build -o /app main.go\nCMD ["/app"]\n',
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

const action = parse(readFileSync('action.yml', 'utf8')) as Action;

/** The step that checks, run as GitHub runs it: the script on bash, the inputs as its variables. */
function check(inputs: Readonly<Record<string, string>>) {
  const values = Object.entries(action.inputs).map(([name, input]) => [
    `INPUT_${name.toUpperCase()}`,
    inputs[name] ?? input.default,
  ]);
  const run = spawnSync(
    'bash',
    ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', action.runs.steps.at(-1)?.run ?? ''],
    {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        GITHUB_ACTION_PATH: resolve('.'),
        GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
        ...Object.fromEntries(values),
      },
    },
  );
  return { status: run.status, out: run.stdout, err: run.stderr };
}

test('the action annotates, sums up, writes SARIF, and fails where it is told to', () => {
  const run = check({ sarif: 'dfsplit.sarif' });
  expect(run.err).toBe('');
  expect(run.out).toMatch(/^::warning file=Dockerfile,line=1,/);
  expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toContain('+FROM scratch');
  expect(JSON.parse(readFileSync(join(folder, 'dfsplit.sarif'), 'utf8')).version).toBe('2.1.0');
  expect(run.status).toBe(1);
  expect(check({ fail: 'false' }).status).toBe(0);
  expect(check({ paths: '$(touch made)\n; touch made' }).status).toBe(2);
  expect(() => readFileSync(join(folder, 'made'))).toThrow();
});

test('the hooks of pre-commit name an entry of the package, and Dockerfiles alone', () => {
  const hooks = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as readonly Hook[];
  const { bin } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly bin: Readonly<Record<string, string>>;
  };
  for (const { entry, files, exclude } of hooks) {
    expect(Object.keys(bin)).toContain(entry.split(' ')[0]);
    const takes = (path: string) => new RegExp(files).test(path) && !new RegExp(exclude).test(path);
    expect(
      [
        'Dockerfile',
        'a/Dockerfile.dev',
        'web.Dockerfile',
        'Containerfile',
        'Dockerfile.dockerignore',
        'docs/aDockerfile.md',
      ].map(takes),
    ).toEqual([true, true, true, true, false, false]);
  }
});

test('the problem matcher of the documentation reads what --format github prints', () => {
  const text = readFileSync('docs/integrations.md', 'utf8');
  const tasks = JSON.parse(/```json\n([\s\S]*?)```/.exec(text)?.[1] ?? '') as {
    readonly tasks: readonly [{ readonly problemMatcher: { readonly pattern: { readonly regexp: string } } }];
  };
  const line = check({ summary: 'false' }).out.split('\n')[0] ?? '';
  const found = new RegExp(tasks.tasks[0].problemMatcher.pattern.regexp).exec(line);
  expect(found?.slice(1, 6)).toEqual(['warning', 'Dockerfile', '1', '1', 'This Dockerfile can be split']);
});

/** Errors of GitHub's own schema for actions and workflows. */
function complaints(name: string, content: string): readonly string[] {
  const trace = new NoOperationTraceWriter();
  const result = (name === 'action.yml' ? parseAction : parseWorkflow)({ name, content }, trace);
  return result.context.errors.getErrors().map(({ message }) => message);
}

test('the action and the workflows of the documentation are what GitHub takes', () => {
  expect(complaints('action.yml', readFileSync('action.yml', 'utf8'))).toEqual([]);
  expect(complaints('action.yml', 'name: x\nruns:\n  using: composite\n  stages: []\n')).not.toEqual([]);
  const workflows = ['docs/integrations.md', 'docs/fleet.md']
    .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)])
    .map(([, text = '']) => text)
    .filter((text) => text.includes('runs-on'));
  expect(workflows.length).toBeGreaterThanOrEqual(2);
  for (const text of workflows) expect(complaints('workflow.yml', text), text).toEqual([]);
});

test('the job for GitLab does what it says, behind its installation', () => {
  const file = parse(readFileSync('docs/gitlab-ci.yml', 'utf8')) as GitLabFile;
  const [install, ...lines] = file.dfsplit.script;
  expect(install).toContain('npm install');
  symlinkSync(resolve('bin/dfsplit.js'), join(folder, 'dfsplit'));
  const env = { PATH: `${folder}:${process.env.PATH}`, DFSPLIT_PATHS: file.variables.DFSPLIT_PATHS };
  const run = (line: string) => spawnSync('sh', ['-ec', line], { cwd: folder, encoding: 'utf8', env });
  const statuses = lines.map((line) => run(line).status);
  expect(statuses).toEqual([...lines.slice(1).map(() => 0), 1]);
  for (const path of file.dfsplit.artifacts.paths) expect(readFileSync(join(folder, path), 'utf8')).not.toBe('');
});

/** The properties that batch_spec.schema.json of https://github.com/sourcegraph/src-cli allows, as far as ours uses them. */
const BATCH_SPEC = {
  '': 'version name description on workspaces steps transformChanges importChangesets changesetTemplate changesetHooks',
  steps: 'run container outputs env files if mount',
  changesetTemplate: 'title body branch commit published fork',
};

test('the batch change has the form that Sourcegraph takes, and its step reports what it writes', () => {
  const spec = parse(readFileSync('docs/batch-change.yaml', 'utf8'));
  const [step] = spec.steps;
  const wrong = (value: object, allowed: string) =>
    Object.keys(value).filter((key) => !allowed.split(' ').includes(key));
  expect(wrong(spec, BATCH_SPEC[''])).toEqual([]);
  expect(wrong(step, BATCH_SPEC.steps)).toEqual([]);
  expect(wrong(spec.changesetTemplate, BATCH_SPEC.changesetTemplate)).toEqual([]);
  expect(spec.name).toMatch(/^[\w.-]+$/);
  expect(Object.keys(spec.changesetTemplate)).toEqual(expect.arrayContaining(['title', 'branch', 'commit']));
  expect(spec.changesetTemplate.commit.message).toBeTypeOf('string');
  const [, files = '', besides = ''] = /file:(\S+) -file:(\S+)/.exec(spec.on[0].repositoriesMatchingQuery) ?? [];
  const takes = (path: string) => new RegExp(files).test(path) && !new RegExp(besides).test(path);
  expect(['a/Dockerfile', 'Dockerfile.dev', 'x.Dockerfile', 'Containerfile'].every(takes)).toBe(true);
  expect(['Dockerfile.dockerignore', 'aDockerfile', 'Dockerfile/x'].some(takes)).toBe(false);
  symlinkSync(resolve('bin/dfsplit.js'), join(folder, 'dfsplit'));
  const env = { PATH: `${folder}:${process.env.PATH}` };
  const run = spawnSync('sh', ['-c', step.run], { cwd: folder, encoding: 'utf8', env });
  expect(run).toMatchObject({ status: 0, stderr: '' });
  expect(run.stdout).toMatch(/^## `Dockerfile`\n/);
  expect(readFileSync(join(folder, 'Dockerfile'), 'utf8')).toContain('AS build');
});

test('the weekly job pushes once, opens one pull request, and leaves the branch of others alone', () => {
  const text = readFileSync('docs/integrations.md', 'utf8');
  const [, yaml = ''] = /```yaml\n(on: \{ schedule[\s\S]*?)```/.exec(text) ?? [];
  const job = parse(yaml).jobs.dfsplit;
  const git = (at: string, ...args: string[]): string => {
    const run = spawnSync('git', ['-C', at, ...args], { encoding: 'utf8', env: { ...env, HOME: folder } });
    expect(run.status, run.stderr).toBe(0);
    return run.stdout.trim();
  };
  const tools = join(folder, '.tools');
  mkdirSync(tools);
  symlinkSync(resolve('bin/dfsplit.js'), join(tools, 'dfsplit'));
  const gh = `#!/bin/sh\necho "$1 $2" >> ${folder}/.calls\ncase "$2" in list) echo '[]';; *) echo https://github.com/a/b/pull/1;; esac\n`;
  writeFileSync(join(tools, 'gh'), gh, { mode: 0o755 });
  const env: Record<string, string> = { ...job.env, PATH: `${tools}:${process.env.PATH}`, GIT_CONFIG_NOSYSTEM: '1' };
  writeFileSync(join(folder, '.gitignore'), '.*\n!.gitignore\nclone\n');
  git(folder, 'init', '--quiet', '--initial-branch', 'main');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', 'start');
  git(folder, 'clone', '--quiet', '--bare', folder, '.origin');
  const origin = join(folder, '.origin');
  /** As actions/checkout leaves it: one commit, no state of an earlier week. */
  const week = () => {
    for (const path of ['clone', '.temp']) rmSync(join(folder, path), { recursive: true, force: true });
    git(folder, 'clone', '--quiet', '--depth', '1', `file://${origin}`, 'clone');
    const all = { ...env, RUNNER_TEMP: join(folder, '.temp'), HOME: folder };
    const run = spawnSync('bash', ['-ec', job.steps.at(-1).run], {
      cwd: join(folder, 'clone'),
      encoding: 'utf8',
      env: all,
    });
    return { status: run.status, said: run.stdout + run.stderr };
  };
  expect(week()).toMatchObject({ status: 0, said: expect.stringContaining('1 repository: 1 proposed') });
  const first = git(origin, 'rev-parse', 'dfsplit/split-stages');
  expect(week().status).toBe(0);
  expect(git(origin, 'rev-parse', 'dfsplit/split-stages')).toBe(first);
  git(join(folder, 'clone'), 'fetch', '--quiet', 'origin', 'dfsplit/split-stages:theirs');
  git(join(folder, 'clone'), 'switch', '--quiet', 'theirs');
  git(join(folder, 'clone'), 'commit', '--quiet', '--allow-empty', '--message', 'theirs');
  git(join(folder, 'clone'), 'push', '--quiet', origin, 'theirs:dfsplit/split-stages');
  const theirs = git(origin, 'rev-parse', 'dfsplit/split-stages');
  expect(week().said).toContain('others have changed dfsplit/split-stages on the remote');
  expect(git(origin, 'rev-parse', 'dfsplit/split-stages')).toBe(theirs);
}, 60_000);
