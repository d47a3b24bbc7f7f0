import { globMatcher } from '../syntax/glob.ts';
import { parentFolder, resolvePath } from '../syntax/paths.ts';
import type { ElfFacts } from './elf.ts';
import type { Tree } from './image.ts';
import { lookUp, realPath } from './lookup.ts';

/** Where glibc looks without being told: https://man7.org/linux/man-pages/man8/ld.so.8.html */
const GLIBC_FOLDERS = ['/lib', '/usr/lib', '/lib64', '/usr/lib64'];
/** Where musl looks without being told: https://git.musl-libc.org/cgit/musl/tree/ldso/dynlink.c */
const MUSL_FOLDERS = ['/lib', '/usr/local/lib', '/usr/lib'];
/** Debian names folders by machine beside the loader's own: https://wiki.debian.org/Multiarch/Tuples */
const MULTIARCH = /^\/(usr\/)?lib\/[\w.]+-linux-gnu\w*$/;
/** Libraries that are part of musl's loader itself. */
const IN_MUSL = /^(ld-musl-.*|libc\.musl-.*|libc)\.so(\.1)?$/;

/** The folders in which the loader of an image looks. */
export interface LoaderFolders {
  readonly glibc: readonly string[];
  readonly musl: readonly string[];
}

/** Reads ld.so.conf, what it includes, and musl's own list. */
export function loaderFolders(tree: Tree): LoaderFolders {
  const multiarch = [...tree.keys()].filter((path) => MULTIARCH.test(path) && lookUp(tree, path)?.type === 'folder');
  const listed = readConfiguration(tree, '/etc/ld.so.conf', 0);
  const muslList = [...tree].find(([path]) => /^\/etc\/ld-musl-\w+\.path$/.test(path))?.[1].text ?? null;
  return {
    glibc: [...listed, ...multiarch, ...GLIBC_FOLDERS],
    musl: muslList === null ? MUSL_FOLDERS : muslList.split(/[\n:]/).filter(Boolean),
  };
}

function readConfiguration(tree: Tree, path: string, depth: number): string[] {
  const text = lookUp(tree, path)?.text;
  if (text === undefined || text === null || depth > 4) return [];
  return text.split('\n').flatMap((source) => {
    const line = source.replace(/#.*/, '').trim();
    const [, pattern] = /^include\s+(\S+)$/.exec(line) ?? [];
    if (pattern === undefined) return line.startsWith('/') ? [line.replace(/[=\s].*/, '')] : [];
    const matches = pathMatcher(resolvePath(parentFolder(path), pattern));
    return [...tree.keys()]
      .filter((file) => matches(file))
      .sort()
      .flatMap((file) => readConfiguration(tree, file, depth + 1));
  });
}

/** A glob over whole paths: a star stays within its name. */
function pathMatcher(glob: string): (path: string) => boolean {
  const parts = glob.split('/').map((part) => globMatcher(part));
  return (path) => {
    const names = path.split('/');
    return names.length === parts.length && parts.every((matches, at) => matches(names[at] as string));
  };
}

/** The libraries that a program or library names and the loader would not find; the loader itself counts as one. */
export function missingLibraries(
  tree: Tree,
  path: string,
  elf: ElfFacts,
  folders: LoaderFolders,
  environment: readonly string[],
): string[] {
  const musl =
    elf.interpreter === null
      ? elf.needed.some((name) => name !== 'libc.so.6' && IN_MUSL.test(name))
      : /ld-musl/.test(elf.interpreter);
  const missing = elf.interpreter !== null && lookUp(tree, elf.interpreter) === null ? [elf.interpreter] : [];
  const origin = parentFolder(realPath(tree, path) ?? path);
  const own = elf.searchPath.map((folder) => folder.replace(/\$\{?ORIGIN\}?/, origin));
  const places = [...own, ...environment, ...(musl ? folders.musl : folders.glibc)];
  const found = (name: string): boolean => {
    if (musl && IN_MUSL.test(name)) return true;
    if (name.includes('/')) return lookUp(tree, resolvePath('/', name)) !== null;
    return places.some((folder) => fits(tree, resolvePath('/', `${folder}/${name}`), elf));
  };
  return [...missing, ...elf.needed.filter((name) => !found(name))];
}

function fits(tree: Tree, path: string, elf: ElfFacts): boolean {
  const entry = lookUp(tree, path);
  return entry !== null && entry.type === 'file' && (entry.elf === null || entry.elf.machine === elf.machine);
}
