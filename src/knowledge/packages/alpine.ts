import { indexedPurpose } from './debian-index.ts';
import libraries from './index/alpine.ts';
import { ALPINE_RELEASES } from './index-releases.ts';
import { libraryIndex } from './library-index.ts';
import { namePurpose } from './name-purpose.ts';
import { always, ofSource, type PackageTable, type PurposeRules, type PurposeWords, purposeBy } from './table.ts';

/** The number behind `3.` of an alpine release. */
const minor = (release: string): number => Number(/^3\.(\d+)$/.exec(release)?.[1] ?? Number.NaN);
/** Packages that a release renamed: `after` from that minor release on. */
const since = (number: number, after: readonly string[], before: readonly string[] | null) => (release: string) =>
  Number.isNaN(minor(release)) ? null : minor(release) >= number ? after : before;

const UTIL_LINUX = ['libblkid', 'libfdisk', 'libmount', 'libsmartcols', 'libuuid'];

const alpineIndex = libraryIndex(libraries, ALPINE_RELEASES);

/** On an image of a release that the index lacks, what has been the same in all of them. */
const alpineLibraries = (release: string, name: string): readonly string[] | null =>
  ALPINE_RELEASES.includes(release) ? alpineIndex.in(release, name) : alpineIndex.always(name);

/** https://wiki.alpinelinux.org/wiki/Package_policies */
const RULES: PurposeRules = [
  [/^(php\d*|py\d?|perl|ruby|erlang|lua[\d.]*|openjdk\d*|nodejs|npm|java|icedtea)(-|$)/, 'language'],
  [/-(libs?|dev)$|^(musl|zlib|ncurses|libressl|gcompat)(-|$)/, 'library'],
  [/-(doc|bash-completion|zsh-completion)$|^(man|man-pages|mdocml).*$/, 'documentation'],
  [/^(font|ttf|tesseract-ocr-data)-|-data(-|$)/, 'data'],
  [/^(nginx|apache2|lighttpd|mariadb|postgresql|openldap|samba|freeradius|asterisk|clamav|collectd)(-|$)/, 'service'],
  [/^linux-|^(alpine|busybox|openrc|util-linux|e2fsprogs|xfsprogs|btrfs|cryptsetup|lvm2|syslinux)(-|$)/, 'system'],
];

/** https://pkgs.alpinelinux.org/packages: what no other distribution calls so. */
const OWN: PurposeWords = [
  [
    'tool',
    'su-exec tini wget drill vim ldns apache2-utils docker-cli-buildx mysql-client rclone s6-overlay yq just openssh xz iputils curlie gnutls-utils lm_sensors',
  ],
  ['tool', 'pngcrush graphicsmagick bind-tools iputils-ping gawk which dateutils imagemagick ffmpeg-libs tor mailx'],
  [
    'service',
    'docker redis dcron rsyslog tftp-hpa minidlna dante dante-server conntrack-tools krb5-server avahi nfs-utils icecast',
  ],
  [
    'library',
    'icu glib freetype gmp yaml c-client pcre pcre2 gnutls jemalloc vips cairo tiff jpeg krb5 geoip gpgme sqlite',
  ],
  [
    'library',
    'rabbitmq-c gnu-libiconv expat giflib argon2-libs jsoncpp json-c lcms2 nettle nghttp2 openexr orc readline',
  ],
  ['language', 'yarn mono R node go1.10'],
  ['library', 'protobuf grpc poppler-glib mesa-egl qt5-qtbase gdal llvm-libunwind http-parser'],
  ['library', 'lapack openblas fftw snappy unixodbc zeromq fts udns nspr hdf5 geos x264 x265 argp-standalone lzo'],
  [
    'system',
    'shadow dpkg procps kmod coreutils findutils diffutils grep sed runit sfdisk ip6tables installkernel paxctl',
  ],
];

