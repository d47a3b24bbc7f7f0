import { baseName, parentFolder, resolvePath } from '../../syntax/paths.ts';
import {
  type BuildEffect,
  type Ecosystem,
  type ImageFiles,
  type ParsedWords,
  type ProgramTraits,
  programWords,
  type ToolCall,
} from '../ecosystem.ts';
import { makefileScript } from '../makefile.ts';

const COMPILERS = ['gcc', 'g++', 'cc', 'c++', 'clang', 'clang++', 'musl-gcc', 'gfortran'];
const FORTRAN = /\.(f|for|f77|f90|f95|f03|f08)$/i;

/** Libraries of the compiler itself that a program may be linked with, by what asks for them. */
const COMPILER_LIBRARIES: readonly (readonly [RegExp, string, string])[] = [
  [/^-fopenmp/, 'libgomp1', 'libgomp'],
  [/^-latomic$/, 'libatomic1', 'libatomic'],
  [/^-lgfortran$/, 'libgfortran5', 'libgfortran'],
];
/** Releases whose Fortran library has another number than 5: https://packages.debian.org/search?keywords=libgfortran */
const OLD_FORTRAN: Readonly<Record<string, string>> = {
  stretch: 'libgfortran3',
  xenial: 'libgfortran3',
  bionic: 'libgfortran4',
};

function compilerLibraries(call: ToolCall, flags: readonly string[], fortran: boolean): BuildEffect[] {
  const asked = COMPILER_LIBRARIES.filter(
    ([pattern, name]) => flags.some((flag) => pattern.test(flag)) || (fortran && name === 'libgfortran5'),
  );
  if (asked.length === 0) return [];
  const old = OLD_FORTRAN[call.image?.release ?? ''];
  const packages = asked.map(([, name]) => (name === 'libgfortran5' && old !== undefined ? old : name));
  return [{ kind: 'needs-libraries', packages, alpine: asked.map(([, , name]) => name), because: 'the compiler' }];
}

/** https://gcc.gnu.org/onlinedocs/gcc/Overall-Options.html, https://gcc.gnu.org/onlinedocs/gcc/Link-Options.html */
function compile(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const tool = baseName(call.argv[0] ?? '');
  const flags = [...words.flags.keys()];
  const named = (pattern: RegExp): boolean => words.operands.some((word) => pattern.test(word ?? ''));
  const cpp = /\+\+(-[\d.]+)?$/.test(tool) || named(/\.(cc|cpp|cxx|C)$/);
  const fortran = tool.startsWith('gfortran') || named(FORTRAN);
  const attached = flags.find((flag) => /^-o./.test(flag))?.slice(2);
  const out = words.flags.get('-o') ?? attached;
  if (out === null || words.operands.includes(null))
    return [{ kind: 'unknown', why: 'the name of what it builds is not known' }];
  if (words.flags.has('--version') || words.operands.length === 0) return [{ kind: 'checks' }];
  const path = resolvePath(call.cwd, typeof out === 'string' ? out : 'a.out');
  if (words.flags.has('-c') || words.flags.has('-S') || words.flags.has('-E')) {
    const objects =
      typeof out === 'string'
        ? [path]
        : words.operands.map((word) => resolvePath(call.cwd, baseName(word as string).replace(/\.\w+$/, '.o')));
    return [
      { kind: 'compiles', folder: call.cwd },
      ...objects.map((object): BuildEffect => ({ kind: 'intermediate', path: object })),
    ];
  }
  const isStatic = flags.some((flag) => /^--?static(-pie)?$/.test(flag));
  const others = flags.some((flag) => /^-l(?!(c|m|pthread|dl|rt|stdc\+\+)$)|^-(fopenmp|fsanitize|shared)/.test(flag));
  // A library that is named as a file, or by a variable that is expanded elsewhere, may be any.
  const files = named(/\.(so[\d.]*|a)$/);
  const linkage = isStatic
    ? 'static'
    : others || fortran || files
      ? cpp
        ? 'unknown'
        : 'system'
      : cpp
        ? 'cpp'
        : 'libc';
  return [
    { kind: 'compiles', folder: sourceFolder(call, words) },
    { kind: 'artifact', path, tree: false, linkage },
    ...(isStatic ? [] : compilerLibraries(call, flags, fortran)),
  ];
}

