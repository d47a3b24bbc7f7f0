import { baseName, resolvePath } from '../../syntax/paths.ts';
import {
  type BuildEffect,
  type Ecosystem,
  type ImageFiles,
  type ParsedWords,
  type ProgramTraits,
  programWords,
  type ToolCall,
} from '../ecosystem.ts';
import { buildScript, keepsOutput, ownLinks } from '../rust/build-scripts.ts';
import { lockedLibraries, manifestLibraries } from '../rust/libraries.ts';
import { linkageOf, ownLibraries } from '../rust/linkage.ts';
import {
  librariesIn,
  manifest,
  programsIn,
  type Selection,
  selectedPackages,
  withDependencies,
  workspaceRoot,
} from '../rust/packages.ts';
import { startedByCall } from '../shell-constants.ts';
import { someSource } from '../some-source.ts';

const VALUE_FLAGS = [
  '--target',
  '--target-dir',
  '--manifest-path',
  '--bin',
  '-p',
  '--package',
  '--features',
  '-F',
  '--profile',
  '--path',
  '--root',
  '--version',
  '--vers',
  '--git',
  '--branch',
  '--tag',
  '--rev',
  '-j',
  '--jobs',
  '--example',
  '--registry',
  '--config',
  '-Z',
  '--color',
  '--message-format',
  '--toolchain',
  '--exclude',
];

/** What a call says of the packages that it compiles. */
function selectionOf({ argv }: ToolCall, words: ParsedWords): Selection {
  const values = (names: readonly string[]): string[] =>
    argv.flatMap((word, index) => {
      const name = names.find((one) => word === one || word?.startsWith(`${one}=`));
      return name === undefined
        ? []
        : [word === name ? (argv[index + 1] ?? '') : (word as string).slice(name.length + 1)];
    });
  return {
    packages: values(['-p', '--package']),
    everything: words.flags.has('--workspace') || words.flags.has('--all'),
    excluded: values(['--exclude']),
    features: words.flags.has('--all-features')
      ? null
      : values(['-F', '--features']).flatMap((value) => value.split(/[\s,]+/)),
    defaults: !words.flags.has('--no-default-features'),
  };
}

/** What a project and its crates need of the system; without a lock file what Cargo.toml names tells it, or nothing does. */
function links(folder: string, selected: readonly string[] | null, call: ToolCall): BuildEffect[] {
  const own = withDependencies(selected ?? [folder], call.files).flatMap((one) =>
    ownLinks(one, (readSources(one, call.files) ?? []).join('\n'), call.files),
  );
  return [ownLibraries, ...own, ...crateLinks(folder, call)];
}

function crateLinks(folder: string, call: ToolCall): BuildEffect[] {
  const lock = call.files.read(resolvePath(workspaceRoot(folder, call.files), 'Cargo.lock'));
  const known = lock === null || lock.trim() === '' ? null : lockedLibraries(lock);
  const packages = known ?? manifestLibraries(manifest(folder, call.files));
  if (packages === null) return [{ kind: 'assumes', code: 'DF307', args: { what: 'Cargo.lock' } }];
  return packages.length === 0 ? [] : [{ kind: 'needs-libraries', packages, because: 'its crates' }];
}

const targetOf = (words: ParsedWords, call: ToolCall): string | undefined => {
  const target = words.flags.get('--target');
  return typeof target === 'string' ? target : (call.env('CARGO_BUILD_TARGET') ?? undefined);
};

function caches(call: ToolCall): BuildEffect[] {
  const home = call.env('CARGO_HOME') ?? resolvePath(call.home, '.cargo');
  return ['registry', 'git', '.package-cache', '.crates.toml', '.crates2.json'].map((name) => ({
    kind: 'cache',
    path: `${home}/${name}`,
  }));
}

function folderOf(words: ParsedWords, call: ToolCall): string {
  const path = words.flags.get('--manifest-path');
  if (typeof path === 'string') return resolvePath(call.cwd, `${path}/..`);
  const at = words.flags.get('--path');
  return typeof at === 'string' ? resolvePath(call.cwd, at) : call.cwd;
}

