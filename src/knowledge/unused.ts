import { jdkPrograms } from './images/openjdk.ts';
import { table } from './table.ts';

/**
 * Packages with nothing but programs to start, which go when nothing that runs in the container starts any program:
 * fetching and unpacking tools that an install line brings in for the build.
 */
const PROGRAMS_ONLY = new Set([
  'git',
  'git-core',
  'curl',
  'wget',
  'mercurial',
  'hg',
  'subversion',
  'svn',
  'bzr',
  'unzip',
  'zip',
  'tar',
  'gzip',
  'xz',
  'xz-utils',
  'bzip2',
  'make',
  'openssh',
  'openssh-client',
  'bash',
  'upx',
  'rsync',
  'jq',
  'patch',
  'file',
  'vim',
  'vim-tiny',
  'nano',
  'less',
  'gnupg',
  'gnupg2',
  'apt-transport-https',
  'software-properties-common',
  'python3',
  'python',
  'perl',
  'tree',
  'htop',
  'nodejs',
  'npm',
  'yarn',
  'gettext',
  'gettext-base',
]);

/** Programs of a package that are not called like it. */
const PROGRAMS = table<readonly string[]>({
  'git-core': ['git'],
  nodejs: ['node', 'nodejs', 'npm', 'npx', 'corepack', 'yarn', 'pnpm'],
  npm: ['npm', 'npx'],
  yarn: ['yarn', 'yarnpkg'],
  // https://packages.debian.org/bookworm/amd64/gettext/filelist; the second is a dependency of the first
  gettext: (
    'envsubst gettext gettext.sh ngettext autopoint gettextize msgattrib msgcat msgcmp msgcomm msgconv msgen msgexec msgfilter ' +
    'msgfmt msggrep msginit msgmerge msgunfmt msguniq recode-sr-latin xgettext'
  ).split(' '),
  'gettext-base': ['envsubst', 'gettext', 'gettext.sh', 'ngettext'],
  // https://packages.debian.org/bookworm/all/ca-certificates/filelist, https://pkgs.alpinelinux.org/contents?name=ca-certificates
  'ca-certificates': ['update-ca-certificates'],
  mercurial: ['hg'],
  subversion: ['svn'],
  'xz-utils': ['xz', 'unxz', 'xzcat', 'lzma', 'unlzma'],
  unzip: ['unzip', 'zipinfo'],
  gzip: ['gzip', 'gunzip', 'zcat'],
  bzip2: ['bzip2', 'bunzip2', 'bzcat'],
  openssh: ['ssh', 'scp', 'sftp', 'ssh-keygen', 'ssh-agent', 'ssh-add', 'ssh-keyscan'],
  'openssh-client': ['ssh', 'scp', 'sftp', 'ssh-keygen', 'ssh-agent', 'ssh-add', 'ssh-keyscan'],
  'vim-tiny': ['vi', 'vim', 'vim.tiny'],
  vim: ['vi', 'vim', 'xxd'],
  gnupg: ['gpg', 'gpg-agent'],
  gnupg2: ['gpg', 'gpg2'],
  'software-properties-common': ['add-apt-repository'],
  // https://packages.debian.org/bookworm/amd64/protobuf-compiler/filelist and its kin
  'flatbuffers-compiler': ['flatc'],
  'thrift-compiler': ['thrift'],
  'dpkg-dev': ['dpkg-buildpackage', 'dpkg-source', 'dpkg-gencontrol', 'dpkg-scanpackages'],
  python3: ['python3', 'python'],
  python: ['python', 'python2'],
  // https://packages.debian.org/bookworm/amd64/procps/filelist
  procps: 'ps pgrep pkill pmap pwdx skill slabtop sysctl tload top uptime vmstat w watch free'.split(' '),
  // https://packages.fedoraproject.org/pkgs/dnf-plugins-core/yum-utils/
  'yum-utils': [
    'yum-config-manager',
    'repoquery',
    'package-cleanup',
    'needs-restarting',
    'yumdownloader',
    'yum-builddep',
  ],
});

/** The programs of a package that a shell would call. */
export function programsOf(name: string): readonly string[] {
  return PROGRAMS[name] ?? [name];
}

