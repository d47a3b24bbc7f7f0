import { baseName, resolvePath } from '../../syntax/paths.ts';
import {
  type BuildEffect,
  type Ecosystem,
  type ImageFiles,
  type Linkage,
  type ParsedWords,
  type ProgramTraits,
  programWords,
  type ToolCall,
} from '../ecosystem.ts';

// Flags of the build commands that take a value: https://pkg.go.dev/cmd/go#hdr-Compile_packages_and_dependencies
const VALUE_FLAGS = [
  '-o',
  '-p',
  '-tags',
  '-ldflags',
  '-gcflags',
  '-asmflags',
  '-mod',
  '-modfile',
  '-C',
  '-installsuffix',
  '-buildmode',
  '-pkgdir',
  '-covermode',
  '-coverpkg',
  '-compiler',
  '-gccgoflags',
  '-overlay',
  '-toolexec',
];

// Packages of the standard library that never reach cgo (net, os/user, plugin and what imports them do).
const PURE =
  /^(bufio|bytes|cmp|compress\/\w+|container\/\w+|context|crypto\/(md5|sha\d+|rand|aes|cipher|hmac|subtle|des|rc4|ecdsa|ed25519|elliptic|rsa)|database\/sql|embed|encoding(\/\w+)?|errors|flag|fmt|hash(\/\w+)?|html(\/template)?|image(\/\w+)*|index\/suffixarray|io(\/\w+)?|iter|log|log\/slog|maps|math(\/\w+)*|mime|os|os\/signal|os\/exec|path(\/filepath)?|reflect|regexp(\/syntax)?|runtime(\/(debug|pprof|trace))?|slices|sort|strconv|strings|sync(\/\w+)?|syscall|testing\/fstest|text(\/\w+)*|time|unicode(\/\w+)?|unique|unsafe|archive\/zip|bufio)$/;

interface Sources {
  readonly imports: ReadonlySet<string>;
  readonly text: string;
  readonly hasMain: boolean;
  readonly count: number;
}

const FOLDER_LIMIT = 4000;

/** Every non-test source below the folder; null where the tree is too large or nothing can be read. */
function readSources(folder: string, files: ImageFiles): Sources | null {
  const imports = new Set<string>();
  const texts: string[] = [];
  const queue = [folder];
  let hasMain = false;
  let seen = 0;
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const name of files.list(at) ?? []) {
      if (++seen > FOLDER_LIMIT) return null;
      if (name.endsWith('/')) {
        if (!/^(vendor|testdata|node_modules|\.git|_.*)\/$/.test(name)) queue.push(resolvePath(at, name));
      } else if (name.endsWith('.go') && !name.endsWith('_test.go')) {
        const text = files.read(resolvePath(at, name));
        if (text === null || !/^package \w+/m.test(text)) return null;
        if (/^package main\b/m.test(text)) hasMain = true;
        for (const block of text.matchAll(/^import\s+(?:\(([\s\S]*?)^\)|(?:[\w.]+\s+)?"([^"]+)")/gm)) {
          if (block[2] !== undefined) imports.add(block[2]);
          else
            for (const path of (block[1] ?? '').matchAll(/^\s*(?:[\w.]+\s+)?["`]([^"`]+)["`]/gm))
              imports.add(path[1] as string);
        }
        texts.push(text);
      }
    }
  }
  return texts.length > 0 && hasMain ? { imports, text: texts.join('\n'), hasMain, count: texts.length } : null;
}

/** The module path of go.mod in the folder or above it. */
function moduleOf(folder: string, files: ImageFiles): { readonly path: string; readonly root: string } | null {
  for (let at = folder; ; at = resolvePath(at, '..')) {
    const module = /^module\s+"?([^\s"]+)/m.exec(files.read(resolvePath(at, 'go.mod')) ?? '');
    if (module?.[1] !== undefined) return { path: module[1], root: at };
    if (at === '/') return null;
  }
}

const lastElement = (path: string): string => baseName(path.replace(/@.*$/, '').replace(/\/v\d+$/, ''));

