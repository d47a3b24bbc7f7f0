import { withoutComments } from '../../syntax/comments.ts';
import { baseName, resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, ImageFiles, ParsedWords, ToolCall } from '../ecosystem.ts';
import { sourceTraits } from '../source-traits.ts';
import { unpackRule } from '../toolchain-archives.ts';

const VALUE_FLAGS = [
  '-b',
  '--build',
  '-c',
  '--config',
  '-a',
  '--arch',
  '--root',
  '--compiler',
  '--cache',
  '-d',
  '--debug',
];

/**
 * Libraries in the images of the compilers that packages link; std.net.curl opens libcurl by name. The run-time library of
 * D itself is linked statically, https://wiki.dlang.org/Using_LDC, https://dlang.org/dmd-linux.html#switch-defaultlib, but by
 * Debian's own LDC and GDC, whose packages stand for it.
 */
function libraries(call: ToolCall): BuildEffect[] {
  const own = call.image?.family === 'dlang';
  return [
    {
      kind: 'needs-libraries',
      packages: [
        'libcurl4-openssl-dev',
        ...(own && call.image?.distribution === 'ubuntu' ? ['libssl-dev', 'libevent-dev'] : []),
      ],
      alpine: ['libgcc', 'llvm-libunwind'],
      opened: true,
      because: 'the standard library',
    },
  ];
}

const compiled = (call: ToolCall, path: string, isStatic: boolean): BuildEffect[] => [
  { kind: 'compiles', folder: call.cwd },
  { kind: 'artifact', path, tree: false, linkage: isStatic ? 'static' : 'system' },
  ...(isStatic ? [] : libraries(call)),
];

/** The program of the root package: https://dub.pm/dub-reference/build_settings/#targetname */
function target(folder: string, files: ImageFiles): string | null {
  const json = files.read(resolvePath(folder, 'dub.json'));
  const sdl = files.read(resolvePath(folder, 'dub.sdl'));
  const value = (key: string): string | undefined =>
    json !== null && json.trim() !== ''
      ? new RegExp(`"${key}"\\s*:\\s*"([^"]*)"`).exec(json)?.[1]
      : new RegExp(`^${key}\\s+"([^"]*)"`, 'm').exec(sdl ?? '')?.[1];
  const all = `${json ?? ''}${sdl ?? ''}`;
  const name = value('targetName') ?? value('name');
  // A configuration or a sub-package may name another target.
  const several = /"configurations"|"subPackages"|^(configuration|subPackage)\b/m.test(all);
  const type = value('targetType');
  if (name === undefined || several || (type !== undefined && !/^(executable|autodetect)$/.test(type))) return null;
  return resolvePath(resolvePath(folder, value('targetPath') ?? '.'), name);
}

function dub(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const root = words.flags.get('--root');
  if (root === null || words.operands.length > 0 || words.flags.has('-c') || words.flags.has('--config'))
    return [{ kind: 'unknown', why: 'which program it builds is not known' }];
  const folder = typeof root === 'string' ? resolvePath(call.cwd, root) : call.cwd;
  const path = target(folder, call.files);
  const made: BuildEffect[] =
    path === null
      ? [{ kind: 'compiles', folder }, { kind: 'program-folder', path: folder, linkage: 'system' }, ...libraries(call)]
      : compiled({ ...call, cwd: folder }, path, false);
  return [...caches(call), { kind: 'intermediate', path: `${folder}/.dub` }, ...made];
}

const caches = (call: ToolCall): BuildEffect[] => [
  { kind: 'cache', path: call.env('DUB_HOME') ?? call.env('DPATH') ?? resolvePath(call.home, '.dub') },
];

