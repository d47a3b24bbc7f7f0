import { type Dirent, lstatSync, opendirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import createIgnore from '@balena/dockerignore';
import type { BuildContext } from '../syntax/build-context.ts';
import { defaultLimits, type Limits } from '../syntax/limits.ts';
import { readRegularFile } from './read-file.ts';

/** A build context that tells what of it was not looked at. */
export interface DiskContext extends BuildContext {
  skipped(): readonly Skipped[];
}

/** What was not looked at, in words, and the limit that kept it out. */
interface Skipped {
  readonly what: string;
  readonly limit: string;
}

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
function readIgnore(folder: string, dockerfile: string | null, limits: Limits): Ignore | null {
  for (const path of [...(dockerfile === null ? [] : [`${dockerfile}.dockerignore`]), join(folder, '.dockerignore')]) {
    const read = readRegularFile(path, limits.contextFileBytes);
    if ('reason' in read) continue;
    return dockerignore(read.bytes.toString('utf8'));
  }
  return null;
}

/**
 * A folder as a build context. What .dockerignore leaves out is not there, symbolic links that lead out of the folder
 * lead nowhere, and what cannot be read, or is more than the limits allow, reads as null.
 */
export function diskContext(
  folder: string,
  dockerfile: string | null = null,
  limits: Limits = defaultLimits,
): DiskContext {
  const root = realpathSync(folder);
  const ignore = readIgnore(folder, dockerfile, limits);
  const places = new Map<string, string | null>();
  const kinds = new Map<string, 'file' | 'folder' | null>();
  const lists = new Map<string, readonly string[] | null>();
  const texts = new Map<string, string | null>();
  const left = { entries: limits.contextEntries, bytes: limits.contextBytes };
  const large: string[] = [];
  const closed: string[] = [];
  const spent = new Map<string, Skipped>();
  const cached = <T>(memory: Map<string, T>, key: string, make: () => T): T => {
    if (!memory.has(key)) memory.set(key, make());
    return memory.get(key) as T;
  };
  /** Where a path really leads; null where that is outside, or a folder that the path itself came through. */
  const place = (path: string): string | null => cached(places, path, () => placeOf(path));
  const placeOf = (path: string): string | null => {
    if (path.split('/').includes('..') || path.includes('\0')) return null;
    if (path === '') return root;
    const slash = path.lastIndexOf('/');
    const parent = place(path.slice(0, Math.max(slash, 0)));
    if (parent === null) return null;
    try {
      const straight = join(parent, path.slice(slash + 1));
      const stats = lstatSync(straight, { throwIfNoEntry: false });
      if (stats === undefined) return null;
      if (!stats.isSymbolicLink()) return straight;
      const real = realpathSync(straight);
      if (!real.startsWith(root.endsWith(sep) ? root : root + sep)) return null;
      for (let above = path; above !== ''; ) {
        above = above.slice(0, Math.max(above.lastIndexOf('/'), 0));
        if (place(above) === real) return null;
      }
      return real;
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
  const kind = (path: string): 'file' | 'folder' | null => cached(kinds, path, () => look(path));
  // Only a symbolic link can lead elsewhere: of anything else the folder's own entry tells what it is.
  const entryKind = (entry: Dirent, path: string): 'file' | 'folder' | null => {
    const found = entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : entry.isSymbolicLink() ? kind(path) : null;
    return found !== null && ignore?.ignores(path) ? null : found;
  };
  const entriesOf = (path: string, real: string): readonly Dirent[] | null => {
    const entries = readFolder(real, left.entries);
    if (entries === null) closed.push(path);
    else if (entries === 'many') {
      spent.set('entries', {
        what: `folders were skipped behind ${limits.contextEntries} names`,
        limit: 'context-entries',
      });
      return null;
    } else left.entries -= entries.length;
    return entries;
  };
  const text = (path: string, real: string): string | null => {
    const read = readRegularFile(real, Math.min(limits.contextFileBytes, left.bytes));
    if (!('reason' in read)) {
      left.bytes -= read.bytes.length;
      return read.bytes.includes(0) ? null : read.bytes.toString('utf8');
    }
    if (!read.tooLarge) closed.push(path);
    else if (left.bytes < limits.contextFileBytes)
      spent.set('bytes', { what: `files were skipped behind ${limits.contextBytes} bytes`, limit: 'context-bytes' });
    else large.push(path);
    return null;
  };
  return {
    kind,
    list: (path) =>
      cached(lists, path, () => {
        const real = kind(path) === 'folder' ? place(path) : null;
        const entries = real === null ? null : entriesOf(path, real);
        if (entries === null) return null;
        const below = (name: string): string => (path === '' ? name : `${path}/${name}`);
        return entries
          .map((entry) => ({ name: entry.name, kind: entryKind(entry, below(entry.name)) }))
          .filter((entry) => entry.kind !== null)
          .map((entry) => (entry.kind === 'folder' ? `${entry.name}/` : entry.name))
          .sort();
      }),
    read: (path) =>
      cached(texts, path, () => {
        const real = kind(path) === 'file' ? place(path) : null;
        return real === null ? null : text(path, real);
      }),
    skipped: () => [
      ...spent.values(),
      ...(closed.length > 0 ? [{ what: `${named(closed)} cannot be read`, limit: 'context-entries' }] : []),
      ...(large.length > 0
        ? [{ what: `${named(large)} is larger than ${limits.contextFileBytes} bytes`, limit: 'context-file-bytes' }]
        : []),
    ],
  };
}

const named = ([first, ...others]: readonly string[]): string =>
  `${JSON.stringify(first === '' ? '.' : first)}${others.length > 0 ? ` and ${others.length} more` : ''}`;

/** What stands in a folder; null where it cannot be read, `many` where there is more than `most`. */
function readFolder(path: string, most: number): readonly Dirent[] | null | 'many' {
  try {
    const entries: Dirent[] = [];
    const folder = opendirSync(path, { bufferSize: 256 });
    try {
      for (let entry = folder.readSync(); entry !== null; entry = folder.readSync()) {
        if (entries.length >= most) return 'many';
        entries.push(entry);
      }
    } finally {
      folder.closeSync();
    }
    return entries;
  } catch {
    return null;
  }
}