/** The program's name for a package operand, by `go build`'s rule; null where it cannot be told. */
function programName(operand: string, call: ToolCall): string | null {
  if (operand.endsWith('.go')) return baseName(operand).slice(0, -3);
  if (operand.includes('...')) return null;
  if (!/^\.\.?(\/|$)|^\//.test(operand)) return lastElement(operand);
  const folder = resolvePath(call.cwd, operand);
  const module = moduleOf(folder, call.files);
  if (module !== null && module.root === folder) return lastElement(module.path);
  if (module === null && operand === '.' && call.files.list(folder)?.includes('go.mod')) return null;
  return baseName(folder) || null;
}

function folderOf(words: ParsedWords, call: ToolCall): string {
  const change = words.flags.get('-C');
  return typeof change === 'string' ? resolvePath(call.cwd, change) : call.cwd;
}

function linkage(call: ToolCall, folder: string): Linkage {
  if (call.env('CGO_ENABLED') === '0') return 'static';
  const module = moduleOf(folder, call.files);
  const sources = readSources(module?.root ?? folder, call.files);
  if (sources === null) return 'unknown';
  const own = module?.path;
  const pure = [...sources.imports].every(
    (path) => PURE.test(path) || (own !== undefined && (path === own || path.startsWith(`${own}/`))),
  );
  if (pure) return 'static';
  if (sources.imports.has('C')) return 'unknown';
  // Another module may bring C++ along, which needs its run-time library.
  const standard = [...sources.imports].every(
    (path) =>
      path.split('/')[0]?.includes('.') !== true || (own !== undefined && (path === own || path.startsWith(`${own}/`))),
  );
  return standard ? 'libc' : 'cpp';
}

const gopath = (call: ToolCall): string =>
  call.env('GOPATH')?.split(':')[0] ?? `${call.home === '/' ? '' : call.home}/go`;

function caches(call: ToolCall): BuildEffect[] {
  return [
    { kind: 'cache', path: `${gopath(call)}/pkg` },
    { kind: 'cache', path: call.env('GOCACHE') ?? resolvePath(call.home, '.cache/go-build') },
  ];
}

function build(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const folder = folderOf(words, call);
  const inFolder = { ...call, cwd: folder };
  const output = words.flags.get('-o');
  const effects: BuildEffect[] = [...caches(call), { kind: 'compiles', folder }];
  if (output === null || words.operands.includes(null))
    return [{ kind: 'unknown', why: 'the name of what it builds is not known' }];
  if (output === '/dev/null') return effects;
  const operands = words.operands as string[];
  const link = linkage(inFolder, folder);
  if (typeof output === 'string') {
    const path = resolvePath(folder, output);
    const inside = output.endsWith('/') || operands.length > 1 || operands.some((operand) => operand.includes('...'));
    effects.push({ kind: 'artifact', path, tree: inside && !/\.go$/.test(operands[0] ?? ''), linkage: link });
  } else if (operands.length < 2 || operands.every((operand) => operand.endsWith('.go'))) {
    const operand = operands[0] ?? '.';
    if (operand.includes('...')) return effects;
    const name = programName(operand, inFolder);
    if (name === null) return [{ kind: 'unknown', why: 'the name of what it builds is not known' }];
    effects.push({ kind: 'artifact', path: resolvePath(folder, name), tree: false, linkage: link });
  }
  return effects;
}

function install(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const folder = folderOf(words, call);
  const inFolder = { ...call, cwd: folder };
  const bin = call.env('GOBIN') || `${gopath(call)}/bin`;
  const effects: BuildEffect[] = [...caches(call), { kind: 'compiles', folder }];
  const operands = words.operands.length === 0 ? ['.'] : words.operands;
  const names = operands.map((operand) => (operand === null ? null : programName(operand, inFolder)));
  const link = linkage(inFolder, folder);
  if (names.includes(null) || words.subcommand === 'get')
    return [...effects, { kind: 'artifact', path: bin, tree: true, linkage: link }];
  return [
    ...effects,
    ...names.map((name): BuildEffect => ({ kind: 'artifact', path: `${bin}/${name}`, tree: false, linkage: link })),
  ];
}

function get(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const sources: BuildEffect = { kind: 'cache', path: `${gopath(call)}/src` };
  if (words.flags.has('-d') || call.env('GO111MODULE') === 'on' || call.files.read(resolvePath(call.cwd, 'go.mod'))) {
    return [...caches(call), sources];
  }
  // Before Go 1.18 `go get` installs the programs among the packages.
  return [...install(call, words), sources];
}

/** Everything of package os but arguments, environment, standard streams and signals; and what opens files elsewhere. */
const OPENS =
  /\bos\.(?!(?:Args|Exit|Getenv|LookupEnv|Setenv|Unsetenv|Environ|ExpandEnv|Std(?:in|out|err)|Signal|Interrupt|Kill|Getp?pid|Hostname|Err\w+|Is(?:Exist|NotExist|Permission|Timeout)|Pipe)\b)[A-Z]|\bioutil\.|\bfilepath\.(?:Glob|Walk\w*|EvalSymlinks|Abs)|Parse(?:Files|Glob)|\bhttp\.(?:Dir|FileServer|ServeFile|ListenAndServeTLS)|LoadX509KeyPair|\bplugin\.|\bsyscall\.|"unix(?:gram|packet)?"|\.(?:Static|StaticFS|StaticFile|File|SendFile|ServeFile|ReadConfig\w*|SetConfig\w*)\(/;

/** Modules that start programs which the build image has: by their documentation on https://pkg.go.dev */
const MODULE_PROGRAMS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^github\.com\/hashicorp\/(go-getter|terraform)\b/, ['git', 'hg', 'ssh']],
  [/^github\.com\/Masterminds\/vcs\b/, ['git', 'hg', 'svn']],
  [
    /^(code\.gitea\.io\/(git|gitea)|github\.com\/(gogits|gogs)\/git-module|github\.com\/go-git\/go-git|gopkg\.in\/src-d\/go-git)\b/,
    ['git'],
  ],
  [/^github\.com\/(sourcegraph\/go-vcs|libgit2\/git2go|ldez\/go-git-cmd-wrapper)\b/, ['git']],
  [/^golang\.org\/x\/tools\/go\/(packages|loader|vcs)\b/, ['go', 'git']],
];

