import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, ImageFiles, ParsedWords, ToolCall, ToolRule } from '../ecosystem.ts';
import { cmakeInstall, isConfigured } from './cmake.ts';
import { FOLDER_FLAGS, installedBeside } from './configure.ts';
import { installTree } from './install-tree.ts';

/** A folder that is neither told from an option nor a name below the prefix. */
const PLACED =
  /\binstall_(?:dir|subdir|emptydir|symlink)\w*\s*[:(](?!\s*(?:get_option|join_paths\(\s*get_option|pre?fix|\w+dir\b|["'](?!\/|\.\.)))/;

/** True where a meson.build installs to an absolute place or runs a script, or cannot be read: https://mesonbuild.com/Installing.html */
function installsElsewhere(folder: string, files: ImageFiles, depth = 0): boolean {
  const text = files.read(resolvePath(folder, 'meson.build'));
  if (depth === 0 && (text === null || text.trim() === '')) return true;
  if (text !== null && (PLACED.test(text) || /add_install_script|\b(localstatedir|sharedstatedir)\b/.test(text)))
    return true;
  return (
    depth < 4 &&
    (files.list(folder) ?? []).some(
      (name) => name.endsWith('/') && installsElsewhere(resolvePath(folder, name), files, depth + 1),
    )
  );
}

function install(folder: string, stage: string, call: ToolCall): BuildEffect[] {
  if (isConfigured(folder, call)) return cmakeInstall(folder, null, stage, call);
  const source = call.memory.get(`meson:${folder}`);
  const prefix = resolvePath('/', `${stage}/${call.memory.get(`meson-prefix:${folder}`) ?? '/usr/local'}`);
  const isProven = source !== undefined && !installsElsewhere(source, call.files);
  const beside: readonly BuildEffect[] =
    stage === '' ? JSON.parse(call.memory.get(`meson-beside:${folder}`) ?? '[]') : [];
  return [
    ...installTree(prefix, call),
    ...beside,
    ...(isProven ? [] : [{ kind: 'assumes', code: 'DF305', args: { command: 'install', prefix } } as const]),
  ];
}

/** The folder that was prepared holds no sources of its own. */
const built = (folder: string, { memory }: ToolCall): BuildEffect[] => [
  { kind: 'compiles', folder: memory.get(`meson:${folder}`) ?? memory.get(`cmake:${folder}`) ?? folder },
  { kind: 'builds-in-place', folder },
];

/** `meson setup [OPTIONS] BUILD [SOURCE]`, and the older form without `setup`: https://mesonbuild.com/Commands.html */
function setup(call: ToolCall, operands: readonly (string | null)[], words: ParsedWords): BuildEffect[] {
  const [build, source] = operands;
  const prefix = words.flags.get('--prefix') ?? words.flags.get('-Dprefix');
  if (build == null || source === null || prefix === null)
    return [{ kind: 'unknown', why: 'where it builds is not known' }];
  const folder = resolvePath(call.cwd, build);
  const root = source === undefined ? call.cwd : resolvePath(call.cwd, source);
  call.memory.set(`meson:${folder}`, root);
  const place = typeof prefix === 'string' ? prefix : '/usr/local';
  const options = [...words.flags].map(([name, value]) => [name.replace(/^-D/, '--'), value] as const);
  call.memory.set(`meson-prefix:${folder}`, place);
  call.memory.set(`meson-beside:${folder}`, JSON.stringify(installedBeside(place, options)));
  return [
    { kind: 'compiles', folder: root },
    { kind: 'builds-in-place', folder },
  ];
}

/** Meson and Ninja: https://mesonbuild.com/Commands.html, https://ninja-build.org/manual.html */
export const mesonRules: readonly ToolRule[] = [
  {
    id: 'meson',
    tools: ['meson'],
    subcommands: null,
    valueFlags: [
      '-C',
      ...FOLDER_FLAGS,
      '--buildtype',
      '--destdir',
      '-j',
      '--native-file',
      '--cross-file',
      '-D',
      '--backend',
    ],
    says: 'runs the build',
    example: 'meson setup build --prefix=/opt/app',
    read: (call, words) => {
      const at = words.flags.get('-C');
      const folder = typeof at === 'string' ? resolvePath(call.cwd, at) : call.cwd;
      const stage = words.flags.get('--destdir') ?? call.env('DESTDIR') ?? '';
      const [verb, ...rest] = words.operands;
      if (verb === undefined) return [{ kind: 'checks' }];
      if (verb === 'compile' || verb === 'configure') return built(folder, call);
      if (verb === 'test' || verb === 'introspect') return [{ kind: 'builds-in-place', folder }];
      if (verb === 'subprojects' || verb === 'wrap') return [{ kind: 'builds-in-place', folder: call.cwd }];
      if (verb === 'install')
        return typeof stage === 'string'
          ? [...built(folder, call), ...install(folder, stage, call)]
          : [{ kind: 'unknown', why: 'where it installs is not known' }];
      return setup(call, verb === 'setup' ? rest : words.operands, words);
    },
  },
  {
    id: 'ninja',
    tools: ['ninja', 'ninja-build', 'samu'],
    subcommands: null,
    valueFlags: ['-C', '-f', '-j', '-l', '-k', '-d', '-t', '-w'],
    says: 'runs the build',
    example: 'ninja -C build install',
    read: (call, words) => {
      const at = words.flags.get('-C');
      if (at === null || words.operands.includes(null))
        return [{ kind: 'unknown', why: 'what it builds is not known' }];
      const folder = typeof at === 'string' ? resolvePath(call.cwd, at) : call.cwd;
      const installs = words.operands.includes('install');
      return [...built(folder, call), ...(installs ? install(folder, call.env('DESTDIR') ?? '', call) : [])];
    },
  },
];
