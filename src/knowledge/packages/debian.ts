import { indexedLibraries, indexedPurpose, isIndexed } from './debian-index.ts';
import { namePurpose } from './name-purpose.ts';
import { always, byRelease, type PackageTable, type PurposeWords, purposeBy } from './table.ts';
import { VENDORS } from './vendors.ts';

const OLD = 'jessie stretch buster bullseye bookworm trusty xenial bionic focal jammy';
/** Names that newer releases do not have any more, and Ubuntu's own; https://snapshot.debian.org/ has the packages. */
const OWN: PurposeWords = [
  ['tool', 'git-core git-annex-standalone emacs24 emacs24-nox man dkimproxy createrepo openjpeg-tools vnc4server'],
  ['tool', 'audiowaveform cowsay tcl8.5 cython hollywood bcc-tools'],
  ['build tool', 'dh-systemd go-dep clang-format-5.0'],
  ['system', 'btrfs-tools aufs-tools qemu-kvm'],
  ['desktop', 'iceweasel kicad'],
  ['data', 'latex-xcolor'],
  ['library', 'qt5-default'],
  ['service', 'pdnsd polipo ntopng drush uwsgi-plugin-python nova-cert nova-consoleauth nova-novncproxy'],
  ['service', 'neutron-plugin-ml2 neutron-plugin-openvswitch-agent'],
];

/** Releases before those whose indexes are compiled in. */
const CLOSED = 'jessie stretch buster trusty xenial bionic';

/** Each of its parts is a library of its own. */
const libevent = (version: string): string =>
  ['', '-core', '-extra', '-openssl', '-pthreads'].map((part) => `libevent${part}-${version}`).join(' ');

const kerberos = (administration: number): string =>
  `libgssapi-krb5-2 libgssrpc4 libk5crypto3 libkadm5clnt-mit${administration} libkadm5srv-mit${administration} libkrb5-3`;

