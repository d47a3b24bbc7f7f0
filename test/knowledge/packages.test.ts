import { describe, expect, test } from 'vitest';
import { debianPackages } from '../../src/knowledge/packages/debian.ts';
import { indexedLibraries } from '../../src/knowledge/packages/debian-index.ts';
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
    ['alpine', '3.18', 'openssl-dev', ['libssl3', 'libcrypto3']],
    ['redhat', 'el7', 'sqlite-devel', ['sqlite']],
    ['redhat', 'el9', 'sqlite-devel', ['sqlite-libs']],
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
