import { resolvePath } from '../../syntax/paths.ts';
import type { ImageFiles } from '../ecosystem.ts';
import { table } from '../table.ts';

/** Folders below the prefix by the first part of a primary's name: https://www.gnu.org/software/automake/manual/html_node/Uniform.html */
const FOLDERS = table<string>({
  bin: 'bin',
  data: 'share',
  dataroot: 'share',
  doc: 'share',
  html: 'share',
  include: 'include',
  info: 'share',
  lib: 'lib',
  libexec: 'libexec',
  locale: 'share',
  localstate: 'var',
  man: 'share',
  pkgdata: 'share',
  pkginclude: 'include',
  pkglib: 'lib',
  pkglibexec: 'libexec',
  sbin: 'sbin',
  sysconf: 'etc',
});
const NOT_INSTALLED = /^(noinst|check|EXTRA)$/;
/** A list of what is installed: `dist_pkgdata_DATA`. */
const LIST = /^[ \t]*(\w+)[ \t]*\+?=/gm;
const PRIMARY = /^(?:PROGRAMS|LIBRARIES|LTLIBRARIES|DATA|HEADERS|SCRIPTS|MANS|TEXINFOS|JAVA|LISP|PYTHON)$/;
const PREFIX = /^(?:dist|nodist|nobase|notrans)$/;

/** The folder of a list by its name; null for a name that is none. */
function placeOf(name: string): string | null {
  const parts = name.split('_');
  if (parts.length < 2 || !PRIMARY.test(parts.at(-1) ?? '')) return null;
  while (PREFIX.test(parts[0] ?? '')) parts.shift();
  return parts.slice(0, -1).join('_');
}

/** Rules of the author's own, which may do anything, and lists that lie elsewhere. */
const UNREAD = /^[ \t]*(?:install[\w-]*[ \t]*:|-?include\b)/m;
/** Settings of configure.ac that move folders, or build more than its own: https://www.gnu.org/software/autoconf/manual/autoconf.html */
const MOVES = /\bAC_PREFIX_DEFAULT\b|\bAC_CONFIG_SUBDIRS\b|^[ \t]*(?:exec_prefix|prefix|[a-z]+dir)=/m;

/** The folder below the prefix that a value like `$(datadir)/lamp` lies in; null where it lies elsewhere. */
function folderOf(value: string): string | null {
  const [, name = ''] = /^\$[({](\w+)[)}](?:\/|$)/.exec(value.trim()) ?? [];
  if (value.includes('..')) return null;
  if (name === 'prefix' || name === 'exec_prefix') return /^\$[({]\w+[)}]\/([\w.-]+)/.exec(value.trim())?.[1] ?? null;
  const known = name.endsWith('dir') ? name.slice(0, -3) : '';
  return Object.hasOwn(FOLDERS, known) ? (FOLDERS[known] ?? null) : null;
}

/** The folders that one list installs into; null where that cannot be told. */
function foldersOf(text: string): readonly string[] | null {
  if (UNREAD.test(text)) return null;
  const own = new Map(
    [...text.matchAll(/^[ \t]*(\w+)dir[ \t]*:?=[ \t]*(.*)$/gm)].map(([, name = '', value = '']) => [
      name,
      folderOf(value),
    ]),
  );
  const found = [...text.matchAll(LIST)]
    .map(([, name = '']) => placeOf(name))
    .filter((name) => name !== null)
    .filter((name) => !NOT_INSTALLED.test(name))
    .map((name) => {
      if (own.has(name)) return own.get(name);
      return /^man\d?$/.test(name) ? 'share' : Object.hasOwn(FOLDERS, name) ? FOLDERS[name] : null;
    });
  return found.every((one) => one != null) ? (found as string[]) : null;
}

function visit(folder: string, files: ImageFiles, hasTranslations: boolean, depth: number): readonly string[] | null {
  const text = files.read(resolvePath(folder, 'Makefile.am'))?.replace(/\\\r?\n/g, ' ');
  if (text === undefined && depth > 0 && hasTranslations && folder.endsWith('/po')) return ['share'];
  const here = text === undefined || text.trim() === '' || depth > 5 ? null : foldersOf(text);
  if (here === null) return null;
  const below = [...(text as string).matchAll(/^[ \t]*SUBDIRS[ \t]*\+?=[ \t]*(.*)$/gm)]
    .flatMap(([, list = '']) => list.replace(/#.*/, '').split(/\s+/))
    .filter((name) => name !== '' && name !== '.');
  const inner = below.map((name) =>
    /^[\w./-]+$/.test(name) ? visit(resolvePath(folder, name), files, hasTranslations, depth + 1) : null,
  );
  return inner.includes(null) ? null : [...here, ...inner.flatMap((list) => list ?? [])];
}

/**
 * The folders below its prefix into which `make install` of a project of Automake puts all that it installs; null where its
 * lists do not tell: https://www.gnu.org/software/automake/manual/automake.html#Install
 */
export function automakeFolders(folder: string, files: ImageFiles): readonly string[] | null {
  const configure = files.read(resolvePath(folder, 'configure.ac'));
  if (configure === null || configure.trim() === '' || MOVES.test(configure)) return null;
  const found = visit(folder, files, /\bAM_GNU_GETTEXT\b/.test(configure), 0);
  return found === null || found.length === 0 ? null : [...new Set(found)].sort();
}
