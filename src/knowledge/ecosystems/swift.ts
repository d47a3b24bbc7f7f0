import { withoutComments } from '../../syntax/comments.ts';
import { baseName, resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, ParsedWords, ToolCall } from '../ecosystem.ts';
import { sourceTraits } from '../source-traits.ts';

const VALUE_FLAGS = [
  '-c',
  '--configuration',
  '--product',
  '--target',
  '--package-path',
  '--build-path',
  '--scratch-path',
  '--build-system',
  '-Xswiftc',
  '-Xcc',
  '-Xcxx',
  '-Xlinker',
  '--triple',
  '--swift-sdk',
  '-j',
  '--jobs',
  '--cache-path',
];

/** Packages whose programs read no resource bundle beside them, by their sources on https://swiftpackageindex.com */
const WITHOUT_RESOURCES =
  /^(vapor|fluent|fluent-\w+-driver|leaf|jwt|queues|redis|swift-nio(-\w+)*|swift-log|swift-metrics|swift-argument-parser|swift-collections|swift-algorithms|swift-crypto|async-http-client|hummingbird|swift-atomics)$/;

/** True where no target and no dependency has files that lie beside the program: https://docs.swift.org/swiftpm/documentation/packagemanagerdocs/bundlingresources */
function isAlone(manifest: string | null): boolean {
  if (manifest === null || manifest.trim() === '' || /\bresources\s*:/.test(manifest)) return false;
  const dependencies = [...manifest.matchAll(/\.package\s*\(([^)]*)(?:\)|$)/g)].map((match) => match[1] as string);
  return dependencies.every((text) => {
    const url = /url\s*:\s*"([^"]+)"/.exec(text)?.[1];
    return url !== undefined && WITHOUT_RESOURCES.test(baseName(url).replace(/\.git$/, ''));
  });
}

const caches = (call: ToolCall): BuildEffect[] => [
  { kind: 'cache', path: resolvePath(call.home, '.cache/org.swift.swiftpm') },
  { kind: 'cache', path: resolvePath(call.home, '.swiftpm') },
];

function build(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const one = (...names: readonly string[]): string | true | null | undefined =>
    names.map((name) => words.flags.get(name)).find((value) => value !== undefined);
  const [root, scratch, configuration] = [
    one('--package-path'),
    one('--scratch-path', '--build-path'),
    one('-c', '--configuration') ?? 'debug',
  ];
  if (root === null || scratch === null || typeof configuration !== 'string')
    return [{ kind: 'unknown', why: 'where it builds is not known' }];
  if (words.flags.has('--show-bin-path')) return [{ kind: 'checks' }];
  if (one('--triple', '--swift-sdk') !== undefined) return [{ kind: 'unknown', why: 'it builds for another system' }];
  const folder = typeof root === 'string' ? resolvePath(call.cwd, root) : call.cwd;
  const path = typeof scratch === 'string' ? resolvePath(call.cwd, scratch) : `${folder}/.build`;
  const out = `${path}/${configuration}`;
  const alone = isAlone(call.files.read(resolvePath(folder, 'Package.swift')));
  return [
    ...caches(call),
    { kind: 'intermediate', path },
    { kind: 'compiles', folder },
    alone
      ? { kind: 'program-folder', path: out, linkage: 'system' }
      : { kind: 'artifact', path: out, tree: true, linkage: 'system' },
  ];
}

/** Swift with its package manager: https://docs.swift.org/swiftpm/documentation/packagemanagerdocs/swiftbuild */
export const swift: Ecosystem = {
  id: 'swift',
  docs: 'https://docs.swift.org/swiftpm/documentation/packagemanagerdocs/swiftbuild',
  interpreted: false,
  compileInput: (path) => /(\.swift|(^|\/)Package\.resolved)$/.test(path),
  traits: (folder, files) =>
    sourceTraits(
      {
        extension: /\.swift$/,
        starts: /\b(?:Process\(\)|posix_spawn|Subprocess\.run|popen|execv)[^\n]*/g,
        comment: (text) => withoutComments(text, { quotes: '"', before: /\s/ }),
      },
      folder,
      files,
    ),
  rules: [
    {
      id: 'build',
      tools: ['swift'],
      subcommands: ['build'],
      valueFlags: VALUE_FLAGS,
      says: 'builds the package',
      example: 'swift build -c release',
      read: build,
    },
    {
      id: 'checks',
      tools: ['swift'],
      subcommands: ['package', 'test'],
      valueFlags: VALUE_FLAGS,
      says: 'fetches or checks packages',
      example: 'swift package resolve',
      read: (call, { operands }) =>
        operands[0] === 'init' || operands[0] === 'plugin'
          ? [{ kind: 'unknown', why: 'what it writes is not known' }]
          : [...caches(call), { kind: 'intermediate', path: `${call.cwd}/.build` }, { kind: 'checks' }],
    },
    {
      id: 'compile',
      tools: ['swiftc'],
      subcommands: null,
      valueFlags: ['-o', '-module-name', '-I', '-L', '-Xlinker', '-Xcc', '-target'],
      says: 'compiles a program',
      example: 'swiftc -O -o /bin/app main.swift',
      read: (call, words) => {
        const out = words.flags.get('-o');
        const [source] = words.operands;
        const library = words.flags.has('-emit-library') || words.flags.has('-emit-module') || words.flags.has('-c');
        const several = words.operands.length > 1 ? 'main' : baseName(source ?? '').replace(/\.swift$/, '');
        if (source == null || out === null || library) return [{ kind: 'unknown', why: 'what it builds is not known' }];
        return [
          { kind: 'compiles', folder: call.cwd },
          {
            kind: 'artifact',
            path: resolvePath(call.cwd, typeof out === 'string' ? out : several),
            tree: false,
            linkage: 'system',
          },
        ];
      },
    },
  ],
};
