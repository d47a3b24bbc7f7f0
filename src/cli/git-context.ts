import { execFileSync } from 'node:child_process';
import type { BuildContext } from '../syntax/build-context.ts';
import { defaultLimits } from '../syntax/limits.ts';
import { treeContext } from '../syntax/tree-context.ts';
import { dockerignore } from './disk-context.ts';

/** Reads what `git` prints, without a shell; null where it fails. */
function git(repository: string, args: readonly string[]): Buffer | null {
  try {
    return execFileSync('git', ['-C', repository, ...args], {
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return null;
  }
}

/** Mode, size and path of a regular file, as `git ls-tree -r -z -l` prints them. */
const ENTRY = /^100\d{3} blob [0-9a-f]+ +(\d+)\t([\s\S]+)$/;

/**
 * A folder of a commit as a build context, of a bare repository too: nothing is checked out. Links and submodules are not
 * there. Throws where the repository has no such revision.
 */
export function gitContext(
  repository: string,
  revision: string,
  folder = '',
  dockerfile: string | null = null,
): BuildContext {
  const tree = `${revision}:${folder}`;
  const listed = git(repository, ['ls-tree', '-r', '-z', '-l', '--end-of-options', tree]);
  if (listed === null) throw new Error(`${repository} has no ${tree}`);
  const sizes = new Map<string, number>();
  for (const entry of listed.toString('utf8').split('\0')) {
    const [, size, path] = ENTRY.exec(entry) ?? [];
    if (path !== undefined) sizes.set(path, Number(size));
  }
  const texts = new Map<string, string | null>();
  const read = (path: string): string | null => {
    if (!texts.has(path))
      texts.set(
        path,
        (sizes.get(path) ?? 0) > defaultLimits.contextFileBytes ? null : blobText(repository, tree, path),
      );
    return texts.get(path) ?? null;
  };
  const rules = [...(dockerfile === null ? [] : [`${dockerfile}.dockerignore`]), '.dockerignore'].find((path) =>
    sizes.has(path),
  );
  const ignore = rules === undefined ? null : dockerignore(read(rules) ?? '');
  return treeContext(
    [...sizes.keys()].filter((path) => ignore?.ignores(path) !== true),
    read,
  );
}

function blobText(repository: string, tree: string, path: string): string | null {
  const separator = tree.endsWith(':') ? '' : '/';
  const bytes = git(repository, ['cat-file', 'blob', `${tree}${separator}${path}`]);
  return bytes === null || bytes.includes(0) ? null : bytes.toString('utf8');
}
