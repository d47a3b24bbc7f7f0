import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Runner, redacted } from './git.ts';
import type { MigrateFlags } from './migrate-options.ts';

/** A repository that is open: a local clone, a bare mirror, or our own shallow clone of an address. */
export interface Repository {
  readonly gitDir: string;
  readonly base: { readonly branch: string; readonly commit: string };
  /** Where it is pushed to; null where it has no remote. */
  readonly remote: string | null;
  /** It lies in our own folder: its branch is nobody's until it is pushed. */
  readonly ours: boolean;
}

/** What a repository is called in the state file and in reports: its address without credentials, or its path. */
export const nameOf = (given: string): string => (isAddress(given) ? redacted(given) : resolve(given));

/** A file name for a repository, readable and its own. */
export function slugOf(name: string): string {
  let readable = name
    .replace(/^\w+:\/\//, '')
    .replace(/[^\w.-]+/g, '-')
    .slice(-60)
    .replace(/^[-.]+/, '');
  while (/[-.]$/.test(readable)) readable = readable.slice(0, -1);
  return `${readable}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}

function isAddress(given: string): boolean {
  return /^\w[\w+.-]*:\/\//.test(given) || (/^[\w.-]+@[\w.-]+:/.test(given) && !existsSync(given));
}

/** Opens a repository and finds the commit to start from. */
export async function openRepository(
  given: string,
  workDir: string,
  flags: MigrateFlags,
  run: Runner,
): Promise<Repository> {
  return isAddress(given) ? await cloned(given, workDir, flags, run) : await local(given, flags, run);
}

/** Only the newest commit of the base branch, its files fetched as they are needed: https://git-scm.com/docs/partial-clone */
async function cloned(address: string, workDir: string, flags: MigrateFlags, run: Runner): Promise<Repository> {
  const gitDir = join(workDir, 'clones', `${slugOf(nameOf(address))}.git`);
  const at = ['--git-dir', gitDir];
  mkdirSync(join(workDir, 'clones'), { recursive: true, mode: 0o700 });
  await run.git(['init', '--quiet', '--bare', gitDir]);
  await run.git([...at, 'config', 'remote.origin.url', address]);
  await run.git([...at, 'config', 'remote.origin.promisor', 'true']);
  await run.git([...at, 'config', 'remote.origin.partialclonefilter', 'blob:none']);
  const head = await run.network([...at, 'ls-remote', '--symref', 'origin', 'HEAD']);
  const branch = flags.base ?? /^ref: refs\/heads\/(\S+)\s+HEAD/m.exec(head)?.[1];
  if (branch === undefined) throw new Error('it has no default branch: name one with --base');
  const filter = ['--depth=1', '--filter=blob:none', '--no-tags', '--quiet'];
  await run.network([...at, 'fetch', ...filter, 'origin', `+refs/heads/${branch}:refs/dfsplit/base`]);
  const commit = await run.git([...at, 'rev-parse', '--verify', 'refs/dfsplit/base^{commit}']);
  return { gitDir, base: { branch, commit }, remote: 'origin', ours: true };
}

async function local(path: string, flags: MigrateFlags, run: Runner): Promise<Repository> {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new Error('there is no such folder');
  // Of the folder itself, not of a repository that it lies in.
  const inside = existsSync(join(path, '.git')) ? path : null;
  const gitDir = await run.git([
    '-C',
    path,
    ...(inside === null ? ['--git-dir', '.'] : []),
    'rev-parse',
    '--absolute-git-dir',
  ]);
  const at = ['--git-dir', gitDir];
  const short = (ref: string | null): string | undefined => ref?.replace(/^refs\/(heads|remotes\/[^/]+)\//, '');
  const candidates = [
    flags.base,
    short(await run.ask([...at, 'symbolic-ref', '-q', `refs/remotes/${flags.remote}/HEAD`])),
    short(await run.ask([...at, 'symbolic-ref', '-q', 'HEAD'])),
    'main',
    'master',
  ];
  for (const branch of candidates) {
    if (branch === undefined || branch === flags.branch) continue;
    for (const ref of [`refs/heads/${branch}`, `refs/remotes/${flags.remote}/${branch}`]) {
      const commit = await run.ask([...at, 'rev-parse', '--verify', '-q', `${ref}^{commit}`]);
      if (commit !== null)
        return { gitDir, base: { branch, commit }, remote: await remoteOf(at, flags, run), ours: false };
    }
    if (branch === flags.base) throw new Error(`it has no branch ${branch}`);
  }
  throw new Error('it has no branch with a commit');
}

/** The address, not the name: a mirror's remote would push everything. */
async function remoteOf(at: readonly string[], flags: MigrateFlags, run: Runner): Promise<string | null> {
  return await run.ask([...at, 'remote', 'get-url', '--push', flags.remote]);
}
