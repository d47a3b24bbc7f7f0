import { baseName, parentFolder, resolvePath } from '../../syntax/paths.ts';
import { cmake } from '../c/cmake.ts';
import { compilerLibraries } from '../c/compiler-libraries.ts';
import { configure, configureOpenssl, FOLDER_FLAGS } from '../c/configure.ts';
import { generatorRules, isGenerator } from '../c/generators.ts';
import { mayAskForCertificates } from '../c/headers.ts';
import { librariesOfHeaders, linkedOfImage } from '../c/image-libraries.ts';
import { make, startedRecipes } from '../c/make.ts';
import { mesonRules } from '../c/meson.ts';
import { packagerRules } from '../c/packagers.ts';
import {
  type BuildEffect,
  type Ecosystem,
  type ImageFiles,
  type ParsedWords,
  type ProgramTraits,
  programWords,
  type ToolCall,
} from '../ecosystem.ts';
import { hasDevelopmentLibraries } from '../images/buildpack-deps.ts';

/** Compilers of an MPI, which link its libraries: https://docs.open-mpi.org/en/main/man-openmpi/man1/mpicc.1.html */
const MPI = ['mpicc', 'mpicxx', 'mpic++', 'mpiCC', 'mpif77', 'mpif90', 'mpifort'];
const COMPILERS = ['gcc', 'g++', 'cc', 'c++', 'clang', 'clang++', 'musl-gcc', 'gfortran', ...MPI];
const FORTRAN = /\.(f|for|f77|f90|f95|f03|f08)$/i;