const modulePrograms = (imports: ReadonlySet<string>): string[] => [
  ...new Set(
    MODULE_PROGRAMS.flatMap(([pattern, programs]) => ([...imports].some((path) => pattern.test(path)) ? programs : [])),
  ),
];

/** The constant names in calls of exec.Command; a program that starts itself needs no other, `*` stands for any. */
function startedPrograms(text: string): string[] {
  const calls = [
    ...text.matchAll(
      /exec\.Command(?:Context)?\((?:(?:ctx|context\.\w+\(\)|[\w.]*[cC]tx)\s*,\s*)?("([^"]+)"|[^,)\s]+)/g,
    ),
  ];
  const names = calls.flatMap((call) => (call[1] === 'os.Args[0]' ? [] : [call[2] ?? '*']));
  // Other ways to start a program take a path that is rarely a constant.
  return [...new Set(/\b(syscall\.(Exec|ForkExec)|os\.StartProcess)\(/.test(text) ? [...names, '*'] : names)];
}

function traits(folder: string, files: ImageFiles): ProgramTraits | null {
  const module = moduleOf(folder, files);
  const sources = readSources(module?.root ?? folder, files);
  if (sources === null) return null;
  const { imports, text } = sources;
  const has = (pattern: RegExp): boolean => [...imports].some((path) => pattern.test(path));
  const opens = OPENS.test(text);
  // Another module's code may open files under names of its own: only the standard library is known not to.
  const own = module?.path;
  const foreign = [...imports].some(
    (path) => path.split('/')[0]?.includes('.') && !(own !== undefined && (path === own || path.startsWith(`${own}/`))),
  );
  const starts =
    has(/^(os\/exec|syscall)$/) && /\b(exec\.Command|syscall\.(Exec|ForkExec)|os\.StartProcess)/.test(text);
  const runs = [...new Set([...(starts ? startedPrograms(text) : []), ...modulePrograms(imports)])];
  return {
    readsFiles: opens || foreign,
    runs,
    mayRun: programWords(runs, text),
    timeZones: foreign || /\bLoadLocation\b|"TZ"/.test(text),
    certificates: foreign || has(/^(net\/http|crypto\/tls|crypto\/x509|net\/smtp)$/),
    users: foreign || imports.has('os/user'),
    evidence: `${sources.count} Go source file${sources.count === 1 ? '' : 's'}`,
  };
}

/** The archives of https://go.dev/dl hold one folder, `go`, with the compiler and nothing that a program reads but zones. */
function unpack(call: ToolCall, words: ParsedWords): BuildEffect[] | null {
  const archive = /(^|[\s/])go\d[\w.]*\.linux-\w+\.tar\.gz(?=\s|$)/;
  const named = [...call.argv, call.memory.get('stdin') ?? ''].some((word) => word !== null && archive.test(word));
  const into = words.flags.get('-C') ?? words.flags.get('--directory') ?? '.';
  if (!named || typeof into !== 'string') return null;
  const strip = words.flags.get('--strip-components') ?? words.flags.get('--strip');
  const root = strip === undefined ? `${into}/go` : strip === '1' ? into : null;
  return root === null ? null : [{ kind: 'toolchain', path: resolvePath(call.cwd, root) }];
}

/** Programs that write Go sources beside the ones they read, and nothing else. */
const GENERATORS =
  'qtc easyjson stringer enumer mockgen mockery msgp ffjson templ wire counterfeiter sqlc gqlgen oapi-codegen moq go-enum go-bindata deepcopy-gen'.split(
    ' ',
  );

/** The programs behind the //go:generate lines below a folder: https://go.dev/blog/generate */
function generate(call: ToolCall): BuildEffect[] {
  const sources = readSources(call.cwd, call.files);
  const lines = [...(sources?.text ?? '').matchAll(/^\/\/go:generate\s+(\S+)/gm)].map((match) => match[1] as string);
  if (sources !== null && lines.every((program) => GENERATORS.includes(baseName(program))))
    return [...caches(call), { kind: 'compiles', folder: call.cwd }];
  return [
    { kind: 'builds-in-place', folder: call.cwd },
    { kind: 'assumes', code: 'DF202', args: { command: 'go generate', where: call.cwd } },
  ];
}

/** Go: https://go.dev/ref/mod, https://pkg.go.dev/cmd/go */
export const go: Ecosystem = {
  id: 'go',
  docs: 'https://pkg.go.dev/cmd/go',
  interpreted: false,
  // https://pkg.go.dev/crypto/x509 (root_linux.go), https://pkg.go.dev/time#LoadLocation
  runtimeData: {
    certificates: '/etc/ssl/certs/ca-certificates.crt',
    timeZones: { family: 'golang', root: '/usr/local/go', path: 'lib/time/zoneinfo.zip' },
  },
  runners: ['realize', 'air', 'reflex', 'CompileDaemon', 'gin', 'fresh'],
  compileInput: (path) =>
    /(\.go|(^|\/)go\.(mod|sum|work)|(^|\/)go\.work\.sum|(^|\/)(Gopkg|glide)\.(toml|lock|yaml))$/.test(path) ||
    /(^|\/)vendor\//.test(path),
  rules: [
    {
      id: 'build',
      tools: ['go'],
      subcommands: ['build'],
      valueFlags: VALUE_FLAGS,
      says: 'compiles a program',
      read: build,
    },
    {
      id: 'install',
      tools: ['go', 'go-wrapper'],
      subcommands: ['install'],
      valueFlags: VALUE_FLAGS,
      says: 'compiles and installs a program',
      read: install,
    },
    { id: 'get', tools: ['go'], subcommands: ['get'], valueFlags: VALUE_FLAGS, says: 'fetches packages', read: get },
    {
      id: 'fetch',
      tools: ['go', 'go-wrapper'],
      subcommands: ['mod', 'download', 'work'],
      says: 'fetches modules for the compiler',
      read: (call) => [...caches(call), { kind: 'cache', path: `${call.cwd}/vendor` }],
    },
    {
      id: 'dep',
      tools: ['dep', 'glide', 'govendor', 'godep', 'gvt'],
      subcommands: null,
      says: 'fetches packages for the compiler',
      read: (call) => [
        { kind: 'cache', path: `${gopath(call)}/pkg` },
        { kind: 'cache', path: `${call.cwd}/vendor` },
      ],
    },
    {
      id: 'check',
      tools: ['go'],
      subcommands: ['vet', 'test', 'version', 'env', 'list', 'fmt', 'clean', 'help', 'doc', 'tool', 'fix', 'telemetry'],
      valueFlags: VALUE_FLAGS,
      says: 'checks the sources',
      read: (call) => [...caches(call), { kind: 'checks' }],
    },
    {
      id: 'unpack',
      tools: ['tar'],
      subcommands: null,
      valueFlags: ['-C', '--directory', '-f', '--file', '--strip-components', '--strip'],
      says: 'unpacks the compiler',
      read: unpack,
    },
    {
      id: 'check',
      tools: ['gofmt', 'golint', 'staticcheck', 'golangci-lint', 'govulncheck'],
      subcommands: null,
      says: 'checks the sources',
      read: () => [{ kind: 'checks' }],
    },
    {
      id: 'generate',
      tools: ['go'],
      subcommands: ['generate'],
      says: 'generates sources',
      read: generate,
    },
    {
      id: 'generator',
      tools: GENERATORS,
      subcommands: null,
      says: 'generates sources',
      read: (call) => [{ kind: 'compiles', folder: call.cwd }],
    },
  ],
  traits,
};