/** Alpine: https://pkgs.alpinelinux.org/packages */
export const alpinePackages: PackageTable = {
  docs: 'https://pkgs.alpinelinux.org/packages',
  // `-static` is what abuild's default_static takes out of a package: archives. The others of that name hold programs.
  build:
    /^((?!(apk-tools|bubblewrap|busybox|device-mapper|klibc|lvm2|memtester|proot|quickjs|tini)-)[\w.+-]+-static|build-base|alpine-sdk|gcc|g\+\+|clang\d*|musl-dev|libc-dev|make|cmake|ninja|samurai|meson|autoconf|automake|libtool|m4|bison|flex|pkgconf|pkgconfig|pkg-config|linux-headers|binutils|abuild|nasm|yasm|fasm|fpc|vala|ccache|go|rust|cargo|ghc|cabal|upx|patchelf|g\+\+-[\d.]+|fortify-headers|protoc|swig|gfortran|bsd-compat-headers|eigen-dev|dpkg-dev|re2c|maven|gradle|apache-ant|sbt|zig|nim|nimble|crystal|shards|opam|ocaml|dune|ocaml-dune|ocaml-findlib|ocaml-findlib-dev|ocaml-compiler-libs)$/,
  compilers: /^(build-base|alpine-sdk|gcc|g\+\+(-[\d.]+)?|clang\d*|go|rust|cargo|ghc|gfortran)$/,
  headers: /-dev$/,
  purpose: ofSource(purposeBy(RULES, OWN, (name) => namePurpose(name) ?? indexedPurpose(name))),
  development: alpineLibraries,
  lists: alpineIndex.has,
  // Where the build files prove less than they say to a reader: https://gitlab.alpinelinux.org/alpine/aports
  libraries: {
    'openssl-dev': (release) => {
      const number = minor(release);
      if (Number.isNaN(number)) return null;
      const version = number >= 17 ? '3' : number >= 9 ? '1.1' : '1.0';
      return [`libssl${version}`, `libcrypto${version}`];
    },
    // The server's package answers to it, whose own libraries are these.
    'postgresql-dev': since(15, ['libpq', 'libecpg'], ['libpq', 'postgresql-libs']),
    // Their clients' library has its own package since 3.8.
    'mariadb-dev': since(8, ['mariadb-connector-c'], null),
    'mysql-dev': since(8, ['mariadb-connector-c'], null),
    // Its coders come by `install_if` of the package with the programs.
    'imagemagick-dev': since(7, ['imagemagick', 'imagemagick-c++', 'imagemagick-libs'], null),
    // The library besides, libicutu, is for ICU's own programs.
    'icu-dev': always('icu-libs'),
    'openldap-dev': always('libldap'),
    'cyrus-sasl-dev': always('libsasl'),
    'krb5-dev': always('krb5-libs'),
    'imap-dev': always('c-client'),
    // Since 3.18 it stands for a package of each library but the one of C++.
    'ncurses-dev': since(18, ['libncurses++', 'ncurses-libs'], ['ncurses-libs']),
    'util-linux-dev': since(22, ['liblastlog2', ...UTIL_LINUX], UTIL_LINUX),
    'lapack-dev': since(15, ['lapack'], null),
    // It depends on each of Boost's libraries.
    'boost-dev': since(10, ['boost-libs'], null),
    'python3-dev': always('python3'),
    'python2-dev': always('python2'),
    'python-dev': since(5, ['python2'], ['python']),
    'ruby-dev': always('ruby'),
  },
  kits: [[/^openjdk(\d+)(?:-jdk)?$/, 'openjdk$1-jre']],
  companions: [
    [/^(build-base|alpine-sdk|g\+\+|clang\d*|rust|cargo)$/, ['libstdc++', 'libgcc']],
    [/^(gcc|crystal)$/, ['libgcc']],
    [/^gfortran$/, ['libgfortran']],
  ],
};

/**
 * Wolfi, which calls its packages as Alpine does: https://edu.chainguard.dev/open-source/wolfi/overview/. Which libraries stand
 * behind a development package is not recorded.
 */
export const wolfiPackages: PackageTable = {
  ...alpinePackages,
  docs: 'https://github.com/wolfi-dev/os',
  libraries: {},
  development: () => null,
  lists: () => false,
  kits: [],
};
