import { baseName, parentFolder, resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, ImageFiles, Linkage, ParsedWords, ToolCall } from '../ecosystem.ts';
import { sourceTraits } from '../source-traits.ts';

const made = (call: ToolCall, paths: readonly string[], linkage: Linkage): BuildEffect[] => [
  { kind: 'compiles', folder: call.cwd },
  ...paths.map((path): BuildEffect => ({ kind: 'artifact', path, tree: false, linkage })),
];

const unit = (file: string): string => baseName(file).replace(/\.ad[bs]$/, '');

/** Behind these, words are for the compiler, the binder or the linker: https://gcc.gnu.org/onlinedocs/gnat_ugn/Mode-Switches-for-gnatmake.html */
const MODES = new Set(['-cargs', '-bargs', '-largs', '-margs']);

/** The words of the call itself, and those for the linker. */
function modes(call: ToolCall): { readonly own: readonly (string | null)[]; readonly linker: readonly string[] } {
  const own: (string | null)[] = [];
  const linker: string[] = [];
  let mode = '-margs';
  for (const word of call.argv.slice(1)) {
    if (word !== null && MODES.has(word)) mode = word;
    else if (mode === '-margs') own.push(word);
    else if (mode === '-largs' && word !== null) linker.push(word);
  }
  return { own, linker };
}

const isStatic = (linker: readonly string[]): boolean => linker.some((word) => /^-static(-pie)?$/.test(word));

/** https://gcc.gnu.org/onlinedocs/gnat_ugn/Switches-for-gnatmake.html: objects lie where it runs, or in the folder of -D. */
function gnatmake(call: ToolCall): BuildEffect[] {
  const { own, linker } = modes(call);
  const words = own.filter((word, at) => own[at - 1] !== '-o' && own[at - 1] !== '-D' && !word?.startsWith('-'));
  const objects = own.includes('-D') ? own[own.indexOf('-D') + 1] : '.';
  const out = own.includes('-o') ? own[own.indexOf('-o') + 1] : undefined;
  const flags = own.filter((word) => word?.startsWith('-'));
  if (own.includes(null) || objects === undefined || words.length === 0 || (out !== undefined && words.length > 1))
    return [{ kind: 'unknown', why: 'what it builds is not known' }];
  if (flags.some((flag) => /^-(P.*|c|b|z)$/.test(flag as string)))
    return [{ kind: 'unknown', why: 'what it builds is not known' }];
  const programs = out === undefined ? words.map((word) => unit(word as string)) : [out];
  const folder = resolvePath(call.cwd, objects as string);
  return [
    ...(folder === '/tmp' ? [] : [{ kind: 'intermediate', path: folder } as const]),
    ...made(
      call,
      programs.map((path) => resolvePath(call.cwd, path as string)),
      isStatic(linker) ? 'static' : 'system',
    ),
  ];
}

/** The project file of a call: the one that it names, or the only one where it runs. */
function project(call: ToolCall, words: ParsedWords): string | null {
  const named = words.flags.get('-P') ?? [...words.flags.keys()].find((flag) => /^-P./.test(flag))?.slice(2);
  const given = typeof named === 'string' ? named : words.operands.find((word) => word?.endsWith('.gpr'));
  if (named === null || given === null) return null;
  if (given !== undefined) return resolvePath(call.cwd, given.endsWith('.gpr') ? given : `${given}.gpr`);
  const found = call.files.list(call.cwd)?.filter((name) => name.endsWith('.gpr')) ?? [];
  return found.length === 1 ? resolvePath(call.cwd, found[0] as string) : null;
}

/** What a project file says of the programs, by its own words alone. */
interface Project {
  readonly programs: readonly string[];
  readonly objects: string;
  readonly isStatic: boolean;
}

/** https://docs.adacore.com/live/wave/gprbuild/html/gpr_user_guide/building_executables.html */
function readProject(path: string, files: ImageFiles): Project | null {
  const text = files.read(path)?.replace(/--.*$/gm, '') ?? '';
  // What another project, a scenario or an attribute of another one decides is not read here.
  const isPlain = !/\b(case|external|extends|extending|aggregate|Library_Name|Executable|Executable_Suffix)\b/i.test(
    text,
  );
  const others = [...text.matchAll(/^[ \t]*(?:limited )?with "([^"]+)"/gim)].map((match) => match[1] as string);
  const isOwn = others.some((name) => name.includes('/') || files.read(besides(path, name)) !== null);
  if (text.trim() === '' || !isPlain || isOwn) return null;
  const value = (name: string): string | undefined | null => {
    const told = new RegExp(`\\bfor ${name} use\\b`, 'i');
    const statement = text.split(';').find((one) => told.test(one));
    return statement === undefined ? undefined : (/\buse "([^"&]*)"\s*$/i.exec(statement)?.[1] ?? null);
  };
  const mains = /\bfor Main use \(([^()]*)\)/i.exec(text)?.[1];
  const [objects, programs] = [value('Object_Dir'), value('Exec_Dir')];
  if (mains === undefined || mains.includes('&') || objects === null || programs === null) return null;
  const folder = resolvePath(parentFolder(path), programs ?? objects ?? '.');
  return {
    programs: [...mains.matchAll(/"([^"]+)"/g)].map((match) => resolvePath(folder, unit(match[1] as string))),
    objects: resolvePath(parentFolder(path), objects ?? '.'),
    isStatic: /"-static(-pie)?"/.test(text.slice(text.search(/package Linker/i))) && /package Linker/i.test(text),
  };
}

