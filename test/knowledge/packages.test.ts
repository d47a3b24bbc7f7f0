import { describe, expect, test } from 'vitest';
import { debianPackages } from '../../src/knowledge/packages/debian.ts';
import { indexedLibraries } from '../../src/knowledge/packages/debian-index.ts';
import { redhatPackages } from '../../src/knowledge/packages/redhat.ts';
import { packageFacts } from '../../src/knowledge/packages.ts';

const runtime = (distribution: 'debian' | 'ubuntu' | 'alpine' | 'redhat', release: string | null, name: string) =>
  packageFacts(distribution, release, name).runtime;

describe('libraries behind development packages', () => {
  test.each([
    ['debian', 'bullseye', 'libssl-dev', ['libssl1.1']],
    ['debian', 'trixie', 'libssl-dev', ['libssl3t64']],
    ['debian', 'bookworm', 'libgdal-dev', ['libgdal32']],
    ['debian', 'trixie', 'libpoppler-cpp-dev', ['libpoppler-cpp2', 'libpoppler147']],
    ['debian', 'bookworm', 'libeigen3-dev', []],
    ['debian', 'bookworm', 'libgmp-dev', ['libgmp10', 'libgmpxx4ldbl']],
    ['debian', 'buster', 'libncurses-dev', ['libncurses6', 'libncursesw6', 'libtinfo6']],
    ['debian', 'stretch', 'libprotobuf-dev', ['libprotobuf10', 'libprotobuf-lite10']],
    ['debian', 'stretch', 'libpng12-dev', null],
    ['ubuntu', 'xenial', 'libreadline-dev', ['libreadline6']],
    ['ubuntu', 'jammy', 'libboost-regex-dev', ['libboost-regex1.74.0']],
    ['ubuntu', 'noble', 'libglpk-dev', ['libglpk40']],
    ['ubuntu', 'noble', 'libjpeg-dev', ['libjpeg-turbo8']],
    // https://packages.ubuntu.com/jammy/libzip-dev and what apt lists on each release.
    ['ubuntu', 'bionic', 'libsodium-dev', ['libsodium23']],
    ['ubuntu', 'focal', 'libzip-dev', ['libzip5']],
    ['ubuntu', 'jammy', 'libzip-dev', ['libzip4']],
    ['ubuntu', 'noble', 'libzip-dev', ['libzip4t64']],
    ['ubuntu', 'jammy', 'libssl-dev', ['libssl3']],
    // Names with t64, as https://github.com/canonical/chisel-releases has them for ubuntu-24.04.
    ['ubuntu', 'noble', 'libssl-dev', ['libssl3t64']],
    ['ubuntu', 'noble', 'libpng-dev', ['libpng16-16t64']],
    ['ubuntu', 'noble', 'libcurl4-openssl-dev', ['libcurl4t64']],
    ['ubuntu', 'noble', 'libreadline-dev', ['libreadline8t64']],
    ['ubuntu', 'noble', 'libuv1-dev', ['libuv1t64']],
    ['ubuntu', 'noble', 'libicu-dev', ['libicu74']],
    ['ubuntu', 'noble', 'libpq-dev', ['libpq5']],
    ['ubuntu', 'resolute', 'libssl-dev', ['libssl3t64']],
    ['ubuntu', 'resolute', 'libicu-dev', ['libicu78']],
    ['ubuntu', 'resolute', 'libffi-dev', ['libffi8']],
    ['ubuntu', 'resolute', 'libgdal-dev', null],
    ['debian', 'trixie', 'libpng-dev', ['libpng16-16t64']],
    // https://github.com/alpinelinux/aports at the commits that index/alpine.ts names.
    ['alpine', '3.8', 'openssl-dev', ['libssl1.0', 'libcrypto1.0']],
    ['alpine', '3.16', 'openssl-dev', ['libssl1.1', 'libcrypto1.1']],
    ['alpine', '3.18', 'openssl-dev', ['libssl3', 'libcrypto3']],
    ['alpine', '3.20', 'gmp-dev', ['gmp', 'libgmpxx']],
    ['alpine', '3.20', 'pcre2-dev', ['libpcre2-16', 'libpcre2-32', 'pcre2']],
    ['alpine', '3.16', 'vips-dev', ['vips']],
    ['alpine', '3.17', 'vips-dev', ['vips', 'vips-cpp']],
    ['alpine', '3.18', 'libjpeg-turbo-dev', ['libjpeg-turbo']],
    ['alpine', '3.19', 'jpeg-dev', ['libjpeg-turbo', 'libturbojpeg']],
    ['alpine', '3.7', 'mysql-dev', ['mariadb-client-libs', 'mariadb-common', 'mariadb-libs']],
    ['alpine', '3.8', 'mysql-dev', ['mariadb-connector-c']],
    ['alpine', '3.20', 'gettext-dev', ['gettext-asprintf', 'gettext-libs', 'libintl']],
    ['alpine', '3.20', 'boost-dev', ['boost-libs']],
    ['alpine', '3.20', 'elogind-dev', ['libelogind']],
    ['alpine', '3.20', 'libnowhere-dev', null],
    // A release that the index lacks has what all of it have had; a library that changed its name is not known there.
    ['alpine', null, 'libffi-dev', ['libffi']],
    ['alpine', '3.99', 'libffi-dev', ['libffi']],
    ['alpine', null, 'mpfr-dev', null],
    ['redhat', 'el7', 'sqlite-devel', ['sqlite']],
    ['redhat', 'el9', 'sqlite-devel', ['sqlite-libs']],
    ['redhat', 'el10', 'zlib-devel', ['zlib-ng-compat']],
    ['redhat', 'el9', 'libcurl-devel', null],
    ['redhat', 'el9', 'java-17-openjdk-devel', ['java-17-openjdk']],
  ] as const)('%s %s %s', (distribution, release, name, libraries) => {
    expect(runtime(distribution, release, name)).toEqual(libraries);
  });

  test('are headers on an image of an unknown release, and unknown in a release that lacks them', () => {
    expect(packageFacts('debian', null, 'libgdal-dev')).toMatchObject({ purpose: 'headers', runtime: null });
    expect(packageFacts('debian', null, 'libnowhere-dev').purpose).toBeNull();
    expect(packageFacts('debian', 'stretch', 'libpng12-dev').purpose).toBeNull();
  });

  test('of a release in between are not known where the library changed, or Ubuntu has another', () => {
    expect(runtime('ubuntu', 'noble', 'libgdal-dev')).toBeNull();
    expect(runtime('ubuntu', 'noble', 'libjpeg62-turbo-dev')).toEqual(['libjpeg62-turbo']);
    expect(indexedLibraries('noble', 'libjpeg62-turbo-dev')).toBeNull();
    expect(runtime('ubuntu', 'bionic', 'libgdal-dev')).toBeNull();
    expect(runtime('debian', null, 'libgdal-dev')).toBeNull();
  });

  test('written by hand are those of the index', () => {
    // php-xml comes by a recommendation, `libruby` is what `ruby` is for, libopenblas0 stands for each of its builds, and Ubuntu has its own JPEG and MySQL.
    const others = /^(ruby|php[\d.]*|libopenblas|libjpeg|default-libmysqlclient)-dev$/;
    const wrong = Object.entries(debianPackages.libraries).flatMap(([name, libraries]) =>
      ['bullseye', 'bookworm', 'trixie', 'jammy', 'noble'].flatMap((release) => {
        const [written, indexed] = [libraries(release), indexedLibraries(release, name)];
        const strange = (written ?? []).filter((library) => indexed?.includes(library) === false);
        return others.test(name) || strange.length === 0 ? [] : [`${release} ${name}: ${strange.join(' ')}`];
      }),
    );
    expect(wrong).toEqual([]);
  });
});

