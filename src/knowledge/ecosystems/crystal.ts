import { baseName, resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, ParsedWords, ToolCall } from '../ecosystem.ts';
import { sourceTraits } from '../source-traits.ts';

const VALUE_FLAGS = [
  '-o',
  '--output',
  '-D',
  '--define',
  '-O',
  '--threads',
  '-t',
  '--target',
  '--link-flags',
  '--mcpu',
  '--mattr',
  '--mcmodel',
  '--cross-compile',
  '--emit',
  '--error-trace-format',
  '-f',
  '--format',
  '-p',
  '--prelude',
  '--exclude',
  '--jobs',
  '--warnings',
  '--exclude-warnings',
];

/**
 * Libraries that the standard library is linked with where a program requires them:
 * https://crystal-lang.org/reference/latest/man/required_libraries.html
 */
const DEBIAN = [
  'libgc1',
  'libpcre2-dev',
  'libevent-dev',
  'libssl-dev',
  'libyaml-dev',
  'libxml2-dev',
  'libgmp-dev',
  'zlib1g',
];
const ALPINE = ['gc', 'pcre2', 'libevent', 'libgcc', 'yaml', 'libxml2', 'gmp', 'zlib'];

/** Before 1.8 regular expressions were those of PCRE: https://crystal-lang.org/2023/03/02/crystal-1.8-upgrade-to-pcre2/ */
function libraries(call: ToolCall): BuildEffect {
  const version = call.image?.family === 'crystal' ? (call.memory.get('image-version') ?? '') : '';
  const [major = 2, minor = 0] = version.split('.').map(Number);
  const packaged = call.image?.family === 'alpine' ? Number(call.image.release?.slice(2)) : Number.NaN;
  const before = /^(buster|bullseye|bookworm|bionic|focal|jammy)$/.test(call.image?.release ?? '');
  const old = version === '' ? packaged < 18 || before : major === 0 || (major === 1 && minor < 8);
  return {
    kind: 'needs-libraries',
    packages: [...DEBIAN, ...(old ? ['libpcre3'] : [])],
    alpine: [...ALPINE, ...(old ? ['pcre'] : [])],
    withCompiler: true,
    because: 'the standard library',
  };
}

function effects(call: ToolCall, words: ParsedWords, programs: readonly string[]): BuildEffect[] {
  const linked = [...words.flags].some(([flag, value]) => flag === '--link-flags' && /-static\b/.test(String(value)));
  const isStatic = words.flags.has('--static') || linked;
  const linkage = isStatic ? 'static' : 'system';
  return [
    { kind: 'cache', path: call.env('CRYSTAL_CACHE_DIR') ?? resolvePath(call.home, '.cache/crystal') },
    { kind: 'compiles', folder: call.cwd },
    ...programs.map((path): BuildEffect => ({ kind: 'artifact', path, tree: false, linkage })),
    ...(isStatic ? [] : [libraries(call)]),
  ];
}

function build(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const out = words.flags.get('-o') ?? words.flags.get('--output');
  const [source] = words.operands;
  if (out === null || source == null || words.flags.has('--cross-compile') || words.flags.has('--emit'))
    return [{ kind: 'unknown', why: 'the name of what it builds is not known' }];
  const name = typeof out === 'string' ? out : baseName(source).replace(/\.\w+$/, '');
  return words.flags.has('--no-codegen') ? [{ kind: 'checks' }] : effects(call, words, [resolvePath(call.cwd, name)]);
}

/** The targets of shard.yml: https://github.com/crystal-lang/shards/blob/master/docs/shard.yml.adoc */
function targets(call: ToolCall): string[] | null {
  const text = call.files.read(resolvePath(call.cwd, 'shard.yml'));
  const section = /^targets:[ \t]*\r?\n((?:[ \t]+.*(?:\r?\n|$)|\r?\n|#.*\r?\n)*)/m.exec(text ?? '')?.[1];
  if (section === undefined) return null;
  const indent = /^([ \t]+)\S/m.exec(section)?.[1] ?? '  ';
  return [...section.matchAll(new RegExp(`^${indent}["']?([\\w.-]+)["']?:`, 'gm'))].map((match) => match[1] as string);
}

const dependencies = (call: ToolCall): BuildEffect[] => [
  { kind: 'intermediate', path: `${call.cwd}/lib` },
  { kind: 'intermediate', path: `${call.cwd}/.shards` },
  { kind: 'cache', path: call.env('SHARDS_CACHE_PATH') ?? resolvePath(call.home, '.cache/shards') },
];

function shardsBuild(call: ToolCall, words: ParsedWords): BuildEffect[] {
  if (words.operands.includes(null)) return [{ kind: 'unknown', why: 'which target it builds is not known' }];
  const named = words.operands as string[];
  const names = named.length > 0 ? named : targets(call);
  const bin = call.env('SHARDS_BIN_PATH') ?? `${call.cwd}/bin`;
  const linkage = words.flags.has('--static') ? 'static' : 'system';
  const made = effects(call, words, names?.map((name) => `${bin}/${name}`) ?? []);
  return [
    ...dependencies(call),
    ...made,
    ...(names === null ? [{ kind: 'program-folder', path: bin, linkage } as const] : []),
  ];
}

/** Crystal with its compiler and shards: https://crystal-lang.org/reference/latest/man/ */
export const crystal: Ecosystem = {
  id: 'crystal',
  docs: 'https://crystal-lang.org/reference/latest/man/crystal/',
  interpreted: false,
  // Templates of ECR are compiled in: https://crystal-lang.org/api/latest/ECR.html
  compileInput: (path) => /(\.(cr|ecr)|(^|\/)shard\.(yml|lock|override\.yml))$/.test(path),
  traits: (folder, files) =>
    sourceTraits(
      {
        extension: /\.cr$/,
        starts: /\b(?:Process\.(?:run|new|exec)|system)[ (]+(?:"([\w./-]+)"|[^)])|(?<!\w)`[^`]/g,
        comment: /^[ \t]*#.*$|\s# .*$/gm,
      },
      folder,
      files,
    ),
  rules: [
    {
      id: 'build',
      tools: ['crystal'],
      subcommands: ['build', 'compile'],
      valueFlags: VALUE_FLAGS,
      says: 'compiles a program',
      example: 'crystal build --release -o /bin/app src/app.cr',
      read: build,
    },
    {
      id: 'checks',
      tools: ['crystal'],
      subcommands: ['spec', 'tool', 'version', 'env', 'docs'],
      says: 'checks the sources',
      example: 'crystal spec',
      read: (call, { subcommand }) =>
        subcommand === 'docs' ? [{ kind: 'writes', path: `${call.cwd}/docs`, tree: true }] : [{ kind: 'checks' }],
    },
    {
      id: 'shards-build',
      tools: ['shards'],
      subcommands: ['build'],
      valueFlags: VALUE_FLAGS,
      says: 'compiles the targets of the project',
      example: 'shards build --release',
      read: shardsBuild,
    },
    {
      id: 'shards',
      tools: ['shards'],
      subcommands: ['install', 'update', 'check', 'list', 'lock', 'prune', 'version', 'outdated'],
      says: 'fetches the sources of dependencies',
      example: 'shards install --production',
      read: dependencies,
    },
  ],
};