function build(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const folder = folderOf(words, call);
  const target = targetOf(words, call);
  const given = words.flags.get('--target-dir') ?? call.env('CARGO_TARGET_DIR');
  const workspace = workspaceRoot(folder, call.files);
  const root = typeof given === 'string' ? resolvePath(call.cwd, given) : resolvePath(workspace, 'target');
  const profile = words.flags.get('--profile');
  const name =
    words.flags.has('--release') || words.flags.has('-r') ? 'release' : typeof profile === 'string' ? profile : 'debug';
  const out = [root, target, name].filter((part) => part !== undefined).join('/');
  const linkage = linkageOf([folder, workspace], target, call);
  const bin = words.flags.get('--bin');
  const selection = selectionOf(call, words);
  const selected = selectedPackages(folder, selection, call.files);
  const names =
    typeof bin === 'string' ? [bin] : selected === null ? null : programsIn(selected, selection, call.files);
  const made: BuildEffect[] =
    names === null || names.length === 0
      ? [{ kind: 'program-folder', path: out, linkage }]
      : names.map((program) => ({ kind: 'artifact', path: `${out}/${program}`, tree: false, linkage }));
  const isHost = target === undefined || (/linux/.test(target) && linkage !== 'static');
  // A library among results of its own: https://doc.rust-lang.org/cargo/reference/cargo-targets.html#library
  const libraries =
    isHost && bin === undefined && !words.flags.has('--bins') ? librariesIn(selected ?? [], call.files) : [];
  const keeps = withDependencies(selected ?? [folder], call.files).some((one) =>
    keepsOutput((readSources(one, call.files) ?? []).join('\n')),
  );
  return [
    ...caches(call),
    { kind: 'intermediate', path: root },
    lockOf(workspace),
    { kind: 'compiles', folder },
    ...made,
    ...libraries.map((library): BuildEffect => ({ kind: 'artifact', path: `${out}/${library}`, tree: false, linkage })),
    ...(keeps ? [{ kind: 'writes', path: `${out}/build`, tree: true } as const] : []),
    ...(linkage === 'static' ? [] : links(folder, selected, call)),
  ];
}

/** Written where it is not there: https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html */
const lockOf = (folder: string): BuildEffect => ({ kind: 'intermediate', path: resolvePath(folder, 'Cargo.lock') });

function install(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const root =
    words.flags.get('--root') ??
    call.env('CARGO_INSTALL_ROOT') ??
    call.env('CARGO_HOME') ??
    resolvePath(call.home, '.cargo');
  if (typeof root !== 'string') return [{ kind: 'unknown', why: 'where it installs is not known' }];
  const bin = `${resolvePath(call.cwd, root)}/bin`;
  const path = words.flags.get('--path');
  const fromPath = typeof path === 'string' || (words.operands.length === 0 && !words.flags.has('--git'));
  const folder = folderOf(words, call);
  const isReadable = fromPath && manifest(folder, call.files) !== null;
  const names = isReadable ? programsIn([folder], selectionOf(call, words), call.files) : null;
  const workspace = workspaceRoot(folder, call.files);
  const linkage = linkageOf(isReadable ? [folder, workspace] : [call.cwd], targetOf(words, call), call);
  const made: BuildEffect[] =
    names === null || names.length === 0
      ? [{ kind: 'program-folder', path: bin, linkage }]
      : names.map((name) => ({ kind: 'artifact', path: `${bin}/${name}`, tree: false, linkage }));
  const needs: BuildEffect[] =
    linkage === 'static'
      ? []
      : fromPath
        ? links(folder, isReadable ? [folder] : null, call)
        : [
            ownLibraries,
            {
              kind: 'assumes',
              code: 'DF307',
              args: { what: `the crate ${words.operands.map((word) => baseName(word ?? '')).join(' ')}` },
            },
          ];
  return [
    ...caches(call),
    { kind: 'intermediate', path: resolvePath(workspace, 'target') },
    // What is installed, for the next installation: https://doc.rust-lang.org/cargo/commands/cargo-install.html
    { kind: 'cache', path: `${resolvePath(call.cwd, root)}/.crates.toml` },
    { kind: 'cache', path: `${resolvePath(call.cwd, root)}/.crates2.json` },
    lockOf(workspace),
    ...(fromPath ? [{ kind: 'compiles', folder } as const] : []),
    ...made,
    ...needs,
  ];
}

