import { indexedPurpose } from './debian-index.ts';
import { namePurpose } from './name-purpose.ts';
import { always, type PackageTable, type PurposeRules, type PurposeWords, purposeBy } from './table.ts';

/** The number behind `3.` of an alpine release. */
const minor = (release: string): number => Number(/^3\.(\d+)$/.exec(release)?.[1] ?? Number.NaN);
/** Packages that a release renamed: `after` from that minor release on. */
const since = (number: number, after: readonly string[], before: readonly string[] | null) => (release: string) =>
  Number.isNaN(minor(release)) ? null : minor(release) >= number ? after : before;

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
  build:
    /^(build-base|alpine-sdk|gcc|g\+\+|clang\d*|musl-dev|libc-dev|make|cmake|ninja|samurai|meson|autoconf|automake|libtool|m4|bison|flex|pkgconf|pkgconfig|pkg-config|linux-headers|binutils|abuild|nasm|yasm|ccache|go|rust|cargo|ghc|cabal|upx|patchelf|gettext-dev|g\+\+-[\d.]+|python2-dev|fortify-headers|file-dev|protoc|protobuf-dev|swig|perl-dev|llvm\d*-dev|gfortran|elfutils-dev|bsd-compat-headers|boost-dev|eigen-dev|dpkg-dev|re2c|maven|gradle|apache-ant|sbt|zig|nim|nimble|crystal|shards|opam|ocaml|dune|ocaml-dune|ocaml-findlib|ocaml-findlib-dev|ocaml-compiler-libs)$/,
  compilers: /^(build-base|alpine-sdk|gcc|g\+\+(-[\d.]+)?|clang\d*|go|rust|cargo|ghc|gfortran)$/,
  headers: /-dev$/,
  purpose: purposeBy(RULES, OWN, (name) => namePurpose(name) ?? indexedPurpose(name)),
  libraries: {
    'openssl-dev': (release) => {
      const number = minor(release);
      return Number.isNaN(number)
        ? null
        : number >= 17
          ? ['libssl3', 'libcrypto3']
          : number >= 9
            ? ['libssl1.1', 'libcrypto1.1']
            : number < 7
              ? ['libssl1.0', 'libcrypto1.0']
              : null;
    },
    'libressl-dev': always('libressl'),
    'postgresql-dev': always('libpq'),
    'libpq-dev': always('libpq'),
    'mariadb-dev': always('mariadb-connector-c'),
    'mariadb-connector-c-dev': always('mariadb-connector-c'),
    'mysql-dev': always('mariadb-connector-c'),
    'jpeg-dev': always('libjpeg-turbo'),
    'libjpeg-turbo-dev': always('libjpeg-turbo'),
    'libxml2-dev': always('libxml2'),
    'libxslt-dev': always('libxslt'),
    'libffi-dev': always('libffi'),
    'zlib-dev': always('zlib'),
    'sqlite-dev': always('sqlite-libs'),
    'freetype-dev': always('freetype'),
    'libpng-dev': always('libpng'),
    'libwebp-dev': always('libwebp'),
    'tiff-dev': always('tiff'),
    'lcms2-dev': always('lcms2'),
    'icu-dev': always('icu-libs'),
    'libzip-dev': always('libzip'),
    'oniguruma-dev': always('oniguruma'),
    'ncurses-dev': always('ncurses-libs'),
    'readline-dev': always('readline'),
    'pcre-dev': always('pcre'),
    'pcre2-dev': always('pcre2'),
    'curl-dev': always('libcurl'),
    'libsodium-dev': always('libsodium'),
    'gmp-dev': always('gmp'),
    'vips-dev': always('vips'),
    'cairo-dev': always('cairo'),
    'pango-dev': always('pango'),
    'giflib-dev': always('giflib'),
    'yaml-dev': always('yaml'),
    'libevent-dev': always('libevent'),
    'libuv-dev': always('libuv'),
    'zeromq-dev': always('zeromq'),
    'libzmq-dev': always('zeromq'),
    'expat-dev': always('expat'),
    'libgit2-dev': always('libgit2'),
    'imagemagick-dev': always('imagemagick-libs'),
    'openldap-dev': since(18, ['libldap'], ['libldap']),
    'linux-pam-dev': always('linux-pam'),
    'xz-dev': always('xz-libs'),
    'bzip2-dev': always('libbz2'),
    'zstd-dev': always('zstd-libs'),
    'libcap-dev': always('libcap'),
    'libpcap-dev': always('libpcap'),
    'libusb-dev': always('libusb'),
    'librdkafka-dev': always('librdkafka'),
    'python3-dev': always('python3'),
    'ruby-dev': always('ruby'),
    'util-linux-dev': always('libuuid'),
    'libmemcached-dev': always('libmemcached-libs'),
    'hiredis-dev': always('hiredis'),
    'c-ares-dev': always('c-ares'),
    'libedit-dev': always('libedit'),
    'libsass-dev': always('libsass'),
    'fftw-dev': always('fftw'),
    'openblas-dev': always('openblas'),
    'lapack-dev': always('lapack'),
    'python-dev': always('python'),
    'krb5-dev': always('krb5-libs'),
    'imap-dev': always('c-client'),
    'rabbitmq-c-dev': always('rabbitmq-c'),
    'gnutls-dev': always('gnutls'),
    'unixodbc-dev': always('unixodbc'),
    'glib-dev': always('glib'),
    'libev-dev': always('libev'),
    'libmnl-dev': always('libmnl'),
    'libseccomp-dev': always('libseccomp'),
    'jemalloc-dev': always('jemalloc'),
    'libelf-dev': always('libelf'),
    'libgcrypt-dev': always('libgcrypt'),
    'librsvg-dev': always('librsvg'),
    'libogg-dev': always('libogg'),
    'libvorbis-dev': always('libvorbis'),
    'libtheora-dev': always('libtheora'),
    'libx11-dev': always('libx11'),
    'libxext-dev': always('libxext'),
    'libass-dev': always('libass'),
    'opus-dev': always('opus'),
    'libvpx-dev': always('libvpx'),
    'geos-dev': always('geos'),
    'fontconfig-dev': always('fontconfig'),
    'libexif-dev': always('libexif'),
    'libidn-dev': always('libidn'),
    'nghttp2-dev': always('nghttp2-libs'),
    'snappy-dev': always('snappy'),
    'json-c-dev': always('json-c'),
    'jsoncpp-dev': always('jsoncpp'),
    'libtirpc-dev': always('libtirpc'),
    'libnl3-dev': always('libnl3'),
    'cyrus-sasl-dev': always('libsasl'),
    'libnotify-dev': always('libnotify'),
    'udns-dev': always('udns'),
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
  kits: [],
};
