import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FileReport } from '../../report/file-report.ts';
import { writeFile } from '../write-file.ts';
import { isNotInstalled, messageOf, type Runner, redacted } from './git.ts';
import type { Entry, Journal, Status } from './journal.ts';
import { bodyText, commitMessage, titleText } from './message.ts';
import type { MigrateFlags } from './migrate-options.ts';
import { propose, toolFor } from './propose.ts';
import { nameOf, openRepository, type Repository, slugOf } from './repository.ts';
import { splitTree } from './split-tree.ts';

/** What the whole run shares. */
export interface Run {
  readonly flags: MigrateFlags;
  readonly workDir: string;
  readonly journal: Journal;
  readonly add: (entry: Entry) => void;
  /** Takes one of the places that --max-open leaves; false where there is none. */
  readonly takePlace: () => boolean;
}

/** How it went with one repository. */
export interface Migrated {
  readonly status: Status;
  readonly base: string | null;
  readonly commit: string | null;
  readonly why: string | null;
  readonly reports: readonly FileReport[];
}

const NOBODY = '0'.repeat(40);

/** Opens a repository, splits, commits on the branch, and hands the branch on. Throws where something fails. */
export async function migrateOne(
  given: string,
  { flags, workDir, journal, add, takePlace }: Run,
  run: Runner,
): Promise<Migrated> {
  const name = nameOf(given);
  const slug = slugOf(name);
  const repository = await openRepository(given, workDir, flags, run);
  const { gitDir, base } = repository;
  const at = ['--git-dir', gitDir];
  const ref = `refs/heads/${flags.branch}`;
  const { tree, changed, reports } = await splitTree(repository, join(workDir, 'trees', slug), flags, run);
  const ended = (status: Status, commit: string | null, why: string | null = null): Migrated => ({
    status,
    base: base.commit,
    commit,
    why,
    reports,
  });
  if (tree === null) return ended('unchanged', null);
  const title = titleText(name, repository, changed, flags);
  const known = journal.commits.get(name) ?? new Set<string>();
  const isOurs = async (commit: string): Promise<boolean> =>
    known.has(commit) || (known.size === 0 && (await provesItself(commit, at, run)));

  const tip = await run.ask([...at, 'rev-parse', '--verify', '-q', ref]);
  if (tip !== null && !(await isOurs(tip))) return ended('held', null, `others have changed ${flags.branch}`);
  if (!repository.ours && (await run.ask([...at, 'symbolic-ref', '-q', 'HEAD'])) === ref)
    return ended('held', tip, `${flags.branch} is checked out`);
  let commit = tip !== null && (await isSame(tip, tree, base.commit, at, run)) ? tip : null;
  if (commit === null) {
    const message = commitMessage(changed, title, base.commit, tree);
    commit = await run.git([...at, 'commit-tree', tree, '-p', base.commit, '-m', message]);
    add({ event: 'commit', repository: name, commit });
    await run.git([...at, 'update-ref', '-m', 'dfsplit migrate', ref, commit, tip ?? NOBODY]);
  }
  const body = bodyText(name, repository, changed, flags);
  const folder = flags.patchDir ?? join(workDir, 'bodies');
  mkdirSync(folder, { recursive: true });
  const bodyFile = join(folder, `${slug}.md`);
  await writeFile(bodyFile, body);
  if (flags.patchDir !== undefined)
    await writeFile(
      join(folder, `${slug}.patch`),
      `${await run.git([...at, 'format-patch', '-1', '--stdout', commit])}\n`,
    );
  if (!flags.push && flags.pr === undefined) return ended('committed', commit);
  if (repository.remote === null) return ended('failed', commit, `it has no remote ${flags.remote}`);
  if (flags.pr !== undefined && journal.pullRequests.get(name)?.open !== true && !takePlace())
    return ended('waiting', commit, `--max-open ${flags.maxOpen} pull requests are open`);
  const refused = await push(repository, ref, commit, isOurs, run);
  if (refused !== null) return ended('held', commit, refused);
  if (flags.pr === undefined) return ended('pushed', commit);
  const byHand = `the branch is pushed: open it by hand with ${bodyFile}`;
  const remote = redacted(repository.ours ? given : repository.remote);
  const tool = toolFor(remote, flags.pr);
  if (tool === null) return ended('pushed', commit, `no tool for ${remote}; ${byHand}`);
  // It looks for an open pull request first, so that a second try opens no second one.
  let url: string;
  try {
    url = await run.again(() => propose(tool, repository, remote, flags, { title, body, bodyFile }, run));
  } catch (error) {
    return ended(isNotInstalled(error) ? 'pushed' : 'failed', commit, `${messageOf(error)}; ${byHand}`);
  }
  add({ event: 'pull-request', repository: name, url, open: true });
  return ended('proposed', commit, url);
}

/** Pushes where the remote has no such branch, or has what we pushed; the lease holds against whoever is quicker. */
async function push(
  { gitDir, remote }: Repository,
  ref: string,
  commit: string,
  isOurs: (commit: string) => Promise<boolean>,
  run: Runner,
): Promise<string | null> {
  const at = ['--git-dir', gitDir];
  const there = (await run.network([...at, 'ls-remote', remote as string, ref])).split(/\s/)[0] ?? '';
  if (there === commit) return null;
  if (there !== '') {
    if ((await run.ask([...at, 'cat-file', '-e', `${there}^{commit}`])) === null)
      await run.network([...at, 'fetch', '--quiet', '--no-tags', remote as string, there]);
    if (!(await isOurs(there))) return `others have changed ${ref.slice('refs/heads/'.length)} on the remote`;
    // Made by a run without this state file: only its date is another.
    const told = (one: string): Promise<string | null> => run.ask([...at, 'show', '-s', '--format=%T %P%n%B', one]);
    if ((await told(there)) === (await told(commit))) return null;
  }
  await run.network([
    ...at,
    'push',
    '--quiet',
    `--force-with-lease=${ref}:${there}`,
    remote as string,
    `${commit}:${ref}`,
  ]);
  return null;
}

async function isSame(
  commit: string,
  tree: string,
  base: string,
  at: readonly string[],
  run: Runner,
): Promise<boolean> {
  return (await run.ask([...at, 'show', '-s', '--format=%T %P', commit])) === `${tree} ${base}`;
}

/** Without a state file: a commit whose message names the very tree and parent that it has is as we made it. */
async function provesItself(commit: string, at: readonly string[], run: Runner): Promise<boolean> {
  const [ids = '', ...message] = ((await run.ask([...at, 'show', '-s', '--format=%T %P%n%B', commit])) ?? '').split(
    '\n',
  );
  const trailer = (name: string): string =>
    message.findLast((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
  return ids === `${trailer('Dfsplit-Tree')} ${trailer('Dfsplit-Base')}`;
}
