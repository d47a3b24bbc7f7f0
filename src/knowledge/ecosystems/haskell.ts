import { resolvePath } from '../../syntax/paths.ts';
import type { BuildEffect, Ecosystem, ImageFiles, Linkage, ParsedWords, ToolCall } from '../ecosystem.ts';
import { manifestLibraries } from '../haskell/libraries.ts';
import { hasDevelopmentLibraries } from '../images/buildpack-deps.ts';

const STACK_FLAGS = (
  '--local-bin-path --resolver --stack-yaml --ghc-options --work-dir --flag -j --jobs --cabal-verbosity --compiler --stack-root ' +
  '--system-ghc-path'
).split(' ');
const CABAL_FLAGS = (
  '--installdir --install-method --bindir --ghc-options --flags -f -w --with-compiler --project-file --prefix --builddir ' +
  '--enable-relocatable -j --jobs --overwrite-policy --constraint --index-state'
).split(' ');

/** Packages of Hackage that read files of their own when a program runs: their data lies where they were built. */
const WITH_DATA = /\b(criterion|threepenny-gui|hlint|pandoc|lambdabot|Agda|hoogle|hakyll|shake|snap|stylish-haskell)\b/;

/** What the files of a project say, one text for all; '' where there are none. */
function manifests(folder: string, files: ImageFiles, depth = 0): string {
  return (files.list(folder) ?? [])
    .map((name) => {
      if (name.endsWith('/'))
        return depth < 2 && !/^(\.|dist|node_modules)/.test(name)
          ? manifests(resolvePath(folder, name), files, depth + 1)
          : '';
      return /\.cabal$|^package\.yaml$/.test(name) ? (files.read(resolvePath(folder, name)) ?? '') : '';
    })
    .join('\n');
}

/** A project whose programs look for files where they were built: https://cabal.readthedocs.io/en/stable/cabal-package-description-file.html#accessing-data-files-from-package-code */
const hasData = (text: string): boolean =>
  text.trim() === '' || /^[ \t]*data-(files|dir)\s*:/im.test(text) || WITH_DATA.test(text);

/** Libraries of every program that GHC links with its own run-time system; network looks for protocols by name in netbase. */
const OF_EVERY_PROGRAM: BuildEffect = {
  kind: 'needs-libraries',
  packages: ['libgmp10', 'libnuma1', 'netbase'],
  alpine: ['gmp', 'numactl'],
  withCompiler: true,
  because: 'programs of GHC',
};

/**
 * What the programs of a project need of the system. An image with the development files of many libraries may have been
 * linked with any of them; in another one the file itself installs those, by their packages.
 */
function linked(call: ToolCall, text: string): { readonly linkage: Linkage; readonly effects: readonly BuildEffect[] } {
  if (isStatic(call)) return { linkage: 'static', effects: [] };
  if (call.image === null || !hasDevelopmentLibraries(call.image))
    return { linkage: 'system', effects: [OF_EVERY_PROGRAM] };
  const packages = manifestLibraries(text);
  // A foreign library is left as it is, as an assumption of its own.
  if (packages === null)
    return {
      linkage: 'cpp',
      effects: [OF_EVERY_PROGRAM, { kind: 'native-code', what: 'what the packages of the project link' }],
    };
  const named: BuildEffect[] =
    packages.length === 0 ? [] : [{ kind: 'needs-libraries', packages, because: 'dependencies' }];
  return { linkage: 'cpp', effects: [OF_EVERY_PROGRAM, ...named] };
}

const isStatic = (call: ToolCall): boolean =>
  call.argv.some((word) => word?.includes('-optl-static') || word === '--enable-executable-static');

function stack(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const caches: BuildEffect[] = [
    { kind: 'cache', path: resolvePath(call.home, '.stack') },
    { kind: 'compiles', folder: call.cwd },
  ];
  const folder = words.flags.get('--local-bin-path');
  const work = words.flags.get('--work-dir') ?? '.stack-work';
  if (folder === null || typeof work !== 'string') return [{ kind: 'unknown', why: 'where it builds to is not known' }];
  const text = manifests(call.cwd, call.files);
  const { linkage, effects } = linked(call, text);
  const installed: BuildEffect = {
    kind: 'program-folder',
    path: typeof folder === 'string' ? resolvePath(call.cwd, folder) : resolvePath(call.home, '.local/bin'),
    linkage,
  };
  const places: BuildEffect = { kind: 'artifact', path: resolvePath(call.cwd, `${work}/install`), tree: true, linkage };
  const own: BuildEffect = { kind: 'intermediate', path: resolvePath(call.cwd, work) };
  const deps = [
    '--only-dependencies',
    '--dependencies-only',
    '--only-snapshot',
    '--only-configure',
    '--dry-run',
    '--no-run-tests',
  ];
  switch (words.subcommand) {
    case 'setup':
    case 'update':
    case 'config':
    case 'path':
    case 'ls':
    case 'test':
    case 'clean':
    case 'query':
    case 'unpack':
      return [...caches, own, { kind: 'checks' }];
    case 'build':
    case 'install': {
      if (deps.some((flag) => words.flags.has(flag))) return [...caches, own];
      const copies = words.subcommand === 'install' || words.flags.has('--copy-bins');
      const kept = hasData(text) || !copies ? [places] : [];
      const snapshots: BuildEffect[] = WITH_DATA.test(text)
        ? [{ kind: 'dependencies', path: resolvePath(call.home, '.stack/snapshots') }]
        : [];
      return [...caches, own, ...(copies ? [installed] : []), ...kept, ...snapshots, ...effects];
    }
    default:
      return [
        ...caches,
        { kind: 'builds-in-place', folder: call.cwd },
        { kind: 'assumes', code: 'DF202', args: { command: `stack ${words.subcommand ?? '…'}`, where: call.cwd } },
      ];
  }
}

