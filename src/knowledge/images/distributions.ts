import type { ImageFacts } from '../image.ts';
import type { Base } from './release.ts';
import { debianReleases, libcOf } from './release.ts';

/** The PATH that Debian, Ubuntu, Alpine and distroless images are configured with. */
export const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Alpine's own images carry /etc/ssl/certs/ca-certificates.crt from this release on. */
const ALPINE_BUNDLE = 12;

/** The facts of a distribution's own image, which every family's facts are made from. */
export function distributionFacts(base: Base, slim: boolean): ImageFacts {
  const { distribution, release } = base;
  const alpine = distribution === 'alpine';
  return {
    family: distribution,
    distribution,
    release,
    libc: libcOf(distribution),
    slim: slim || alpine,
    env: { PATH: systemPath },
    workdir: '/',
    user: 'root',
    entrypoint: null,
    cmd: alpine ? ['/bin/sh'] : distribution === 'ubuntu' ? ['/bin/bash'] : ['bash'],
    volumes: [],
    exposes: [],
    stopSignal: null,
    programs: alpine ? ['wget'] : [],
    shell: true,
    accounts: [],
    hasCertificates: alpine && release !== null && Number(release.split('.')[1]) >= ALPINE_BUNDLE,
    hasTimeZones: distribution === 'debian' && isBeforeTrixie(release),
    toolchainTrees: [],
    toolchain: false,
    interpreter: null,
    source: `https://hub.docker.com/_/${distribution}`,
  };
}

/** tzdata was a required package of Debian up to bookworm. */
function isBeforeTrixie(release: string | null): boolean {
  return release !== null && debianReleases.indexOf(release) < debianReleases.indexOf('trixie');
}