/** Where the sources on the command line lie, if that is one folder; else where the compiler runs. */
function sourceFolder(call: ToolCall, words: ParsedWords): string {
  const sources = words.operands.filter(
    (word): word is string => word !== null && (/\.(c|cc|cpp|cxx|C)$/.test(word) || FORTRAN.test(word)),
  );
  const folders = new Set(sources.map((source) => parentFolder(resolvePath(call.cwd, source))));
  return folders.size === 1 ? ([...folders][0] as string) : call.cwd;
}

/** Headers of the C standard and of POSIX: https://pubs.opengroup.org/onlinepubs/9799919799/idx/headers.html */
const STANDARD_HEADER =
  /^(assert|complex|ctype|errno|fenv|float|inttypes|iso646|limits|locale|math|setjmp|signal|stdalign|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|stdnoreturn|string|strings|tgmath|threads|time|uchar|wchar|wctype|unistd|fcntl|poll|pthread|sched|semaphore|termios|getopt|endian|byteswap|sys\/(types|socket|stat|time|wait|select|ioctl|mman|un|epoll|signal|resource|uio|times|utsname)|netinet\/\w+|arpa\/inet|net\/if)\.h$/;

/** Every C and C++ file below a folder by name; null where one cannot be read. */
function readSources(folder: string, files: ImageFiles): ReadonlyMap<string, string> | null {
  const found = new Map<string, string>();
  const queue = [folder];
  for (let at = queue.pop(), seen = 0; at !== undefined; at = queue.pop()) {
    for (const name of files.list(at) ?? []) {
      if (++seen > 3000) return null;
      const path = resolvePath(at, name);
      if (name.endsWith('/')) {
        if (!/^(\.git|build|tests?|docs?)\/$/.test(name)) queue.push(path);
      } else if (/\.(c|cc|cpp|cxx|h|hh|hpp|hxx|ipp|inl)$/.test(name)) {
        const text = files.read(path);
        if (text === null || text.trim() === '') return null;
        found.set(path, text);
      }
    }
  }
  return found;
}