/** https://gcc.gnu.org/onlinedocs/gcc/Overall-Options.html, https://gcc.gnu.org/onlinedocs/gcc/Link-Options.html */
function compile(call: ToolCall, words: ParsedWords): BuildEffect[] {
  const tool = baseName(call.argv[0] ?? '');
  const flags = [...words.flags.keys()];
  const named = (pattern: RegExp): boolean => words.operands.some((word) => pattern.test(word ?? ''));
  const cpp = /(\+\+(-[\d.]+)?|^mpi(cxx|CC))$/.test(tool) || named(/\.(cc|cpp|cxx|C)$/);
  const fortran = /^(gfortran|mpif)/.test(tool) || named(FORTRAN);
  const attached = flags.find((flag) => /^-o./.test(flag))?.slice(2);
  const out = words.flags.get('-o') ?? attached;
  // Words that another program tells, `$(ls *.c)`, `$(pkg-config --libs x)`, name sources and libraries where the output is named beside them.
  const told = words.operands.includes(null);
  if (out === null || (told && typeof out !== 'string'))
    return [{ kind: 'unknown', why: 'the name of what it builds is not known' }];
  if (words.flags.has('--version') || words.operands.length === 0) return [{ kind: 'checks' }];
  const path = resolvePath(call.cwd, typeof out === 'string' ? out : 'a.out');
  if (words.flags.has('-c') || words.flags.has('-S') || words.flags.has('-E')) {
    const objects =
      typeof out === 'string'
        ? [path]
        : words.operands.map((word) => resolvePath(call.cwd, baseName(word ?? '').replace(/\.\w+$/, '.o')));
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
    : others || told || fortran || files || MPI.includes(tool)
      ? cpp
        ? 'unknown'
        : 'system'
      : cpp
        ? 'cpp'
        : 'libc';
  return [
    { kind: 'compiles', folder: sourceFolder(call, words) },
    { kind: 'artifact', path, tree: false, linkage },
    ...(told && !isStatic && call.image !== null && hasDevelopmentLibraries(call.image)
      ? [{ kind: 'needs-image', because: 'another program tells what is linked' } as const]
      : []),
    ...(isStatic && !told ? [] : [...compilerLibraries(call, flags, fortran), ...linkedOfImage(call, flags)]),
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

/** Functions and types that take the name of a file: https://pubs.opengroup.org/onlinepubs/9699919799/functions/contents.html */
const OPENS =
  /\b(?:(?:fopen|freopen|open|openat|creat|opendir|scandir|ftw|nftw|fts_open|glob|stat|lstat|fstatat|access|faccessat|chdir|chroot|mkdir|rename|unlink|remove|link|symlink|readlink|realpath|chmod|chown|truncate|mkfifo|mount|dlopen|setlocale|bindtextdomain)(?:64)?\s*\(|sockaddr_un\b|[io]?fstream\b|std::filesystem\b)/;

/** What C and C++ sources below a folder say of the program; null where one of them cannot be read. */
function traits(folder: string, files: ImageFiles): ProgramTraits | null {
  const sources = readSources(folder, files);
  if (sources === null || sources.size === 0) return null;
  const names = [...sources.keys()];
  const text = [...sources.values()].join('\n');
  const headers = [...text.matchAll(/^[ \t]*#[ \t]*include[ \t]*<([^>\r\n\u2028\u2029]+)>/gm)].map(
    (match) => match[1] as string,
  );
  const included = [...text.matchAll(/^[ \t]*#[ \t]*include[ \t]*"([^"\r\n\u2028\u2029]+)"/gm)].map(
    (match) => match[1] as string,
  );
  const own = included.map(baseName);
  const isOwn = own.every((header) => names.some((name) => baseName(name) === header));
  const foreign = headers.some((header) => header.includes('.') && !STANDARD_HEADER.test(header)) || !isOwn;
  const runs = /\b(system|popen|exec[lv]p?e?|posix_spawnp?)\s*\(/.test(text) ? ['*'] : [];
  return {
    // What it starts may read what it is told to.
    readsFiles: foreign || OPENS.test(text) || runs.length > 0,
    runs,
    mayRun: programWords(runs, text),
    timeZones: foreign || /\b(localtime|localtime_r|tzset|mktime|zoned_time|current_zone)\b/.test(text),
    certificates: !isOwn || mayAskForCertificates(text, headers),
    users: foreign || /\b(getpw|getgr|getaddrinfo|gethostby|getservby)/.test(text),
    libraries: librariesOfHeaders([...headers, ...included]),
    evidence: `${names.length} C source file${names.length === 1 ? '' : 's'}`,
  };
}

/** C and C++ with compilers, make, cmake and autotools: https://www.gnu.org/prep/standards/, https://cmake.org/cmake/help/latest/manual/cmake.1.html */
export const c: Ecosystem = {
  id: 'c',
  docs: 'https://www.gnu.org/prep/standards/standards.html#Managing-Releases',
  interpreted: false,
  traits,
  scriptOf: startedRecipes,
  runsArtifact: isGenerator,
  compileInput: (path) =>
    /(\.(c|cc|cpp|cxx|h|hh|hpp|hxx|o|a|in|am|ac|cmake|f90|f95|f03|f08|for|f77)|(^|\/)(CMakeLists\.txt|[Mm]akefile|GNUmakefile|configure|meson\.build))$/.test(
      path,
    ),
  scripts: ['bootstrap-vcpkg.sh', 'config', 'Configure', 'configure', 'autogen.sh', 'bootstrap', 'bootstrap.sh'],
  rules: [
    {
      id: 'compile',
      tools: COMPILERS,
      subcommands: null,
      valueFlags: ['-o', '-x', '-I', '-L', '-isystem', '-include', '-MF', '-MT', '-MQ', '-idirafter', '-Xlinker', '-J'],
      says: 'compiles a program',
      example: 'gcc -O2 -o /bin/app main.c',
      read: compile,
    },
    {
      id: 'configure',
      tools: ['configure'],
      subcommands: null,
      valueFlags: FOLDER_FLAGS,
      says: 'prepares the build',
      example: './configure --prefix=/opt/app',
      read: configure,
    },
    {
      id: 'openssl',
      tools: ['config', 'Configure'],
      subcommands: null,
      says: 'prepares the build',
      example: '/build/openssl-3.0.15/config --prefix=/opt/ssl',
      read: configureOpenssl,
    },
    {
      id: 'autotools',
      tools: ['autoreconf', 'autoconf', 'automake', 'aclocal', 'libtoolize', 'autoheader', 'autogen.sh', 'bootstrap'],
      subcommands: null,
      valueFlags: FOLDER_FLAGS,
      says: 'prepares the build',
      example: 'autoreconf -fi',
      // The scripts hand their options on to configure: https://www.gnu.org/software/automake/manual/html_node/autogen_002esh.html
      read: (call, words) =>
        words.flags.has('--prefix')
          ? configure(call, words)
          : [
              { kind: 'compiles', folder: call.cwd },
              { kind: 'builds-in-place', folder: call.cwd },
            ],
    },
    {
      id: 'bootstrap',
      tools: ['bootstrap.sh'],
      subcommands: null,
      valueFlags: FOLDER_FLAGS,
      says: 'prepares the build',
      example: './bootstrap.sh --prefix=/opt/app',
      read: (call, words) => (words.flags.has('--prefix') ? configure(call, words) : null),
    },
    {
      id: 'make',
      tools: ['make', 'gmake'],
      subcommands: null,
      valueFlags: ['-C', '--directory', '-f', '--file', '--makefile'],
      openFlags: /^(?!.*(?:dest|dir|path|prefix|out|root))[A-Za-z_]\w*$/i,
      says: 'runs a makefile',
      example: 'make install',
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
      example: 'cmake -S . -B build',
      read: cmake,
    },
    {
      id: 'ctest',
      tools: ['ctest', 'ar', 'ranlib'],
      subcommands: null,
      valueFlags: ['--test-dir', '-R', '-E', '-L', '-j'],
      says: 'serves the build',
      example: 'ctest --test-dir build',
      read: (call, words) => {
        const folder = words.flags.get('--test-dir');
        return [
          { kind: 'builds-in-place', folder: typeof folder === 'string' ? resolvePath(call.cwd, folder) : call.cwd },
        ];
      },
    },
    {
      id: 'pkg-config',
      tools: ['pkg-config', 'pkgconf'],
      subcommands: null,
      says: 'tells flags',
      example: 'pkg-config --libs libpq',
      read: () => [{ kind: 'prints' }],
    },
    ...mesonRules,
    ...packagerRules,
    ...generatorRules,
  ],
};
