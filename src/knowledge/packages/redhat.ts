import { indexedPurpose } from './debian-index.ts';
import { namePurpose } from './name-purpose.ts';
import {
  always,
  byRelease,
  ofSource,
  type PackageTable,
  type PurposeRules,
  type PurposeWords,
  purposeBy,
} from './table.ts';

const OLD = 'el6 el7';
const NEW = 'el8 el9 el10';

/** https://docs.fedoraproject.org/en-US/packaging-guidelines/Naming/ */
const RULES: PurposeRules = [
  [/^(java|perl|php|python[\d]*u?|rubygems?|nodejs|npm|tcl|tk|R)(-|$)/, 'language'],
  [/-(libs|lib)$|^readline$/, 'library'],
  [/-fonts$/, 'data'],
  [/^mingw\d\d-|^devtoolset-/, 'build tool'],
  [/-release(-|$)|^(yum|dnf|kernel)-|^dnf$/, 'system'],
  [/-server$/, 'service'],
];

const OWN: PurposeWords = [
  [
    'tool',
    'which vim-enhanced bind-utils openssh-clients psmisc hostname xorg-x11-server-Xvfb systemtap systemtap-client vim conntrack-tools perf jwhois sqlite scl-utils',
  ],
  [
    'service',
    'httpd redis mariadb cronie crontabs iscsi-initiator-utils targetcli kubernetes-master kubernetes-node rh-nginx18',
  ],
  ['system', 'passwd util-linux procps-ng iproute glibc-common shadow-utils findutils iputils sysstat'],
];

/** Development packages whose library has one name in every release. */
const SINGLE = {
  'libxml2-devel': always('libxml2'),
  'libxslt-devel': always('libxslt'),
  'expat-devel': always('expat'),
  'readline-devel': always('readline'),
  'libffi-devel': always('libffi'),
  'bzip2-devel': always('bzip2-libs'),
  'libyaml-devel': always('libyaml'),
  'libjpeg-turbo-devel': always('libjpeg-turbo'),
  'libjpeg-devel': always('libjpeg-turbo'),
  'libpng-devel': always('libpng'),
  'freetype-devel': always('freetype'),
  'libtiff-devel': always('libtiff'),
  'libwebp-devel': always('libwebp'),
  'openldap-devel': always('openldap'),
  'cyrus-sasl-devel': always('cyrus-sasl-lib'),
  'libuuid-devel': always('libuuid'),
  'xz-devel': always('xz-libs'),
  'libzstd-devel': always('libzstd'),
  'libevent-devel': always('libevent'),
  'libicu-devel': always('libicu'),
  'unixODBC-devel': always('unixODBC'),
  'libpcap-devel': always('libpcap'),
  'elfutils-libelf-devel': always('elfutils-libelf'),
  'systemd-devel': always('systemd-libs'),
  'libselinux-devel': always('libselinux'),
  'libcap-devel': always('libcap'),
  'libgcrypt-devel': always('libgcrypt'),
  'libidn-devel': always('libidn'),
  'libarchive-devel': always('libarchive'),
  'libev-devel': always('libev'),
  'snappy-devel': always('snappy'),
  'tk-devel': always('tk'),
  'python3-devel': always('python3'),
  'ruby-devel': always('ruby'),
};

/**
 * Red Hat Enterprise Linux and its kin (CentOS, Rocky, Alma, Oracle, Amazon, Fedora): https://packages.fedoraproject.org/.
 * The libraries behind a development package are those of the same source package, which RPM requires by exact version: for
 * el8 and el9 by the spec files of https://github.com/openela-main, for el10 by the packages of https://vault.almalinux.org/10.0/.
 */
