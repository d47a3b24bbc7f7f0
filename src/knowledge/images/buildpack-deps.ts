import type { ImageFacts } from '../image.ts';
import { distributionFacts } from './distributions.ts';
import type { ImageFamily } from './family.ts';
import type { Base } from './release.ts';

const SOURCE = 'https://github.com/docker-library/buildpack-deps';

/** What each variant adds to the one before it; the programs that matter to a Dockerfile, not all of them. */
const PROGRAMS = {
  curl: ['curl', 'wget', 'gpg', 'gpgconf', 'dirmngr', 'openssl', 'c_rehash', 'update-ca-certificates'],
  scm: [
    'git',
    'hg',
    'svn',
    'ssh',
    'ssh-keygen',
    'ssh-keyscan',
    'scp',
    'sftp',
    'ps',
    'pgrep',
    'pkill',
    'top',
    'free',
    'adduser',
    'addgroup',
  ],
  full: (
    'gcc g++ cc c++ cpp make ld as ar ranlib nm strip objcopy objdump readelf autoconf automake autoreconf aclocal ' +
    'libtoolize m4 patch file bzip2 bunzip2 unzip xz unxz dpkg-buildpackage dpkg-architecture pkg-config convert ' +
    'identify mogrify mysql_config mariadb_config pg_config xml2-config xslt-config curl-config krb5-config python3'
  ).split(' '),
} as const;

/** True for an image with the development files of many libraries, libpq's among them, that programs may be linked with. */
export function hasDevelopmentLibraries(facts: ImageFacts): boolean {
  return facts.programs.includes('pg_config');
}

export type BuildpackVariant = keyof typeof PROGRAMS;

/** The facts of an image FROM buildpack-deps: `golang` stands on the `scm` variant, `node`, `rust` on the full one. */
export function buildpackFacts(base: Base, variant: BuildpackVariant): ImageFacts {
  const programs = [
    ...PROGRAMS.curl,
    ...(variant === 'curl' ? [] : PROGRAMS.scm),
    ...(variant === 'full' ? PROGRAMS.full : []),
  ];
  const below = distributionFacts(base, false);
  return {
    ...below,
    family: 'buildpack-deps',
    programs: programs.filter((program) => program !== 'python3' || !hasPython2(base.release)),
    ...(variant === 'curl' || base.distribution !== 'debian' ? {} : { groupNumbers: groupsOfSsh(base.release) }),
    hasCertificates: true,
    // From Debian 13 on, the Python that Mercurial stands on brings them along.
    hasTimeZones: below.hasTimeZones || base.distribution === 'ubuntu' || (variant !== 'curl' && base.release !== null),
    // Mercurial's Python brings them: https://packages.debian.org/libpython3-stdlib, https://packages.debian.org/media-types
    hasMimeTypes: variant !== 'curl',
    // https://github.com/docker-library/buildpack-deps/blob/master/Dockerfile.template
    hasServices: true,
    toolchain: variant === 'full',
    source: SOURCE,
  };
}

/**
 * The one group that openssh-client makes, renamed in 1:8.4p1-6 (https://tracker.debian.org/pkg/openssh). Up to jessie the
 * image itself had groups that took other numbers.
 */
function groupsOfSsh(release: string | null): Readonly<Record<string, string>> {
  if (release === null || ['wheezy', 'jessie'].includes(release)) return {};
  return { 101: ['stretch', 'buster', 'bullseye'].includes(release) ? 'ssh' : '_ssh' };
}

/** Mercurial brought Python 2 along before bullseye. */
function hasPython2(release: string | null): boolean {
  return release === null || ['wheezy', 'jessie', 'stretch', 'buster', 'trusty', 'xenial', 'bionic'].includes(release);
}

export const buildpackDeps: ImageFamily = {
  source: SOURCE,
  describe: (tag) => {
    const variant = tag.tag.endsWith('curl') ? 'curl' : tag.tag.endsWith('scm') ? 'scm' : 'full';
    if (tag.tag.endsWith('micro')) return null;
    return buildpackFacts(tag.base ?? { distribution: 'debian', release: null }, variant);
  },
};