// Requires of `%package devel` and the libraries in `%files`: https://github.com/openela-main, branches el8 and el9.
test.each([
  ['bzip2-devel', 'bzip2-libs'],
  ['boost-devel', 'boost'],
  ['gdbm-devel', 'gdbm-libs'],
  ['gmp-devel', 'gmp gmp-c++'],
  ['krb5-devel', 'krb5-libs libkadm5'],
  ['libpq-devel', 'libpq'],
  ['libuuid-devel', 'libuuid'],
  ['mariadb-connector-c-devel', 'mariadb-connector-c'],
  ['ncurses-devel', 'ncurses-libs ncurses-c++-libs'],
  ['openssl-devel', 'openssl-libs'],
  ['pcre-devel', 'pcre pcre-cpp pcre-utf16 pcre-utf32'],
  ['pcre2-devel', 'pcre2 pcre2-utf16 pcre2-utf32'],
  ['sqlite-devel', 'sqlite-libs'],
  ['systemd-devel', 'systemd-libs'],
  ['xz-devel', 'xz-libs'],
] as const)('behind %s of EL 8 and 9 stands %s', (name, libraries) => {
  for (const release of ['el8', 'el9'])
    expect(redhatPackages.libraries[name]?.(release)?.join(' '), release).toBe(libraries);
});

describe('purposes', () => {
  test.each([
    ['debian', 'gcc', 'compiler'],
    ['debian', 'cmake', 'build tool'],
    ['debian', 'postgresql-client', 'service'],
    ['debian', 'libssl3', 'library'],
    ['debian', 'rsync', 'tool'],
    ['alpine', 'su-exec', 'tool'],
    ['alpine', 'php83-fpm', 'language'],
    ['redhat', 'epel-release', 'system'],
    ['redhat', 'no-such-package', null],
  ] as const)('%s %s', (distribution, name, purpose) => {
    expect(packageFacts(distribution, null, name).purpose).toBe(purpose);
  });
});