/** Crates that do nothing but compute: they open no file, no connection and start no program. */
const PURE_CRATES =
  /^(serde|serde_json|serde_derive|toml|anyhow|thiserror|itertools|regex|lazy_static|once_cell|rand|log|bytes|either|bitflags|cfg-if|indexmap|smallvec|num|num-\w+|clap|structopt|uuid|base64|hex|sha2|md5|syn|quote|proc-macro2|unicode-\w+|semver|strum|strum_macros|derive_more|async-trait|futures|libc)$/;

const SOURCE_LIMIT = 3000;

function readSources(folder: string, files: ImageFiles): readonly string[] | null {
  const texts: string[] = [];
  const queue = [folder];
  let seen = 0;
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    const script = buildScript(at, files);
    for (const name of files.list(at) ?? []) {
      if (++seen > SOURCE_LIMIT) return null;
      if (name === script) continue;
      if (name.endsWith('/')) {
        if (!/^(target|tests|benches|examples|\.git|node_modules)\/$/.test(name)) queue.push(resolvePath(at, name));
      } else if (name.endsWith('.rs')) {
        const text = files.read(resolvePath(at, name));
        if (text === null || text.trim() === '') return null;
        texts.push(text);
      }
    }
  }
  return texts.length > 0 ? texts : null;
}

const OPENS =
  /\b(std::fs|fs::|File::|OpenOptions|read_dir|current_dir|env::set_current_dir|UnixListener|UnixStream|UnixDatagram)\b|\bextern\s+"C"|\.(exists|is_file|is_dir|metadata|canonicalize)\(\)/;

const PACKAGE = { name: /^Cargo\.toml$/, text: /^/, besides: /^(target|\.git|node_modules)\/$/ };

