import { indexedPurpose } from './debian-index.ts';
import { namePurpose } from './name-purpose.ts';
import { always, byRelease, type PackageTable, type PurposeRules, type PurposeWords, purposeBy } from './table.ts';

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

/**
 * Red Hat Enterprise Linux and its kin (CentOS, Rocky, Alma, Oracle, Amazon, Fedora): https://packages.fedoraproject.org/.
 * The libraries behind a development package are those of the same source package, which RPM requires by exact version.
 */
export const redhatPackages: PackageTable = {
  docs: 'https://packages.fedoraproject.org/',
  build:
    /^(gcc(-c\+\+|-gfortran|-objc)?|cpp|clang|llvm|make|cmake3?|ninja-build|meson|autoconf|automake|libtool|m4|bison|byacc|flex|gperf|pkgconfig|pkgconf(-pkg-config)?|kernel-(devel|headers)|glibc-(devel|headers|static)|libstdc\+\+-(devel|static)|rpm-build|rpmdevtools|redhat-rpm-config|golang(-bin)?|rust|cargo|nasm|yasm|patchelf|swig|ccache|texinfo|maven|ant|gradle|sbt|vala|intltool|@.*[Dd]evelopment.*|(devtoolset|gcc-toolset)-\d+(-(gcc(-c\+\+|-gfortran)?|binutils|make|toolchain|build))?)$/s,
  compilers: /^(gcc.*|clang|golang.*|rust|cargo|@.*|devtoolset-.*)$/,
  headers: /-devel$/,
  purpose: purposeBy(RULES, OWN, (name) => namePurpose(name) ?? indexedPurpose(name)),
  libraries: {
    'openssl-devel': byRelease('el6: openssl', `el7 ${NEW} amzn2 al2023 fedora: openssl-libs`),
    'zlib-devel': always('zlib'),
    'libxml2-devel': always('libxml2'),
    'libxslt-devel': always('libxslt'),
    'expat-devel': always('expat'),
    'readline-devel': always('readline'),
    'sqlite-devel': byRelease(`${OLD} amzn2: sqlite`, `${NEW} al2023 fedora: sqlite-libs`),
    'libffi-devel': always('libffi'),
    'bzip2-devel': always('bzip2-libs'),
    'ncurses-devel': always('ncurses-libs'),
    'gdbm-devel': byRelease(`${OLD} amzn2: gdbm`, `${NEW} al2023 fedora: gdbm-libs`),
    'libcurl-devel': always('libcurl'),
    'pcre-devel': always('pcre'),
    'pcre2-devel': always('pcre2'),
    'libyaml-devel': always('libyaml'),
    'libjpeg-turbo-devel': always('libjpeg-turbo'),
    'libjpeg-devel': always('libjpeg-turbo'),
    'libpng-devel': always('libpng'),
    'freetype-devel': always('freetype'),
    'libtiff-devel': always('libtiff'),
    'libwebp-devel': always('libwebp'),
    'postgresql-devel': byRelease('el6 el7 amzn2: postgresql-libs'),
    'libpq-devel': byRelease(`${NEW} al2023 fedora: libpq`),
    'mariadb-devel': byRelease('el7 amzn2: mariadb-libs'),
    'mariadb-connector-c-devel': byRelease(`${NEW} fedora: mariadb-connector-c`),
    'mysql-devel': byRelease('el6: mysql-libs', 'el7: mariadb-libs'),
    'openldap-devel': always('openldap'),
    'cyrus-sasl-devel': always('cyrus-sasl-lib'),
    'krb5-devel': always('krb5-libs'),
    'libuuid-devel': always('libuuid'),
    'gmp-devel': always('gmp'),
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
    'python-devel': always('python'),
    'python3-devel': always('python3'),
    'ruby-devel': always('ruby'),
  },
  kits: [[/^(java-[\d.]+(?:-openjdk|-amazon-corretto))-devel$/, '$1']],
  companions: [
    [/^gcc-gfortran$/, ['libgfortran', 'libgomp']],
    [/^gcc(-c\+\+)?$/, ['libgomp']],
  ],
};
