import { resolvePath } from '../../syntax/paths.ts';
import type { ImageFiles } from '../ecosystem.ts';

/** Which packages of a workspace a call of cargo compiles, and with which features. */
export interface Selection {
  readonly packages: readonly string[];
  readonly everything: boolean;
  readonly excluded: readonly string[];
  /** `--features`, `--no-default-features`; null: all of them. */
  readonly features: readonly string[] | null;
  readonly defaults: boolean;
}

/** The manifest of a folder; null where there is none or it cannot be read. */
export function manifest(folder: string, files: ImageFiles): string | null {
  const text = files.read(resolvePath(folder, 'Cargo.toml'));
  return text === null || text.trim() === '' ? null : text;
}

/** The bodies of the tables of that name: `[package]`, `[[bin]]`. */
function tables(text: string, name: string): string[] {
  const found: string[] = [];
  let isOpen = false;
  for (const line of text.split('\n')) {
    const header = /^[ \t]*\[{1,2}[ \t]*([\w.'"-]+)[ \t]*\]{1,2}[ \t]*(?:#.*)?\r?$/.exec(line)?.[1];
    if (header !== undefined) {
      isOpen = header === name;
      if (isOpen) found.push('');
    } else if (isOpen) found[found.length - 1] += `${line}\n`;
  }
  return found;
}

const stringOf = (table: string, key: string): string | undefined =>
  new RegExp(`^[ \\t]*${key}[ \\t]*=[ \\t]*["']([^"'\\n]*)["']`, 'm').exec(table)?.[1];

/** The strings of an array; undefined where the key is not there. */
function listOf(table: string, key: string): string[] | undefined {
  const start = new RegExp(`^[ \\t]*${key}[ \\t]*=[ \\t]*\\[`, 'm').exec(table);
  if (start === null) return undefined;
  const from = start.index + start[0].length;
  const end = table.indexOf(']', from);
  if (end < 0) return undefined;
  const list = table.slice(from, end);
  return [...list.replace(/#[^\n]*/g, '').matchAll(/["']([^"'\n]*)["']/g)].map((match) => match[1] as string);
}

/** The folders that entries like `crates/*` stand for; null for a pattern that is not read. */
function expand(root: string, entries: readonly string[], files: ImageFiles): string[] | null {
  const found: string[] = [];
  for (const entry of entries) {
    const parent = entry.endsWith('/*') ? entry.slice(0, -2) : entry === '*' ? '.' : null;
    if (/[*?[]/.test(parent ?? entry)) return null;
    if (parent === null) found.push(resolvePath(root, entry));
    else
      for (const name of files.list(resolvePath(root, parent)) ?? [])
        if (name.endsWith('/')) found.push(resolvePath(root, `${parent}/${name}`));
  }
  return found.map((folder) => folder.replace(/(.)\/$/, '$1')).filter((folder) => manifest(folder, files) !== null);
}

/** The folder with the lock file and the results: https://doc.rust-lang.org/cargo/reference/workspaces.html */
export function workspaceRoot(folder: string, files: ImageFiles): string {
  const stated = stringOf(tables(manifest(folder, files) ?? '', 'package')[0] ?? '', 'workspace');
  if (stated !== undefined) return resolvePath(folder, stated);
  for (let at = folder; ; at = resolvePath(at, '..')) {
    const [workspace] = tables(manifest(at, files) ?? '', 'workspace');
    if (workspace !== undefined) {
      const left = (listOf(workspace, 'exclude') ?? []).map((entry) => resolvePath(at, entry));
      return left.some((one) => folder === one || folder.startsWith(`${one}/`)) ? folder : at;
    }
    if (at === '/') return folder;
  }
}

/** All packages of a workspace, those that it depends on by path included; null where they cannot be told. */
function members(root: string, files: ImageFiles): readonly string[] | null {
  const text = manifest(root, files) ?? '';
  const [workspace = ''] = tables(text, 'workspace');
  const listed = expand(root, listOf(workspace, 'members') ?? [], files);
  if (listed === null) return null;
  const left = (listOf(workspace, 'exclude') ?? []).map((entry) => resolvePath(root, entry));
  const queue = [...(tables(text, 'package').length > 0 ? [root] : []), ...listed];
  const found = new Set<string>();
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    const own = manifest(at, files);
    if (own === null || found.has(at) || left.includes(at)) continue;
    found.add(at);
    for (const [, path] of own.matchAll(/\bpath[ \t]*=[ \t]*["']([^"'\n]+)["']/g)) {
      const folder = resolvePath(at, path as string);
      if (root === '/' || folder.startsWith(`${root}/`)) queue.push(folder);
    }
  }
  return [...found].sort();
}

const nameOf = (folder: string, files: ImageFiles): string | undefined =>
  stringOf(tables(manifest(folder, files) ?? '', 'package')[0] ?? '', 'name');

/** The packages that a call compiles: https://doc.rust-lang.org/cargo/commands/cargo-build.html#package-selection */
export function selectedPackages(folder: string, selection: Selection, files: ImageFiles): readonly string[] | null {
  const own = manifest(folder, files);
  if (own === null) return null;
  const root = workspaceRoot(folder, files);
  const isNamed = (names: readonly string[], one: string): boolean => {
    const name = nameOf(one, files);
    return name !== undefined && names.some((spec) => spec.replace(/@.*$/s, '') === name);
  };
  if (selection.everything) return members(root, files)?.filter((one) => !isNamed(selection.excluded, one)) ?? null;
  if (selection.packages.length > 0) {
    const named = members(root, files)?.filter((one) => isNamed(selection.packages, one)) ?? [];
    return named.length === selection.packages.length ? named : null;
  }
  const chosen = folder === root ? listOf(tables(own, 'workspace')[0] ?? '', 'default-members') : undefined;
  if (chosen !== undefined) return expand(root, chosen, files);
  return tables(own, 'package').length > 0 ? [folder] : members(root, files);
}

/** The features that a package is compiled with; null: all of them. */
function enabledFeatures(text: string, { features, defaults }: Selection): ReadonlySet<string> | null {
  if (features === null) return null;
  const [table = ''] = tables(text, 'features');
  const enabled = new Set<string>();
  const queue = [...features.map((name) => name.slice(name.lastIndexOf('/') + 1)), ...(defaults ? ['default'] : [])];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (enabled.has(name)) continue;
    enabled.add(name);
    if (/^[\w-]+$/.test(name)) queue.push(...(listOf(table, name) ?? []));
  }
  return enabled;
}

/** The programs of one package: those that its manifest declares, and those that the layout of its sources stands for. */
function programsOf(folder: string, selection: Selection, files: ImageFiles): string[] {
  const text = manifest(folder, files) ?? '';
  const [own = ''] = tables(text, 'package');
  const declared = tables(text, 'bin').map((table) => ({
    name: stringOf(table, 'name') ?? '',
    path: stringOf(table, 'path'),
    required: listOf(table, 'required-features') ?? [],
  }));
  const inner = files.list(resolvePath(folder, 'src/bin')) ?? [];
  const inferred = [
    ...((files.list(resolvePath(folder, 'src')) ?? []).includes('main.rs')
      ? [{ name: stringOf(own, 'name') ?? '', path: 'src/main.rs' }]
      : []),
    ...inner.flatMap((file) => {
      if (file.endsWith('.rs')) return [{ name: file.slice(0, -3), path: `src/bin/${file}` }];
      const isProgram = file.endsWith('/') && files.list(resolvePath(folder, `src/bin/${file}`))?.includes('main.rs');
      return isProgram ? [{ name: file.slice(0, -1), path: `src/bin/${file}main.rs` }] : [];
    }),
  ];
  // A declared program without a path that no file under src/bin has for a name is the one in src/main.rs.
  const pathOf = ({ name, path }: { name: string; path: string | undefined }): string =>
    path ?? inferred.find((one) => one.name === name)?.path ?? 'src/main.rs';
  const isFound =
    !/^[ \t]*autobins[ \t]*=[ \t]*false/m.test(own) &&
    (declared.length === 0 || /^[ \t]*edition(?:\.workspace)?[ \t]*=(?![ \t]*["']2015)/m.test(own));
  // https://doc.rust-lang.org/cargo/reference/cargo-targets.html#the-required-features-field
  const enabled = enabledFeatures(text, selection);
  const isCompiled = (required: readonly string[]): boolean =>
    enabled === null || required.every((name) => enabled.has(name));
  return [
    ...declared.filter(({ required }) => isCompiled(required)).map(({ name }) => name),
    ...(isFound ? inferred : [])
      .filter((one) => !declared.some((other) => other.name === one.name || pathOf(other) === one.path))
      .map(({ name }) => name),
  ].filter((name) => name !== '');
}

/** The programs that packages make, by cargo's target rules: https://doc.rust-lang.org/cargo/reference/cargo-targets.html */
export const programsIn = (folders: readonly string[], selection: Selection, files: ImageFiles): readonly string[] =>
  [...new Set(folders.flatMap((folder) => programsOf(folder, selection, files)))].sort();

/** Packages with those that they depend on by path, whose own manifests are read as well. */
export function withDependencies(folders: readonly string[], files: ImageFiles): readonly string[] {
  const queue = [...folders];
  const found = new Set<string>();
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    if (found.has(at)) continue;
    found.add(at);
    for (const [, path] of (manifest(at, files) ?? '').matchAll(/\bpath[ \t]*=[ \t]*["']([^"'\n]+)["']/g)) {
      const folder = resolvePath(at, path as string);
      if (manifest(folder, files) !== null) queue.push(folder);
    }
  }
  return [...found].sort();
}

/** Shared libraries that packages make for other languages and for loading: https://doc.rust-lang.org/reference/linkage.html */
export const librariesIn = (folders: readonly string[], files: ImageFiles): readonly string[] =>
  folders.flatMap((folder) => {
    const [library = ''] = tables(manifest(folder, files) ?? '', 'lib');
    const name = stringOf(library, 'name') ?? nameOf(folder, files)?.replaceAll('-', '_');
    const types = listOf(library, 'crate-type') ?? listOf(library, 'crate_type') ?? [];
    return name !== undefined && types.some((type) => type === 'cdylib' || type === 'dylib') ? [`lib${name}.so`] : [];
  });
