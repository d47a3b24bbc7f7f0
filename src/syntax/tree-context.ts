import type { BuildContext } from './build-context.ts';

/** What a list of files says of folders: everything that a path leads through is one. */
function foldersOf(paths: Iterable<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const folders = new Map<string, Set<string>>([['', new Set()]]);
  for (const path of paths) {
    const parts = path.split('/');
    for (let depth = 1; depth <= parts.length; depth++) {
      const parent = parts.slice(0, depth - 1).join('/');
      const name = `${parts[depth - 1]}${depth < parts.length ? '/' : ''}`;
      const names = folders.get(parent) ?? new Set();
      folders.set(parent, names.add(name));
    }
  }
  return folders;
}

/**
 * A build context of files that are listed elsewhere: a commit, an archive, a service. `paths` are files relative to the
 * context's root with `/`, those that .dockerignore leaves out not among them; `read` is asked for those alone.
 */
export function treeContext(paths: Iterable<string>, read: (path: string) => string | null): BuildContext {
  const files = new Set([...paths].filter((path) => path !== '' && !path.split('/').includes('..')));
  const folders = foldersOf(files);
  const sorted = new Map<string, readonly string[]>();
  return {
    kind: (path) => (files.has(path) ? 'file' : folders.has(path) ? 'folder' : null),
    list: (folder) => {
      const names = folders.get(folder);
      if (names === undefined) return null;
      const known = sorted.get(folder) ?? [...names].sort();
      sorted.set(folder, known);
      return known;
    },
    read: (path) => (files.has(path) ? read(path) : null),
  };
}

/** A build context in memory: texts by path. */
export const memoryContext = (files: Readonly<Record<string, string>>): BuildContext =>
  treeContext(Object.keys(files), (path) => files[path] ?? null);
