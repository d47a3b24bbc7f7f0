import { baseName, resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, ImageFiles, Linkage, ParsedWords, ToolCall } from '../ecosystem.ts';
import { sourceTraits } from '../source-traits.ts';
import { unpackRule } from '../toolchain-archives.ts';

const VALUE_FLAGS = [
  '-p',
  '--prefix',
  '--build-file',
  '--cache-dir',
  '--global-cache-dir',
  '--name',
  '-target',
  '-O',
  '-mcpu',
  '-j',
];

/** The programs of build.zig by the constants in it: https://ziglang.org/learn/build-system/ */
function programs(text: string): readonly string[] | null {
  const calls = text.split(/\baddExecutable(?=\s*\()/).slice(1);
  const names = calls.flatMap((call) => /^\s*\(\s*(?:\.\{[^;]*?\.name\s*=\s*)?"([^"]+)"/.exec(call)?.[1] ?? []);
  return calls.length === 0 || names.length !== calls.length ? null : [...new Set(names)];
}

/**
 * Without a C library the programs are static; one that is asked for is linked dynamically unless it is musl:
 * https://ziglang.org/documentation/master/#Targets
 */
function linkage(text: string, target: string, call: ToolCall): Linkage {
  if (/-musl/.test(target)) return 'static';
  if (/-gnu/.test(target)) return 'unknown';
  const named = /\b(linkLibC|linkLibCpp|linkSystemLibrary2?|linkFramework|link_libc|link_libcpp)\b/.test(text);
  // What a dependency links is written in its own build.zig.
  const depends = /\.dependency\s*\(|\blazyDependency\s*\(/.test(text);
  if (call.image?.libc === 'musl') return named || depends ? 'unknown' : 'static';
  return /\blinkSystemLibrary/.test(text) || depends ? 'unknown' : named ? 'libc' : 'static';
}

const caches = (call: ToolCall, folder: string): BuildEffect[] => [
  { kind: 'cache', path: call.env('ZIG_GLOBAL_CACHE_DIR') ?? resolvePath(call.home, '.cache/zig') },
  { kind: 'cache', path: `${folder}/.zig-cache` },
  { kind: 'cache', path: `${folder}/zig-cache` },
];

function build(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const folder = call.cwd;
  const [step] = words.operands;
  if (words.operands.length > 1 || step === null || words.flags.has('--build-file'))
    return [{ kind: 'unknown', why: 'what it builds is not known' }];
  if (step === 'test') return [...caches(call, folder), { kind: 'checks' }];
  if (step !== undefined && step !== 'install')
    return [{ kind: 'unknown', why: `nothing is known of the step ${step}` }];
  const given = words.flags.get('-p') ?? words.flags.get('--prefix');
  if (given === null) return [{ kind: 'unknown', why: 'its prefix is not known' }];
  const prefix = resolvePath(call.cwd, typeof given === 'string' ? given : 'zig-out');
  const text = call.files.read(resolvePath(folder, 'build.zig')) ?? '';
  const target = String([...words.flags].find(([flag]) => flag === '-Dtarget')?.[1] ?? '');
  const kind = text.trim() === '' ? 'unknown' : linkage(text, target, call);
  const names = programs(text);
  const others =
    names === null ||
    /\baddInstall(File|Directory|Header)|installDirectory|installFile|addLibrary|SharedLibrary/.test(text);
  return [
    ...caches(call, folder),
    { kind: 'compiles', folder },
    ...(others
      ? [{ kind: 'artifact', path: prefix, tree: true, linkage: kind } as const]
      : [
          { kind: 'intermediate', path: prefix } as const,
          ...names.map(
            (name): BuildEffect => ({ kind: 'artifact', path: `${prefix}/bin/${name}`, tree: false, linkage: kind }),
          ),
        ]),
    ...(kind === 'unknown' && text.trim() === ''
      ? [{ kind: 'assumes', code: 'DF307', args: { what: 'build.zig' } } as const]
      : []),
  ];
}

function buildExe(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const sources = words.operands.filter((word) => /\.(zig|c|cpp|cc)$/.test(word ?? ''));
  const emit = [...words.flags].map(([flag]) => flag).find((flag) => flag.startsWith('-femit-bin'));
  const name = words.flags.get('--name');
  const [source] = sources;
  if (source == null || words.operands.includes(null)) return [{ kind: 'unknown', why: 'what it builds is not known' }];
  const out =
    words.flags.get('-femit-bin') ?? (typeof name === 'string' ? name : baseName(source).replace(/\.\w+$/, ''));
  if (typeof out !== 'string' || (emit !== undefined && emit !== '-femit-bin'))
    return [{ kind: 'unknown', why: 'the name of what it builds is not known' }];
  const target = String(words.flags.get('-target') ?? '');
  const links = [...words.flags.keys()].filter((flag) => /^-l./.test(flag));
  const c = links.length > 0 || sources.some((word) => !word?.endsWith('.zig'));
  const kind: Linkage =
    /-musl/.test(target) || !c ? 'static' : links.every((flag) => flag === '-lc') ? 'libc' : 'system';
  return [
    ...caches(call, call.cwd),
    { kind: 'compiles', folder: call.cwd },
    { kind: 'artifact', path: resolvePath(call.cwd, out), tree: false, linkage: kind },
  ];
}

function traits(folder: string, files: ImageFiles): ReturnType<typeof sourceTraits> {
  const found = sourceTraits(
    {
      extension: /\.zig$/,
      starts: /\b(?:process\.Child|ChildProcess|execve?|execv)\b[^;]*/g,
      comment: /^[ \t]*\/\/.*$/gm,
    },
    folder,
    files,
  );
  return found;
}

/** Zig: https://ziglang.org/learn/build-system/ */
export const zig: Ecosystem = {
  id: 'zig',
  docs: 'https://ziglang.org/learn/build-system/',
  interpreted: false,
  compileInput: (path) => /(\.zig|(^|\/)build\.zig\.zon)$/.test(path),
  traits,
  rules: [
    {
      id: 'build',
      tools: ['zig'],
      subcommands: ['build'],
      valueFlags: VALUE_FLAGS,
      says: 'runs build.zig',
      example: 'zig build -Doptimize=ReleaseSafe',
      read: build,
    },
    {
      id: 'build-exe',
      tools: ['zig'],
      subcommands: ['build-exe'],
      valueFlags: VALUE_FLAGS,
      says: 'compiles a program',
      example: 'zig build-exe app.zig',
      read: buildExe,
    },
    {
      id: 'checks',
      tools: ['zig'],
      subcommands: ['version', 'fmt', 'test', 'fetch', 'env', 'targets'],
      valueFlags: VALUE_FLAGS,
      says: 'checks the sources or fetches packages',
      example: 'zig version',
      read: (call) => [...caches(call, call.cwd), { kind: 'checks' }],
    },
    unpackRule(
      [
        // https://ziglang.org/download/: linux and the architecture have changed places with 0.14.1.
        { file: /^zig-(linux-\w+|\w+-linux)-[\w.+-]+\.tar\.xz$/, folder: (name) => name.replace(/\.tar\.xz$/, '') },
      ],
      'tar -xJf zig-linux-x86_64-0.13.0.tar.xz -C /opt',
    ),
  ],
};
