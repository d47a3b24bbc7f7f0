import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { Ignore } from 'ignore';
import { defaultLimits } from '../syntax/limits.ts';
import { readRegularFile } from './read-file.ts';
import { usageError } from './usage-error.ts';

const DOCKERFILE = /^(Dockerfile|Dockerfile\..+|.+\.Dockerfile|Containerfile)$/s;
const SKIPPED = new Set(['node_modules', 'vendor', '.git']);
/** Beside a Dockerfile, not one. */
const NOT_ONE = /\.(dockerignore|md|orig|rej|bak|swp)$/;

export interface Narrow {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

const slashes = (path: string): string => path.split(sep).join('/');
const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The Dockerfiles that the arguments name, each once, in the order of the arguments and by path within a folder. */
export async function findFiles(paths: readonly string[], narrow: Narrow): Promise<string[]> {
  if (paths.length === 0) return [defaultFile()];
  const found = new Map<string, string>();
  for (const path of paths)
    for (const file of await filesOf(path, narrow)) if (!found.has(resolve(file))) found.set(resolve(file), file);
  return [...found.values()];
}

/** The paths of a list, one a line or each before a NUL (`git ls-files -z`), with `-` for standard input; empty ones are left out. */
export function readFileList(file: string): string[] {
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch {
    throw usageError(`--files-from ${file}: it cannot be read`);
  }
  return text.split(text.includes('\0') ? '\0' : /\r?\n/).filter((line) => line !== '');
}

function defaultFile(): string {
  for (const name of ['Dockerfile', 'Containerfile']) if (existsSync(name)) return name;
  throw usageError('there is no Dockerfile or Containerfile here: name one, or a folder, or - for standard input');
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path) !== undefined;
  } catch {
    return false;
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

async function filesOf(path: string, narrow: Narrow): Promise<string[]> {
  if (path === '-') return ['-'];
  if (isFolder(path)) return await searched(path, narrow);
  // A link to nowhere is a file too: reading it says what is wrong.
  if (isThere(path)) return [path];
  const { default: picomatch } = await import('picomatch');
  const scan = picomatch.scan(slashes(path));
  if (!scan.isGlob) throw usageError(`${path}: there is no such file or folder`);
  const matches = picomatch(slashes(resolve(path)), { dot: true });
  const base = scan.base === '' ? '.' : scan.base;
  const files = existsSync(base) ? walk(base, () => true).filter((file) => matches(slashes(resolve(file)))) : [];
  if (files.length === 0) throw usageError(`${path}: no file matches`);
  return files;
}

async function searched(folder: string, { include, exclude }: Narrow): Promise<string[]> {
  const files = walk(folder, (name) => DOCKERFILE.test(name) && !NOT_ONE.test(name), await ignoreFactory());
  if (include.length === 0 && exclude.length === 0) return files;
  const { default: picomatch } = await import('picomatch');
  const matcher = (globs: readonly string[]): ((path: string) => boolean) =>
    picomatch(
      globs.map((glob) => (glob.includes('/') ? glob : `**/${glob}`)),
      { dot: true },
    );
  const [wanted, unwanted] = [matcher(include), matcher(exclude)];
  return files.filter((file) => {
    const path = slashes(relative(folder, file));
    return (include.length === 0 || wanted(path)) && !(exclude.length > 0 && unwanted(path));
  });
}

async function ignoreFactory(): Promise<() => Ignore> {
  const { default: ignore } = await import('ignore');
  return () => ignore();
}

/** Files below a folder in code-point order of their paths, without those that a .gitignore on the way names. */
function walk(folder: string, wanted: (name: string) => boolean, create: (() => Ignore) | null = null): string[] {
  const found: string[] = [];
  const visit = (at: string, ignores: readonly { readonly root: string; readonly rules: Ignore }[]): void => {
    const own = join(at, '.gitignore');
    const read = create === null ? null : readRegularFile(own, defaultLimits.contextFileBytes);
    const rules =
      create !== null && read !== null && !('reason' in read)
        ? [...ignores, { root: at, rules: create().add(read.bytes.toString('utf8')) }]
        : ignores;
    const ignored = (path: string, isFolder: boolean): boolean =>
      rules.some((one) => one.rules.ignores(slashes(relative(one.root, path)) + (isFolder ? '/' : '')));
    for (const entry of entriesIn(at)) {
      const path = join(at, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name) && !ignored(path, true)) visit(path, rules);
      } else if (wanted(entry.name) && !ignored(path, false) && isFile(path)) {
        found.push(path);
      }
    }
  };
  visit(folder, []);
  return found.sort(byCodePoint);
}

function entriesIn(folder: string): import('node:fs').Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** The I-th of N even parts, counted from 1; the same on every machine because the order is. */
export function takeShard(
  files: readonly string[],
  shard: { readonly index: number; readonly count: number },
): string[] {
  return files.filter((_, position) => position % shard.count === shard.index - 1);
}
