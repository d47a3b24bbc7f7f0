import { closeSync, type Dirent, openSync, readdirSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import createIgnore from '@balena/dockerignore';
import type { BuildContext } from '../syntax/build-context.ts';

/** Larger files are data to nobody's surprise: they are not read. */
export const MOST_BYTES = 1 << 20;

/** What a .dockerignore leaves out. */
export interface Ignore {
  ignores(path: string): boolean;
}

/** The matcher of a .dockerignore's text. */
export function dockerignore(text: string): Ignore {
  // Its types describe an ES module, but it is a CommonJS one: the import is the function itself.
  return (createIgnore as unknown as typeof createIgnore.default)().add(text.replace(/^\uFEFF/, ''));
}

/** The matcher of the context's .dockerignore; the file's own one (`app.Dockerfile.dockerignore`) goes first. */
function readIgnore(folder: string, dockerfile: string | null): Ignore | null {
  for (const path of [...(dockerfile === null ? [] : [`${dockerfile}.dockerignore`]), join(folder, '.dockerignore')]) {
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch {
      continue;
    }
    return dockerignore(text);
  }
  return null;
}

/**
 * A folder as a build context. What .dockerignore leaves out is not there, symbolic links that lead out of the folder
 * lead nowhere, and a file that cannot be read reads as null.
 */
export function diskContext(folder: string, dockerfile: string | null = null): BuildContext {
  const root = realpathSync(folder);
  const ignore = readIgnore(folder, dockerfile);
  const kinds = new Map<string, 'file' | 'folder' | null>();
  const lists = new Map<string, readonly string[] | null>();
  const texts = new Map<string, string | null>();
  const place = (path: string): string | null => {
    if (path.split('/').includes('..')) return null;
    try {
      const real = realpathSync(join(root, path));
      return real === root || real.startsWith(root + sep) ? real : null;
    } catch {
      return null;
    }
  };
  const look = (path: string): 'file' | 'folder' | null => {
    const real = place(path);
    if (real === null) return null;
    const stats = statSync(real, { throwIfNoEntry: false });
    const kind = stats?.isDirectory() ? 'folder' : stats?.isFile() ? 'file' : null;
    // A folder that is ignored may hold files that are not: those are found by their own names.
    return kind === 'file' && path !== '' && ignore?.ignores(path) ? null : kind;
  };
  const cached = <T>(memory: Map<string, T>, key: string, make: () => T): T => {
    if (!memory.has(key)) memory.set(key, make());
    return memory.get(key) as T;
  };
  const kind = (path: string): 'file' | 'folder' | null => cached(kinds, path, () => look(path));
  // Only a symbolic link can lead elsewhere: of anything else the folder's own entry tells what it is.
  const entryKind = (entry: Dirent, path: string): 'file' | 'folder' | null => {
    const found = entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : entry.isSymbolicLink() ? kind(path) : null;
    return found !== null && ignore?.ignores(path) ? null : found;
  };
  return {
    kind,
    list: (path) =>
      cached(lists, path, () => {
        const real = kind(path) === 'folder' ? place(path) : null;
        if (real === null) return null;
        const below = (name: string): string => (path === '' ? name : `${path}/${name}`);
        return entriesOf(real)
          .map((entry) => ({ name: entry.name, kind: entryKind(entry, below(entry.name)) }))
          .filter((entry) => entry.kind !== null)
          .map((entry) => (entry.kind === 'folder' ? `${entry.name}/` : entry.name))
          .sort();
      }),
    read: (path) =>
      cached(texts, path, () => {
        const real = kind(path) === 'file' ? place(path) : null;
        return real === null ? null : readText(real);
      }),
  };
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** The text of a file of at most MOST_BYTES; null for other data. */
function readText(path: string): string | null {
  try {
    const file = openSync(path, 'r');
    try {
      const buffer = Buffer.alloc(MOST_BYTES + 1);
      const length = readSync(file, buffer, 0, buffer.length, 0);
      const bytes = buffer.subarray(0, length);
      return length > MOST_BYTES || bytes.includes(0) ? null : bytes.toString('utf8');
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}