const BINUTILS = ['ar', 'ld', 'nm', 'objcopy', 'objdump', 'readelf', 'strip'];
const C = ['gcc', 'cc', ...BINUTILS];
const CXX = ['g++', 'c++', ...C];

/** Compilers bring the linker and the archiver along: https://packages.debian.org/stable/gcc, https://pkgs.alpinelinux.org */
const COMPILERS = table<readonly string[]>({
  gcc: C,
  'g++': CXX,
  'gcc-c++': CXX,
  clang: ['clang', 'clang++', ...BINUTILS],
  binutils: BINUTILS,
  'build-essential': [...CXX, 'make'],
  'build-base': [...CXX, 'make'],
  'alpine-sdk': [...CXX, 'make'],
  golang: ['go', 'gofmt'],
  'golang-go': ['go', 'gofmt'],
  'golang-bin': ['go', 'gofmt'],
  go: ['go', 'gofmt'],
  rust: ['rustc', 'cargo'],
  cargo: ['cargo', 'rustc'],
  ghc: ['ghc', 'runghc', 'ghci'],
  'cabal-install': ['cabal'],
  'haskell-stack': ['stack'],
  'protobuf-compiler': ['protoc'],
  'ninja-build': ['ninja'],
  samurai: ['ninja'],
  pkgconf: ['pkg-config'],
  'musl-tools': ['musl-gcc'],
  'upx-ucl': ['upx'],
  'libtool-bin': ['libtool'],
  texinfo: ['makeinfo'],
  leiningen: ['lein'],
  bundler: ['bundle', 'bundler'],
  maven: ['mvn'],
  'apache-ant': ['ant'],
  ocaml: ['ocaml', 'ocamlc', 'ocamlopt'],
  'ocaml-nox': ['ocaml', 'ocamlc', 'ocamlopt'],
  'ocaml-dune': ['dune'],
  'ocaml-findlib': ['ocamlfind'],
});

/** https://packages.debian.org/bookworm/amd64/openjdk-17-jdk-headless/filelist and its kin of other distributions */
const JDK = /^((default|openjdk-?\d+)-jdk(-headless)?|openjdk\d+|java-[\d.]+-(openjdk|amazon-corretto)-devel)$/;
const JDK_ALONE = jdkPrograms.filter((program) => !/^(java|keytool)$/.test(program));

/** The programs that a package brings, those of the packages it needs included. */
export const broughtBy = (name: string): readonly string[] =>
  JDK.test(name) ? JDK_ALONE : (COMPILERS[name] ?? programsOf(name));

/** False for a package of headers and libraries, which brings no program that a container would start. */
export const hasPrograms = (name: string): boolean =>
  Object.hasOwn(COMPILERS, name) || Object.hasOwn(PROGRAMS, name) || !/^lib|-(dev|devel|headers|libs)$/.test(name);

/** Packages that builds of every kind use without naming a program of theirs: compilers of C, what configures and links. */
const UNNAMED =
  /^(build-|alpine-sdk|gcc|g\+\+|cpp|clang|llvm|lld|binutils|make$|autoconf|automake|autotools|libtool|pkg-?conf|cmake|ninja|samurai|meson|bison|flex|m4$|patch|gfortran|swig|nasm|yasm|perl|rust|cargo|gettext|dpkg-dev|fakeroot|lib|linux-|musl-dev|python|ruby|php)|-(dev|devel|headers)$/;

/** True for a package of which builds make no use but by starting its programs: Maven, a packager. */
export const isUsedByName = (name: string): boolean => !UNNAMED.test(name);

/** Packages of which a shell or the system itself may make use without naming a program. */
const QUIET_USE = new Set(['bash', 'gnupg', 'gnupg2', 'python3', 'python', 'perl', 'file']);

/**
 * True for a package of programs that nothing starts. `words` are all words that the container's own command lines have;
 * null where it has none but its one program, which starts nothing.
 */
export function isPackageUnused(name: string, words: ReadonlySet<string> | null): boolean {
  if (!PROGRAMS_ONLY.has(name)) return false;
  if (words === null) return true;
  return !QUIET_USE.has(name) && !programsOf(name).some((program) => words.has(program));
}