const besides = (path: string, name: string): string =>
  resolvePath(parentFolder(path), name.endsWith('.gpr') ? name : `${name}.gpr`);

function built(call: ToolCall, path: string | null, linker: readonly string[]): BuildEffect[] {
  const found = path === null ? null : readProject(path, call.files);
  // A project writes only into the folders that it names, which lie with it.
  if (found === null)
    return [
      { kind: 'compiles', folder: call.cwd },
      { kind: 'builds-in-place', folder: call.cwd },
    ];
  return [
    { kind: 'intermediate', path: found.objects },
    ...made(call, found.programs, found.isStatic || isStatic(linker) ? 'static' : 'system'),
  ];
}

function gprbuild(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const { own, linker } = modes(call);
  const flags = [...words.flags.keys()];
  if (own.includes(null)) return [{ kind: 'unknown', why: 'what it builds is not known' }];
  const path = project(call, words);
  const moves = flags.some((flag) => /^(-o|-c|-b|--subdirs.*|--relocate-build-tree.*|--root-dir.*|-u|-U)$/.test(flag));
  return built(call, moves ? null : path, linker);
}

/** Alire builds the project of the crate with what it fetched: https://alire.ada.dev/docs/ */
function alire(call: ToolCall): BuildEffect[] {
  const crate = /^name\s*=\s*"([^"]+)"/m.exec(call.files.read(resolvePath(call.cwd, 'alire.toml')) ?? '')?.[1];
  return [...caches(call), ...built(call, crate === undefined ? null : resolvePath(call.cwd, `${crate}.gpr`), [])];
}

const caches = (call: ToolCall): BuildEffect[] =>
  ['.cache/alire', '.config/alire', '.local/share/alire'].map((name) => ({
    kind: 'cache',
    path: resolvePath(call.home, name),
  }));

/** Ada with gnatmake, gprbuild and Alire: https://gcc.gnu.org/onlinedocs/gnat_ugn/ */
export const ada: Ecosystem = {
  id: 'ada',
  docs: 'https://gcc.gnu.org/onlinedocs/gnat_ugn/Building-with-gnatmake.html',
  interpreted: false,
  compileInput: (path) => /(\.(ad[abs]|gpr|ali)|(^|\/)alire\.(toml|lock))$/.test(path),
  traits: (folder, files) =>
    sourceTraits(
      {
        extension: /\.ad[bs]$/,
        starts:
          /\b(?:Spawn|Non_Blocking_Spawn|Expect_Spawn)\b(?:\s*\(\s*(?:"([\w./-]+)"|[^)]))?|"(?:system|popen|exec[lv]p?e?)"/gi,
        only: /\bGNAT\s*\.\s*(OS_Lib|Expect)\b|\bSystem\s*\.\s*OS_Lib\b|"(system|popen|exec[lv]p?e?)"|\bUtil\.Processes\b/i,
        comment: /^[ \t]*--.*$/gm,
      },
      folder,
      files,
    ),
  rules: [
    {
      id: 'gnatmake',
      tools: ['gnatmake'],
      subcommands: null,
      says: 'compiles a program',
      example: 'gnatmake -O2 -o server src/server.adb',
      read: gnatmake,
    },
    {
      id: 'gnat',
      tools: ['gnat'],
      subcommands: ['make'],
      says: 'compiles a program',
      example: 'gnat make src/server.adb',
      read: (call) => gnatmake({ ...call, argv: ['gnatmake', ...call.argv.slice(call.argv.indexOf('make') + 1)] }),
    },
    {
      id: 'gprbuild',
      tools: ['gprbuild'],
      subcommands: null,
      valueFlags: ['-P', '-o', '-aP', '--target', '--RTS'],
      says: 'builds a project',
      example: 'gprbuild -P server.gpr',
      read: gprbuild,
    },
    {
      id: 'alire',
      tools: ['alr'],
      subcommands: ['build'],
      says: 'builds the crate',
      example: 'alr build --release',
      read: alire,
    },
    {
      id: 'alire-fetches',
      tools: ['alr'],
      subcommands: ['update', 'toolchain', 'index', 'settings', 'version', 'printenv', 'exec'],
      says: 'fetches or sets up crates',
      example: 'alr update',
      read: (call, { subcommand }) =>
        subcommand === 'exec'
          ? null
          : [...caches(call), { kind: 'intermediate', path: resolvePath(call.cwd, 'alire') }, { kind: 'checks' }],
    },
  ],
};