/** Sources that rustc alone compiles, without a package, name something that is neither the standard library nor their own. */
const namesCrates = (text: string): boolean =>
  /\bextern\s+crate\b|\buse\s*(::)?\{/.test(text) ||
  [...text.matchAll(/^[ \t]*(?:pub[ \t]+)?use[ \t]+(?:::)?([a-z]\w*)/gm)].some(
    ([, name]) =>
      !/^(std|core|alloc|crate|self|super)$/.test(name ?? '') && !new RegExp(`\\bmod\\s+${name}\\b`).test(text),
  );

/** What the sources of a package say of the program; crates that are not known to compute only may do anything. */
function traits(folder: string, files: ImageFiles): ProgramTraits | null {
  const sources = readSources(folder, files);
  const toml = manifest(folder, files);
  if (sources === null) return null;
  const text = sources.join('\n');
  if (toml === null && (someSource(folder, PACKAGE, files) || namesCrates(text))) return null;
  const section = /^\[(?:workspace\.)?dependencies\]([^[]*)/ms.exec(toml ?? '')?.[1] ?? '';
  const crates = [
    ...[...section.matchAll(/^([\w-]+)\s*[.=]/gm)].map((match) => match[1] as string),
    ...[...(toml ?? '').matchAll(/^\[(?:workspace\.)?dependencies\.([\w-]+)\]/gm)].map((match) => match[1] as string),
  ];
  const foreign = crates.some((crate) => !PURE_CRATES.test(crate)) || /^\[target\.|^\[workspace\]/m.test(toml ?? '');
  const starts = [...text.matchAll(/Command::new\(\s*(?:"([^"]+)"|[^)])/g)].flatMap((match) =>
    startedByCall(match[1], text, match.index + match[0].length),
  );
  const runs = [...new Set(starts)];
  return {
    // What it starts may read what it is told to.
    readsFiles: foreign || OPENS.test(text) || runs.length > 0,
    runs,
    mayRun: programWords(runs, text),
    timeZones: foreign,
    certificates: foreign,
    users: foreign,
    evidence: `${sources.length} Rust source file${sources.length === 1 ? '' : 's'}`,
  };
}

/** Rust with cargo: https://doc.rust-lang.org/cargo/commands/ */
export const rust: Ecosystem = {
  id: 'rust',
  docs: 'https://doc.rust-lang.org/cargo/commands/',
  interpreted: false,
  // https://docs.rs/openssl-probe, which native-tls and rustls-native-certs ask
  runtimeData: { certificates: '/etc/ssl/certs/ca-certificates.crt' },
  traits,
  compileInput: (path) =>
    /(\.rs|(^|\/)Cargo\.(toml|lock)|(^|\/)rust-toolchain(\.toml)?|(^|\/)\.cargo\/config(\.toml)?|(^|\/)rustfmt\.toml)$/.test(
      path,
    ),
  rules: [
    {
      id: 'build',
      tools: ['cargo', 'cross'],
      subcommands: ['build', 'b', 'rustc'],
      valueFlags: VALUE_FLAGS,
      says: 'compiles a program',
      example: 'cargo build --release',
      read: build,
    },
    {
      id: 'install',
      tools: ['cargo'],
      subcommands: ['install'],
      valueFlags: VALUE_FLAGS,
      says: 'compiles and installs a program',
      example: 'cargo install --path .',
      read: install,
    },
    {
      id: 'check',
      tools: ['cargo'],
      subcommands: [
        'test',
        't',
        'check',
        'clippy',
        'fmt',
        'bench',
        'doc',
        'fetch',
        'vendor',
        'update',
        'generate-lockfile',
        'chef',
        'clean',
        'tree',
        'metadata',
        'pkgid',
        'version',
        'audit',
        'deny',
        'nextest',
      ],
      valueFlags: VALUE_FLAGS,
      says: 'checks the sources or fetches crates',
      example: 'cargo fetch',
      read: (call, words) => {
        const root = workspaceRoot(folderOf(words, call), call.files);
        return [
          ...caches(call),
          { kind: 'intermediate', path: resolvePath(root, 'target') },
          lockOf(root),
          { kind: 'checks' },
        ];
      },
    },
    {
      id: 'new',
      tools: ['cargo'],
      subcommands: ['new', 'init'],
      valueFlags: VALUE_FLAGS,
      says: 'makes an empty project for the compiler',
      example: 'cargo new --bin app',
      read: (call, words) => [
        { kind: 'cache', path: resolvePath(call.cwd, words.operands.at(-1) ?? '.') },
        { kind: 'compiles', folder: call.cwd },
      ],
    },
    {
      id: 'rustup',
      tools: ['rustup', 'rustup-init'],
      subcommands: null,
      says: 'sets up the compiler',
      example: 'rustup target add x86_64-unknown-linux-musl',
      read: (call) => [{ kind: 'toolchain', path: call.env('RUSTUP_HOME') ?? resolvePath(call.home, '.rustup') }],
    },
    {
      id: 'rustc',
      tools: ['rustc'],
      subcommands: null,
      valueFlags: ['-o', '-C', '--target', '--edition', '-L', '-l', '--crate-type', '--out-dir'],
      says: 'compiles a program',
      example: 'rustc -O -o /bin/app main.rs',
      read: (call, words) => {
        const out = words.flags.get('-o');
        const source = words.operands[0];
        if (typeof out !== 'string' && typeof source !== 'string') return [{ kind: 'checks' }];
        const path = resolvePath(
          call.cwd,
          typeof out === 'string' ? out : baseName(source as string).replace(/\.rs$/, ''),
        );
        const linkage = linkageOf([], undefined, call);
        return [
          { kind: 'compiles', folder: call.cwd },
          { kind: 'artifact', path, tree: false, linkage },
          ...(linkage === 'static' ? [] : [ownLibraries]),
        ];
      },
    },
  ],
};
