import { resolvePath } from '../syntax/paths.ts';
import type { Entry, Tree } from './image.ts';

/** Links that lead in circles lead nowhere. */
const MOST_LINKS = 40;

/** The path with every symbolic link on the way followed, the last one only if asked; null where nothing is there. */
export function realPath(tree: Tree, path: string, followLast = true): string | null {
  let left = MOST_LINKS;
  const walk = (from: string, rest: readonly string[]): string | null => {
    let at = from;
    for (const [index, name] of rest.entries()) {
      const next = resolvePath(at, name);
      const entry = next === '/' ? null : tree.get(next);
      if (entry === undefined) return null;
      const last = index === rest.length - 1;
      if (entry?.type === 'link' && (!last || followLast)) {
        if (left-- <= 0) return null;
        const target = resolvePath(at, entry.target ?? '');
        return walk('/', [...target.split('/'), ...rest.slice(index + 1)].filter(Boolean));
      }
      at = next;
    }
    return at;
  };
  return walk('/', path.split('/').filter(Boolean));
}

/** What stands at a path, links followed. */
export function lookUp(tree: Tree, path: string): Entry | null {
  const real = realPath(tree, path);
  return real === null ? null : (tree.get(real) ?? null);
}

/** Where a path's own name lies once the links of the folders above it are followed; as it is where they lead nowhere. */
export function ownPlace(tree: Tree, path: string): string {
  return realPath(tree, path, false) ?? path;
}

export const isExecutable = (entry: Entry | null): boolean => entry?.type === 'file' && (entry.mode & 0o111) !== 0;

/** The file that a name starts: a path from the working folder, or the first on the PATH; null where there is none. */
export function findExecutable(tree: Tree, name: string, path: string, workdir: string): string | null {
  const places = name.includes('/')
    ? [resolvePath(workdir, name)]
    : path.split(':').map((folder) => resolvePath(resolvePath(workdir, folder === '' ? '.' : folder), name));
  return places.find((place) => isExecutable(lookUp(tree, place))) ?? null;
}

/** The PATH of a container that states none: https://github.com/moby/moby/blob/master/oci/defaults.go */
export const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