/** Debian and Ubuntu: https://packages.debian.org/, https://packages.ubuntu.com/ */
export const debianPackages: PackageTable = {
  docs: 'https://packages.debian.org/',
  build:
    /^(build-essential|gcc|g\+\+|cpp|clang)(-[\d.]+)?$|^(make|cmake|cmake-data|ninja-build|meson|autoconf|automake|autotools-dev|libtool|libtool-bin|m4|bison|byacc|flex|pkg-config|pkgconf|gperf|nasm|yasm|ccache|doxygen|swig\d*|dpkg-dev|devscripts|debhelper|fakeroot|texinfo|help2man|rustc|cargo|golang|golang-go|golang-\d[\d.]*(-go)?|ghc|cabal-install|haskell-stack|libc6-dev|libc-dev|linux-libc-dev|linux-headers-[\w.-]+|valac|protobuf-compiler|patchelf|chrpath|musl-tools|musl-dev|upx-ucl|upx|binutils|gettext-dev|automake1\.\d+|scons|fasm|dub|gprbuild|fpc(-source)?(-[\d.]+)?|fp-(compiler|units-\w+|utils|ide|docs)(-[\d.]+)?|lcl-nogui(-[\d.]+)?|lcl-u(nit|til)s(-[\d.]+)?|lazarus-src(-[\d.]+)?|hugo|node-gyp|re2c|maven|gradle|ant|sbt|leiningen|nim|crystal|opam|ocaml|ocaml-nox|ocaml-native-compilers|ocaml-dune|ocaml-findlib)$/,
  compilers: /^(build-essential|(gcc|g\+\+|cpp|clang)(-[\d.]+)?|rustc|cargo|golang.*|ghc|valac|musl-tools)$/,
  headers: /-dev$/,
  development: indexedLibraries,
  lists: isIndexed,
  purpose: purposeBy(VENDORS, OWN, (name) => namePurpose(name) ?? indexedPurpose(name)),
  libraries: {
    // What they recommend brings the extension along that others take for granted: pkg-php-tools, php-pear, php-xml.
    'php-dev': always('php-cli', 'php-xml'),
    'php7.4-dev': always('php7.4-cli', 'php-xml'),
    'php8.1-dev': always('php8.1-cli', 'php-xml'),
    'php8.2-dev': always('php8.2-cli', 'php-xml'),
    'php8.3-dev': always('php8.3-cli', 'php-xml'),
    'php8.4-dev': always('php8.4-cli', 'php-xml'),
    // It brings compilers, and development files of libraries that r-base-core itself links.
    'r-base-dev': always('r-base-core'),
    'libssl-dev': byRelease(
      'stretch buster bullseye bionic focal: libssl1.1',
      'bookworm jammy: libssl3',
      'trixie noble: libssl3t64',
      'jessie trusty xenial: libssl1.0.0',
    ),
    'zlib1g-dev': always('zlib1g'),
    'libpq-dev': always('libpq5'),
    'libffi-dev': byRelease(
      'jessie stretch buster trusty xenial bionic: libffi6',
      'focal bullseye: libffi7',
      'bookworm jammy trixie noble: libffi8',
    ),
    'libxml2-dev': byRelease(`${OLD} noble trixie: libxml2`, 'resolute: libxml2-16'),
    'libxslt1-dev': byRelease(`${OLD}: libxslt1.1`, 'trixie noble: libxslt1.1'),
    'libxslt-dev': byRelease(`${OLD}: libxslt1.1`, 'trixie noble: libxslt1.1'),
    'libjpeg-dev': byRelease(
      'stretch buster bullseye bookworm trixie: libjpeg62-turbo',
      'trusty xenial bionic focal jammy noble resolute: libjpeg-turbo8',
    ),
    'libjpeg62-turbo-dev': always('libjpeg62-turbo'),
    'libjpeg-turbo8-dev': always('libjpeg-turbo8'),
    'libpng-dev': byRelease(
      'stretch buster bullseye bookworm bionic focal jammy: libpng16-16',
      'trixie noble: libpng16-16t64',
    ),
    'libfreetype6-dev': always('libfreetype6'),
    'libfreetype-dev': always('libfreetype6'),
    'libsqlite3-dev': always('libsqlite3-0'),
    'libcurl4-openssl-dev': byRelease(
      'jessie stretch trusty xenial: libcurl3',
      'buster bullseye bookworm bionic focal jammy: libcurl4',
      'trixie noble: libcurl4t64',
    ),
    'libcurl4-gnutls-dev': byRelease(`${OLD}: libcurl3-gnutls`, 'trixie noble: libcurl3t64-gnutls'),
    'libmariadb-dev': byRelease('buster bullseye bookworm focal jammy trixie noble: libmariadb3'),
    'libmariadbclient-dev': byRelease('stretch: libmariadbclient18', 'buster: libmariadb3'),
    'default-libmysqlclient-dev': byRelease(
      'stretch: libmariadbclient18',
      'buster bullseye bookworm trixie: libmariadb3',
      'bionic: libmysqlclient20',
      'focal jammy: libmysqlclient21',
      'resolute: libmysqlclient24',
    ),
    'libmysqlclient-dev': byRelease(
      'jessie trusty: libmysqlclient18',
      'xenial bionic: libmysqlclient20',
      'focal jammy noble: libmysqlclient21',
      'resolute: libmysqlclient24',
    ),
    'libgmp-dev': byRelease(`${CLOSED} focal: libgmp10 libgmpxx4ldbl`),
    'libgmp3-dev': byRelease(`${CLOSED} focal: libgmp10 libgmpxx4ldbl`),
    'libgc-dev': byRelease(
      'jessie stretch buster xenial bionic focal: libgc1c2',
      'bullseye bookworm trixie jammy noble: libgc1',
    ),
    'libyaml-dev': always('libyaml-0-2'),
    'libreadline-dev': byRelease(
      'jessie trusty xenial: libreadline6',
      'stretch buster bionic: libreadline7',
      'bullseye bookworm focal jammy: libreadline8',
      'trixie noble: libreadline8t64',
    ),
    'libncurses-dev': byRelease('buster focal: libncurses6 libncursesw6 libtinfo6'),
    'libncurses5-dev': byRelease(
      'jessie trusty xenial bionic stretch: libncurses5 libtinfo5',
      'buster focal: libncurses6 libncursesw6 libtinfo6',
    ),
    'libncursesw5-dev': byRelease(
      'jessie trusty xenial bionic stretch: libncursesw5 libtinfo5',
      'buster focal: libncurses6 libncursesw6 libtinfo6',
    ),
    'libbz2-dev': always('libbz2-1.0'),
    'liblzma-dev': always('liblzma5'),
    'libzstd-dev': byRelease('buster bullseye bookworm trixie focal jammy noble: libzstd1'),
    'libgd-dev': byRelease(`${OLD}: libgd3`, 'trixie noble: libgd3'),
    'libcairo2-dev': byRelease(`${OLD} trixie noble: libcairo-gobject2 libcairo2`),
    'libpango1.0-dev': byRelease(
      `${OLD} trixie noble: libpango-1.0-0 libpangocairo-1.0-0 libpangoft2-1.0-0 libpangoxft-1.0-0`,
    ),
    'libgif-dev': byRelease('stretch buster bullseye bookworm trixie bionic focal jammy noble: libgif7'),
    'librsvg2-dev': byRelease(`${OLD} trixie noble: librsvg2-2`),
    'libmagic-dev': byRelease(`${OLD}: libmagic1`, 'trixie noble: libmagic1t64'),
    'libpcre3-dev': byRelease(
      'stretch buster xenial bionic focal: libpcre16-3 libpcre3 libpcre32-3 libpcrecpp0v5',
      'jessie trusty: libpcre3 libpcrecpp0',
    ),
    'libpcre2-dev': byRelease(
      'buster: libpcre2-16-0 libpcre2-32-0 libpcre2-8-0 libpcre2-posix0',
      'focal: libpcre2-16-0 libpcre2-32-0 libpcre2-8-0 libpcre2-posix2',
      'jammy: libpcre2-16-0 libpcre2-32-0 libpcre2-8-0 libpcre2-posix3',
    ),
    'libicu-dev': byRelease(
      'jessie trusty: libicu52',
      'stretch: libicu57',
      'buster: libicu63',
      'bullseye: libicu67',
      'bookworm: libicu72',
      'trixie: libicu76',
      'xenial: libicu55',
      'bionic: libicu60',
      'focal: libicu66',
      'jammy: libicu70',
      'noble: libicu74',
      'resolute: libicu78',
    ),
    'libzip-dev': byRelease(
      'stretch buster bullseye bookworm jammy: libzip4',
      'trixie focal: libzip5',
      'noble: libzip4t64',
    ),
    'libonig-dev': byRelease('stretch: libonig4', 'buster bullseye bookworm trixie focal jammy noble: libonig5'),
    'libldap2-dev': byRelease(
      'jessie stretch buster bullseye trusty xenial bionic focal: libldap-2.4-2',
      'bookworm jammy: libldap-2.5-0',
      'noble trixie: libldap2',
    ),
    'libsasl2-dev': byRelease(`${OLD} trixie noble: libsasl2-2`),
    'libsodium-dev': byRelease(
      'stretch: libsodium18',
      'buster bullseye bookworm trixie bionic focal jammy noble: libsodium23',
    ),
    'libzmq3-dev': byRelease(`${OLD} trixie noble: libzmq5`),
    'libevent-dev': byRelease(
      `jessie trusty xenial stretch: ${libevent('2.0-5')}`,
      `buster bionic: ${libevent('2.1-6')}`,
      `focal: ${libevent('2.1-7')}`,
    ),
    'libuv1-dev': byRelease('buster bullseye bookworm focal jammy: libuv1', 'trixie noble: libuv1t64'),
    'libqrencode-dev': byRelease('buster bullseye bookworm trixie focal jammy noble: libqrencode4'),
    'libgpgme-dev': byRelease('buster bullseye bookworm focal jammy: libgpgme11', 'trixie noble: libgpgme11t64'),
    'libusb-1.0-0-dev': always('libusb-1.0-0'),
    'libpcap-dev': byRelease(`${OLD}: libpcap0.8`, 'trixie noble: libpcap0.8t64'),
    'libvips-dev': byRelease('buster bullseye bookworm focal jammy: libvips42', 'trixie noble: libvips42t64'),
    'libarchive-dev': byRelease(
      'stretch buster bullseye bookworm focal jammy: libarchive13',
      'trixie noble: libarchive13t64',
    ),
    'uuid-dev': always('libuuid1'),
    'libexpat1-dev': always('libexpat1'),
    'libedit-dev': always('libedit2'),
    'libseccomp-dev': always('libseccomp2'),
    'libdbus-1-dev': always('libdbus-1-3'),
    'libudev-dev': always('libudev1'),
    'libelf-dev': byRelease(`${OLD}: libelf1`, 'trixie noble: libelf1t64'),
    'libboost-dev': always(),
    'python3-dev': always('python3'),
    'python-dev': always('python'),
    'ruby-dev': always('ruby'),
    'libprotobuf-dev': byRelease(
      'trusty: libprotobuf8 libprotobuf-lite8',
      'jessie: libprotobuf9 libprotobuf-lite9',
      'xenial: libprotobuf9v5 libprotobuf-lite9v5',
      'stretch bionic: libprotobuf10 libprotobuf-lite10',
      'buster focal: libprotobuf17 libprotobuf-lite17',
      'jammy: libprotobuf23 libprotobuf-lite23',
    ),
    'libjansson-dev': always('libjansson4'),
    'libjemalloc-dev': byRelease(
      'jessie stretch trusty xenial bionic: libjemalloc1',
      'buster bullseye bookworm trixie focal jammy noble: libjemalloc2',
    ),
    'libatlas-base-dev': byRelease(`${OLD} trixie noble: libatlas3-base`),
    'libopenblas-dev': byRelease(`${OLD} trixie noble: libopenblas0`),
    // Their sonames, and so their names, are the same in every release since jessie and trusty.
    'librados-dev': always('librados2'),
    'librbd-dev': always('librbd1'),
    'libgstreamer1.0-dev': always('libgstreamer1.0-0'),
    'libgstreamer-plugins-base1.0-dev': byRelease(
      'jessie stretch trusty xenial bionic: libgstreamer-plugins-base1.0-0',
      'buster bullseye bookworm trixie focal jammy noble: libgstreamer-gl1.0-0 libgstreamer-plugins-base1.0-0',
    ),
    'libcap-dev': always('libcap2'),
    'libnl-3-dev': always('libnl-3-200'),
    'libnl-genl-3-dev': always('libnl-genl-3-200'),
    'liblmdb-dev': always('liblmdb0'),
    'libogg-dev': always('libogg0'),
    'libvorbis-dev': always('libvorbis0a', 'libvorbisenc2', 'libvorbisfile3'),
    'libsndfile1-dev': always('libsndfile1'),
    'libluajit-5.1-dev': always('libluajit-5.1-2'),
    'libapparmor-dev': always('libapparmor1'),
    'libprotobuf-c-dev': byRelease('stretch buster bullseye bookworm trixie bionic focal jammy noble: libprotobuf-c1'),
    'libsnappy-dev': byRelease(
      'stretch buster bullseye bookworm xenial bionic focal jammy: libsnappy1v5',
      'trixie noble: libsnappy1v5',
    ),
    'libgflags-dev': byRelease(
      'stretch buster bullseye bookworm bionic focal jammy: libgflags2.2',
      'trixie noble: libgflags2.2',
    ),
    'libleveldb-dev': byRelease('buster bullseye bookworm focal jammy trixie noble: libleveldb1d'),
    'libev-dev': byRelease(`${OLD}: libev4`, 'trixie noble: libev4t64'),
    'libgoogle-perftools-dev': byRelease(
      `${OLD}: libgoogle-perftools4 libtcmalloc-minimal4`,
      'trixie noble: libgoogle-perftools4t64 libtcmalloc-minimal4t64',
    ),
    'libasound2-dev': byRelease(`${OLD}: libasound2`, 'trixie noble: libasound2t64'),
    'libmagickwand-dev': byRelease(
      'buster bullseye bookworm focal jammy: libmagickwand-6.q16-6',
      'trixie: libmagickwand-7.q16-10',
    ),
    'libzbar-dev': byRelease('bullseye bookworm focal jammy: libzbar0', 'trixie noble: libzbar0t64'),
    'libssh2-1-dev': byRelease(`${OLD}: libssh2-1`, 'trixie noble: libssh2-1t64'),
    'libxmlsec1-dev': byRelease(
      `${CLOSED} focal: libxmlsec1 libxmlsec1-gcrypt libxmlsec1-gnutls libxmlsec1-nss libxmlsec1-openssl`,
    ),
    'libmemcached-dev': byRelease(`${CLOSED} focal: libhashkit2 libmemcached11 libmemcachedutil2`),
    'libreadline6-dev': byRelease('jessie trusty xenial: libreadline6'),
    'libpng12-dev': byRelease('jessie trusty xenial: libpng12-0'),
    'libmcrypt-dev': byRelease(`${CLOSED} focal: libmcrypt4`),
    'libdevmapper-dev': byRelease(`${CLOSED} focal: libdevmapper-event1.02.1 libdevmapper1.02.1`),
    'libsystemd-dev': byRelease(`${CLOSED} focal: libsystemd0`),
    'libnet1-dev': byRelease(`${CLOSED} focal: libnet1`),
    // The name in wheezy, which libnet1-dev still answered to.
    'libnet-dev': byRelease('jessie stretch buster: libnet1'),
    'libprotobuf-c0-dev': byRelease('jessie stretch: libprotobuf-c1'),
    'libkrb5-dev': byRelease(`jessie trusty xenial: ${kerberos(9)}`, `stretch buster bionic focal: ${kerberos(11)}`),
    'liblcms2-dev': byRelease(`${CLOSED} focal: liblcms2-2`),
    'libmpc-dev': byRelease(`${CLOSED} focal: libmpc3`),
    'libmpfr-dev': byRelease('jessie stretch trusty xenial: libmpfr4', 'buster bionic focal: libmpfr6'),
    'libsdl1.2-dev': byRelease(`${CLOSED} focal: libsdl1.2debian`),
    'libfuse-dev': byRelease(`${CLOSED} focal: libfuse2`),
    'libglib2.0-dev': byRelease(`${CLOSED} focal: libglib2.0-0`),
    'libgpgme11-dev': byRelease('jessie stretch buster trusty xenial bionic: libgpgme11'),
    'libostree-dev': byRelease('stretch buster bionic focal: libostree-1-1'),
    'libexif-dev': byRelease(`${CLOSED} focal: libexif12`),
    'libopenjp2-7-dev': byRelease('stretch buster bionic focal: libopenjp2-7'),
    'libtiff5-dev': byRelease(`${CLOSED} focal: libtiff5 libtiffxx5`),
    'libtiff-dev': byRelease('buster focal jammy: libtiff5 libtiffxx5'),
    'libwebp-dev': byRelease(
      'jessie trusty xenial: libwebp5 libwebpdemux1 libwebpmux1',
      'stretch: libwebp6 libwebpdemux2 libwebpmux2',
      'buster bionic focal: libwebp6 libwebpdemux2 libwebpmux3',
    ),
    'librdkafka-dev': byRelease('stretch buster bionic focal: librdkafka++1 librdkafka1'),
    'unixodbc-dev': byRelease(`${CLOSED} focal: libodbc1 odbcinst1debian2`),
    'libcunit1-dev': byRelease(`${CLOSED} focal: libcunit1`),
    'liblapack-dev': byRelease(`${CLOSED} focal: liblapack3`),
    'libfdt-dev': byRelease(`${CLOSED} focal: libfdt1`),
    'libltdl-dev': byRelease(`${CLOSED} focal: libltdl7`),
    'libdw-dev': byRelease(`${CLOSED} focal: libdw1`),
    'libnuma-dev': byRelease(`${CLOSED} focal: libnuma1`),
    'libproj-dev': byRelease(
      'jessie: libproj0',
      'xenial: libproj9',
      'stretch bionic: libproj12',
      'buster: libproj13',
      'focal: libproj15',
      'jammy: libproj22',
    ),
    'libgtest-dev': byRelease(`${CLOSED} focal:`),
    'libaio-dev': byRelease(`${OLD}: libaio1`, 'trixie noble: libaio1t64'),
    // Compilers whose programs need a library of theirs: https://packages.debian.org/source/gcc-defaults
    gfortran: byRelease(
      'jessie stretch trusty xenial: libgfortran3',
      'bionic: libgfortran4',
      'buster bullseye bookworm trixie focal jammy noble resolute: libgfortran5',
    ),
    // https://packages.debian.org/gnat, https://packages.ubuntu.com/source/jammy/gnat
    gnat: byRelease(
      'bullseye jammy: libgnat-10',
      'bookworm: libgnat-12',
      'noble: libgnat-13',
      'trixie resolute: libgnat-14',
    ),
    gdc: byRelease('bullseye: libgphobos1', 'bookworm: libgphobos3', 'trixie: libgphobos5'),
    gccgo: byRelease('bullseye: libgo16', 'bookworm: libgo21', 'trixie: libgo23'),
    // https://packages.debian.org/libphobos2-ldc-shared-dev
    ldc: byRelease(
      'bullseye: libphobos2-ldc-shared94 zlib1g',
      'bookworm: libphobos2-ldc-shared100 zlib1g',
      'trixie: libphobos2-ldc-shared110 zlib1g',
    ),
    // https://packages.debian.org/gnucobol4
    gnucobol4: byRelease('bookworm: libcob5', 'trixie: libcob5t64'),
  },
  kits: [
    [/^openjdk-(\d+)-jdk(-headless)?$/, 'openjdk-$1-jre$2'],
    [/^default-jdk(-headless)?$/, 'default-jre$1'],
    [/^gfortran-([89]|1\d)$/, 'libgfortran5'],
    [/^gnat-(\d+)$/, 'libgnat-$1'],
  ],
  // libstdc++6 is in every image: apt links it.
  companions: [],
};