function cabal(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const caches: BuildEffect[] = [
    ...['.cabal/packages', '.cabal/store', '.cache/cabal', '.local/state/cabal', '.ghc'].map(
      (name): BuildEffect => ({ kind: 'cache', path: resolvePath(call.home, name) }),
    ),
    { kind: 'compiles', folder: call.cwd },
  ];
  const task = (words.subcommand ?? '').replace(/^(v2|new|v1)-/, '');
  const built: BuildEffect = { kind: 'intermediate', path: resolvePath(call.cwd, 'dist-newstyle') };
  if (
    /^(update|check|list|list-bin|outdated|freeze|fetch|info|user-config|test|clean|gen-bounds|haddock|sdist|get|help|path)$/.test(
      task,
    ) ||
    ['--only-dependencies', '--dependencies-only', '--dry-run'].some((flag) => words.flags.has(flag))
  )
    return [...caches, built, { kind: 'checks' }];
  const text = manifests(call.cwd, call.files);
  const { linkage, effects } = linked(call, text);
  const data = hasData(text);
  if (task === 'configure') return [...caches, built];
  if (task === 'build' && !words.subcommand?.startsWith('v1'))
    return [
      ...caches,
      { kind: 'artifact', path: resolvePath(call.cwd, 'dist-newstyle'), tree: true, linkage },
      ...effects,
    ];
  const folder = words.flags.get('--installdir') ?? words.flags.get('--bindir');
  // Without it the programs go to a folder that depends on the version of cabal, and data to its store.
  if (task === 'install' && typeof folder === 'string' && !data && !words.operands.includes(null))
    return [
      ...caches,
      built,
      { kind: 'program-folder', path: resolvePath(call.cwd, folder.replace(/^~(?=\/)/, call.home)), linkage },
      ...effects,
    ];
  if (task === 'install')
    return [
      ...caches,
      { kind: 'unknown', why: 'where this cabal keeps programs and their data is not known', outside: true },
    ];
  return [
    ...caches,
    { kind: 'builds-in-place', folder: call.cwd },
    { kind: 'assumes', code: 'DF202', args: { command: `cabal ${task}`, where: call.cwd } },
  ];
}

function ghc(call: ToolCall, words: ParsedWords): BuildEffect[] {
  if ([...words.flags.keys()].some((flag) => /^(--version|-V|--info|--numeric-version|-e)$/.test(flag)))
    return [{ kind: 'checks' }];
  const target = words.flags.get('-o');
  const [source] = words.operands;
  const name = typeof target === 'string' ? target : source?.replace(/\.l?hs$/, '');
  // Without packages a program is linked with what its own words name.
  const plain = call.argv.every((word) => word !== null && !/^-(l|package|pgm|optl(?!-static))/.test(word));
  const link = linked(call, plain ? 'build-depends: base' : '');
  const effects: BuildEffect[] = [{ kind: 'compiles', folder: call.cwd }, ...link.effects];
  return name === undefined || target === null
    ? [{ kind: 'unknown', why: 'the name of what it compiles to is not known' }]
    : [
        ...effects,
        {
          kind: 'artifact',
          path: resolvePath(call.cwd, name),
          tree: false,
          linkage: link.linkage,
        },
      ];
}

/** Haskell with Stack, Cabal and GHC: https://docs.haskellstack.org/, https://cabal.readthedocs.io/ */
export const haskell: Ecosystem = {
  id: 'haskell',
  docs: 'https://docs.haskellstack.org/en/stable/build_command/',
  interpreted: false,
  compileInput: (path) =>
    /\.(l?hs|hs-boot|hsc|cabal|chs|x|y|hamlet|cassius|lucius|julius)$/.test(path) ||
    /(^|\/)(stack\.yaml(\.lock)?|package\.yaml|cabal\.project(\.\w+)?|hie\.yaml|fourmolu\.yaml|\.hlint\.yaml|Setup\.l?hs)$/.test(
      path,
    ),
  sourcePath: /__FILE__|TemplateHaskell(?:(?!TemplateHaskell)[\s\S])*(location|loc_filename)|getDataFileName/,
  runners: ['stack', 'cabal', 'runghc', 'runhaskell', 'ghci'],
  rules: [
    {
      id: 'stack',
      tools: ['stack'],
      subcommands: [
        'build',
        'install',
        'setup',
        'update',
        'config',
        'path',
        'ls',
        'test',
        'clean',
        'query',
        'unpack',
        'exec',
        'upgrade',
        'run',
        'script',
      ],
      valueFlags: STACK_FLAGS,
      says: 'builds with Stack',
      example: 'stack install --local-bin-path /usr/local/bin',
      read: stack,
    },
    {
      id: 'cabal',
      tools: ['cabal'],
      subcommands: null,
      valueFlags: CABAL_FLAGS,
      says: 'builds with Cabal',
      example: 'cabal build exe:app',
      read: (call, words) =>
        cabal(call, { ...words, subcommand: words.operands[0] ?? null, operands: words.operands.slice(1) }),
    },
    {
      id: 'ghc',
      tools: ['ghc'],
      subcommands: null,
      valueFlags: ['-o', '-outputdir', '-package', '-i', '-I', '-threads'],
      says: 'compiles a program',
      example: 'ghc -O2 -o /bin/app Main.hs',
      read: ghc,
    },
  ],
};