/** What C and C++ sources below a folder say of the program; null where one of them cannot be read. */
function traits(folder: string, files: ImageFiles): ProgramTraits | null {
  const sources = readSources(folder, files);
  if (sources === null || sources.size === 0) return null;
  const names = [...sources.keys()];
  const text = [...sources.values()].join('\n');
  const headers = [...text.matchAll(/^\s*#\s*include\s*<([^>]+)>/gm)].map((match) => match[1] as string);
  const own = [...text.matchAll(/^\s*#\s*include\s*"([^"]+)"/gm)].map((match) => baseName(match[1] as string));
  const foreign =
    headers.some((header) => header.includes('.') && !STANDARD_HEADER.test(header)) ||
    own.some((header) => !names.some((name) => baseName(name) === header));
  const opens =
    /\b(?:(?:fopen|freopen|open|openat|opendir|stat|access|chdir|dlopen|setlocale)\s*\(|[io]?fstream\b|std::filesystem\b)/;
  const runs = /\b(system|popen|exec[lv]p?e?|posix_spawnp?)\s*\(/.test(text) ? ['*'] : [];
  return {
    readsFiles: foreign || opens.test(text),
    runs,
    mayRun: programWords(runs, text),
    timeZones: foreign || /\b(localtime|localtime_r|tzset|mktime|zoned_time|current_zone)\b/.test(text),
    certificates: foreign,
    users: foreign || /\b(getpw\w+|getgr\w+|getaddrinfo|gethostby\w+|getservby\w+)\b/.test(text),
    evidence: `${names.length} C source file${names.length === 1 ? '' : 's'}`,
  };
}

/** A prefix folder that only the installing step fills, or the parts of one that the base image uses too. */
function installTree(prefix: string, call: ToolCall): BuildEffect[] {
  if (prefix === '/usr' || prefix === '/')
    return [{ kind: 'unknown', why: `it installs among the distribution's own files in ${prefix}` }];
  const shared =
    call.image?.toolchainTrees.some((tree) => tree.startsWith(`${prefix}/`)) || call.image?.interpreter != null;
  const parts =
    prefix === '/usr/local' && shared
      ? ['bin', 'etc', 'lib', 'sbin', 'share'].map((part) => `${prefix}/${part}`)
      : [prefix];
  return parts.map((path) => ({ kind: 'artifact', path, tree: true, linkage: 'unknown' }));
}

function configure(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const prefix = words.flags.get('--prefix');
  if (prefix === null) return [{ kind: 'unknown', why: 'its prefix is not known' }];
  call.memory.set('prefix', typeof prefix === 'string' ? resolvePath(call.cwd, prefix) : '/usr/local');
  return [
    { kind: 'compiles', folder: call.cwd },
    { kind: 'builds-in-place', folder: call.cwd },
  ];
}

/** What make would run by the makefile of the build context; null where it is not there or cannot be read. */
function recipes(
  folder: string,
  targets: readonly string[],
  variables: ReadonlyMap<string, string>,
  call: ToolCall,
  words: ParsedWords,
): string | null {
  const named = words.flags.get('-f') ?? words.flags.get('--file') ?? words.flags.get('--makefile');
  const names = typeof named === 'string' ? [named] : ['GNUmakefile', 'makefile', 'Makefile'];
  const text = names.map((name) => call.files.read(resolvePath(folder, name))).find((found) => found !== null);
  if (text === undefined || text === null || text.trim() === '') return null;
  const files = call.files.list(folder) ?? [];
  return makefileScript(text, { targets, variables, env: call.env, files });
}

function make(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const change = words.flags.get('-C') ?? words.flags.get('--directory');
  if (change === null || words.operands.includes(null)) return [{ kind: 'unknown', why: 'what it makes is not known' }];
  const folder = typeof change === 'string' ? resolvePath(call.cwd, change) : call.cwd;
  const variables = new Map(
    words.operands
      .filter((word) => /^\w+=/.test(word ?? ''))
      .map((word) => [(word as string).split('=')[0] as string, (word as string).replace(/^\w+=/, '')]),
  );
  const targets = words.operands.filter((word) => !/^\w+=/.test(word ?? '')) as string[];
  const script = recipes(folder, targets, variables, call, words);
  if (script !== null)
    return [
      { kind: 'compiles', folder },
      { kind: 'intermediate', path: folder },
      { kind: 'runs', script, folder },
    ];
  const effects: BuildEffect[] = [
    { kind: 'compiles', folder },
    { kind: 'builds-in-place', folder },
  ];
  const installs = targets.some((target) => /install/.test(target));
  const generated = call.memory.has('prefix') || call.memory.has(`makefile:${folder}`);
  if (!installs)
    return generated
      ? effects
      : [
          ...effects,
          { kind: 'assumes', code: 'DF202', args: { command: ['make', ...targets].join(' '), where: folder } },
        ];
  const prefix =
    variables.get('PREFIX') ??
    variables.get('prefix') ??
    call.env('PREFIX') ??
    call.memory.get('prefix') ??
    '/usr/local';
  const stage = variables.get('DESTDIR') ?? call.env('DESTDIR') ?? '';
  const where = resolvePath('/', `${stage}/${prefix}`);
  const proof: BuildEffect[] = [
    { kind: 'assumes', code: 'DF305', args: { command: ['make', ...targets].join(' '), prefix: where } },
  ];
  return [...effects, ...installTree(where, call), ...proof];
}

/** True where a CMakeLists.txt below the folder installs to an absolute place. */
function installsElsewhere(folder: string, call: ToolCall, depth = 0): boolean {
  const text = call.files.read(resolvePath(folder, 'CMakeLists.txt'));
  if (depth === 0 && (text === null || !/\w\s*\(/.test(text))) return true;
  if (text !== null && /DESTINATION\s+"?(\/|\$\{(?!CMAKE_INSTALL_|PROJECT_NAME))/i.test(text)) return true;
  if (depth > 3) return false;
  return (call.files.list(folder) ?? []).some(
    (name) => name.endsWith('/') && installsElsewhere(resolvePath(folder, name), call, depth + 1),
  );
}

function cmake(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const at = (flag: string): string | null => {
    const value = words.flags.get(flag);
    return typeof value === 'string' ? resolvePath(call.cwd, value) : null;
  };
  const buildFolder = at('--build');
  if (buildFolder !== null) {
    const target = words.flags.get('--target') ?? words.flags.get('-t');
    if (target !== 'install') return [{ kind: 'intermediate', path: buildFolder }, { kind: 'checks' }];
    return cmakeInstall(buildFolder, null, call);
  }
  const install = at('--install');
  if (install !== null) return cmakeInstall(install, at('--prefix'), call);
  if (words.flags.has('--version')) return [{ kind: 'checks' }];
  if (words.flags.has('-E')) return [{ kind: 'unknown', why: 'cmake -E runs any command' }];
  const source = at('-S') ?? (words.operands[0] == null ? call.cwd : resolvePath(call.cwd, words.operands[0]));
  const build = at('-B') ?? call.cwd;
  const prefix = [...words.flags].find(([flag]) => /^-DCMAKE_INSTALL_PREFIX(:\w+)?$/.test(flag))?.[1];
  call.memory.set(`cmake:${build}`, source);
  call.memory.set(`cmake-prefix:${build}`, typeof prefix === 'string' ? resolvePath(call.cwd, prefix) : '/usr/local');
  call.memory.set('prefix', call.memory.get(`cmake-prefix:${build}`) as string);
  return [
    { kind: 'compiles', folder: source },
    build === source ? { kind: 'builds-in-place', folder: build } : { kind: 'intermediate', path: build },
  ];
}

function cmakeInstall(build: string, given: string | null, call: ToolCall): BuildEffect[] {
  const prefix = given ?? call.memory.get(`cmake-prefix:${build}`) ?? '/usr/local';
  const source = call.memory.get(`cmake:${build}`);
  const proof: BuildEffect[] =
    source === undefined || installsElsewhere(source, call)
      ? [{ kind: 'assumes', code: 'DF305', args: { command: 'cmake --install', prefix } }]
      : [];
  return [{ kind: 'intermediate', path: build }, ...installTree(prefix, call), ...proof];
}

/** C and C++ with compilers, make, cmake and autotools: https://www.gnu.org/prep/standards/, https://cmake.org/cmake/help/latest/manual/cmake.1.html */
export const c: Ecosystem = {
  id: 'c',
  docs: 'https://www.gnu.org/prep/standards/standards.html#Managing-Releases',
  interpreted: false,
  traits,
  compileInput: (path) =>
    /(\.(c|cc|cpp|cxx|h|hh|hpp|hxx|o|a|in|am|ac|cmake|f90|f95|f03|f08|for|f77)|(^|\/)(CMakeLists\.txt|[Mm]akefile|GNUmakefile|configure|meson\.build))$/.test(
      path,
    ),
  rules: [
    {
      id: 'compile',
      tools: COMPILERS,
      subcommands: null,
      valueFlags: ['-o', '-x', '-I', '-L', '-isystem', '-include', '-MF', '-MT', '-MQ', '-idirafter', '-Xlinker', '-J'],
      says: 'compiles a program',
      read: compile,
    },
    { id: 'configure', tools: ['configure'], subcommands: null, says: 'prepares the build', read: configure },
    {
      id: 'autotools',
      tools: [
        'autoreconf',
        'autoconf',
        'automake',
        'aclocal',
        'libtoolize',
        'autoheader',
        'autogen.sh',
        'bootstrap',
        'phpize',
      ],
      subcommands: null,
      says: 'prepares the build',
      read: (call) => [
        { kind: 'compiles', folder: call.cwd },
        { kind: 'builds-in-place', folder: call.cwd },
      ],
    },
    {
      id: 'make',
      tools: ['make', 'gmake'],
      subcommands: null,
      valueFlags: ['-C', '--directory', '-f', '--file', '--makefile'],
      says: 'runs a makefile',
      read: make,
    },
    {
      id: 'cmake',
      tools: ['cmake'],
      subcommands: null,
      valueFlags: [
        '-S',
        '-B',
        '-G',
        '--build',
        '--install',
        '--prefix',
        '--target',
        '-t',
        '--config',
        '--parallel',
        '-j',
        '-D',
      ],
      says: 'builds with cmake',
      read: cmake,
    },
    {
      id: 'ctest',
      tools: ['ctest', 'ar', 'ranlib', 'pkg-config', 'bison', 'flex'],
      subcommands: null,
      says: 'serves the build',
      read: (call) => [{ kind: 'builds-in-place', folder: call.cwd }],
    },
    {
      id: 'ninja',
      tools: ['ninja', 'meson'],
      subcommands: null,
      valueFlags: ['-C'],
      says: 'runs the build',
      read: (call, words) => {
        const at = words.flags.get('-C');
        const folder = typeof at === 'string' ? resolvePath(call.cwd, at) : call.cwd;
        const prefix = call.memory.get('prefix') ?? '/usr/local';
        const inPlace: BuildEffect[] = [
          { kind: 'compiles', folder },
          { kind: 'builds-in-place', folder },
        ];
        return words.operands.includes('install')
          ? [
              ...inPlace,
              ...installTree(prefix, call),
              { kind: 'assumes', code: 'DF305', args: { command: 'install', prefix } },
            ]
          : inPlace;
      },
    },
  ],
};