/** `-of=x`, `-ofx`, `-od=folder`: https://dlang.org/dmd-linux.html */
function compile(call: ToolCall, { operands }: ParsedWords): BuildEffect[] {
  const flags = call.argv.slice(1).filter((word): word is string => word?.startsWith('-') === true);
  const source = operands.find((word) => /\.d$/.test(word ?? ''));
  if (
    call.argv.includes(null) ||
    source == null ||
    flags.some((flag) => /^-{1,2}(lib|shared|run|mtriple.*)$/.test(flag))
  )
    return [{ kind: 'unknown', why: 'what it builds is not known' }];
  const out = flags.map((flag) => /^-of=?(.+)$/.exec(flag)?.[1]).find((name) => name !== undefined);
  if (flags.includes('-c'))
    return [
      { kind: 'compiles', folder: call.cwd },
      { kind: 'builds-in-place', folder: call.cwd },
    ];
  const isStatic = flags.some((flag) => /^-{1,2}static$/.test(flag));
  return compiled(call, resolvePath(call.cwd, out ?? baseName(source).replace(/\.d$/, '')), isStatic);
}

/** The options of GCC: https://gcc.gnu.org/onlinedocs/gdc/Invoking-gdc.html */
function gdc(call: ToolCall, { flags, operands }: ParsedWords): BuildEffect[] {
  const source = operands.find((word) => /\.d$/.test(word ?? ''));
  const out = flags.get('-o') ?? [...flags.keys()].find((flag) => /^-o./.test(flag))?.slice(2);
  if (call.argv.includes(null) || source == null || flags.has('-shared'))
    return [{ kind: 'unknown', why: 'what it builds is not known' }];
  if (flags.has('-c'))
    return [
      { kind: 'compiles', folder: call.cwd },
      { kind: 'builds-in-place', folder: call.cwd },
    ];
  return compiled(call, resolvePath(call.cwd, typeof out === 'string' ? out : 'a.out'), flags.has('-static'));
}

/** D with dub and its compilers: https://dub.pm/, https://dlang.org/dmd-linux.html */
export const d: Ecosystem = {
  id: 'd',
  docs: 'https://dub.pm/cli-reference/dub-build/',
  interpreted: false,
  compileInput: (path) => /(\.di?|(^|\/)dub\.(json|sdl|selections\.json))$/.test(path),
  traits: (folder, files) =>
    sourceTraits(
      {
        extension: /\.d$/,
        starts:
          /\b(?:spawnProcess|spawnShell|execute|executeShell|pipeProcess|pipeShell|system)\s*\(\s*(?:\[\s*)?(?:"([\w./-]+)"|[^)])/g,
        only: /\bstd\.process\b|\bcore\.stdc\.stdlib\b/,
        comment: (text) => withoutComments(text, { quotes: '"', before: /\s/ }),
      },
      folder,
      files,
    ),
  rules: [
    {
      id: 'build',
      tools: ['dub'],
      subcommands: ['build'],
      valueFlags: VALUE_FLAGS,
      says: 'builds the package',
      example: 'dub build -b release',
      read: dub,
    },
    {
      id: 'checks',
      tools: ['dub'],
      subcommands: ['test', 'fetch', 'upgrade', 'describe', 'list', 'lint', 'clean', 'add-path', 'search'],
      valueFlags: VALUE_FLAGS,
      says: 'fetches or checks packages',
      example: 'dub test',
      read: (call) => [...caches(call), { kind: 'checks' }],
    },
    {
      id: 'compile',
      tools: ['ldc2', 'ldmd2', 'dmd'],
      subcommands: null,
      says: 'compiles a program',
      example: 'ldc2 -O -of=/bin/app app.d',
      read: compile,
    },
    {
      id: 'gdc',
      tools: ['gdc'],
      subcommands: null,
      valueFlags: ['-o', '-I', '-J', '-L'],
      says: 'compiles a program',
      example: 'gdc -O2 -o app app.d',
      read: gdc,
    },
    unpackRule(
      [
        { file: /^ldc2-[\d.]+(-[\w.]+)?-linux-\w+\.tar\.(xz|gz)$/, folder: (name) => name.replace(/\.tar\.\w+$/, '') },
        { file: /^dmd\.[\d.]+\.linux\.(tar\.xz|zip)$/, folder: () => 'dmd2' },
      ],
      'tar -xJf ldc2-1.36.0-linux-x86_64.tar.xz -C /opt',
    ),
  ],
};