export const redhatPackages: PackageTable = {
  docs: 'https://packages.fedoraproject.org/',
  build:
    /^(gcc(-c\+\+|-gfortran|-objc)?|cpp|clang|llvm|make|cmake3?|ninja-build|meson|autoconf|automake|libtool|m4|bison|byacc|flex|gperf|pkgconfig|pkgconf(-pkg-config)?|kernel-(devel|headers)|glibc-(devel|headers|static)|libstdc\+\+-(devel|static)|rpm-build|rpmdevtools|redhat-rpm-config|golang(-bin)?|rust|cargo|nasm|yasm|patchelf|swig|ccache|texinfo|maven|ant|gradle|sbt|vala|intltool|@.*[Dd]evelopment.*|(devtoolset|gcc-toolset)-\d+(-(gcc(-c\+\+|-gfortran)?|binutils|make|toolchain|build))?)$/s,
  compilers: /^(gcc.*|clang|golang.*|rust|cargo|@.*|devtoolset-.*)$/,
  headers: /-devel$/,
  purpose: ofSource(purposeBy(RULES, OWN, (name) => namePurpose(name) ?? indexedPurpose(name))),
  libraries: {
    ...SINGLE,
    'openssl-devel': byRelease('el6: openssl', `el7 ${NEW} amzn2 al2023 fedora: openssl-libs`),
    'zlib-devel': byRelease(`${OLD} el8 el9 amzn2 al2023 fedora: zlib`, 'el10: zlib-ng-compat'),
    'sqlite-devel': byRelease(`${OLD} amzn2: sqlite`, `${NEW} al2023 fedora: sqlite-libs`),
    'gdbm-devel': byRelease(`${OLD} amzn2: gdbm`, `${NEW} al2023 fedora: gdbm-libs`),
    'ncurses-devel': byRelease(`${OLD} amzn2: ncurses-libs`, `${NEW} al2023 fedora: ncurses-libs ncurses-c++-libs`),
    // Newer images come with libcurl-minimal, which libcurl cannot be installed beside.
    'libcurl-devel': byRelease(`${OLD} amzn2: libcurl`),
    'pcre-devel': byRelease(`${OLD} amzn2: pcre`, 'el8 el9: pcre pcre-cpp pcre-utf16 pcre-utf32'),
    'pcre2-devel': byRelease(`${NEW} al2023 fedora: pcre2 pcre2-utf16 pcre2-utf32`),
    'gmp-devel': byRelease(`${OLD} amzn2: gmp`, `${NEW} al2023 fedora: gmp gmp-c++`),
    'krb5-devel': byRelease(`el7 amzn2 ${NEW} al2023 fedora: krb5-libs libkadm5`),
    'postgresql-devel': byRelease('el6 el7 amzn2: postgresql-libs', 'el8 el9: libpq'),
    'libpq-devel': byRelease(`${NEW} al2023 fedora: libpq`),
    'mariadb-devel': byRelease('el7 amzn2: mariadb-libs', 'el8 el9: mariadb-connector-c'),
    'mariadb-connector-c-devel': byRelease(`${NEW} fedora: mariadb-connector-c`),
    'mysql-devel': byRelease('el6 el8 el9: mysql-libs', 'el7: mariadb-libs'),
    'python-devel': byRelease(`${OLD} amzn2: python`),
    'gnutls-devel': byRelease('el8 el9: gnutls gnutls-c++ gnutls-dane'),
    'libnl3-devel': byRelease('el8 el9: libnl3 libnl3-cli'),
    'protobuf-devel': byRelease('el8 el9: protobuf protobuf-compiler'),
    'elfutils-devel': byRelease('el8 el9: elfutils-libs elfutils-libelf'),
    'lz4-devel': byRelease('el8 el9: lz4-libs'),
    'numactl-devel': byRelease('el8 el9: numactl-libs'),
    'fuse-devel': byRelease('el8 el9: fuse-libs'),
    'device-mapper-devel': byRelease('el8 el9: device-mapper-libs'),
    ...Object.fromEntries(
      'boost cairo cairo-gobject glib2 gpgme jansson json-c libaio libblkid libfdisk libmount libsmartcols pam pango protobuf-lite turbojpeg'
        .split(' ')
        .map((name) => [`${name}-devel`, byRelease(`el8 el9: ${name}`)]),
    ),
  },
  kits: [[/^(java-[\d.]+(?:-openjdk|-amazon-corretto))-devel$/, '$1']],
  companions: [
    [/^gcc-gfortran$/, ['libgfortran', 'libgomp']],
    [/^gcc(-c\+\+)?$/, ['libgomp']],
  ],
};
