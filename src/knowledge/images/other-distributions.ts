import { fullRedHatPrograms } from '../essential.ts';
import type { ImageFacts } from '../image.ts';
import { systemPath } from './distributions.ts';
import type { ImageFamily } from './family.ts';

/** A distribution whose packages are not known here: what is made on it stays on it, and what it installs stays there. */
function foreign(family: string, source: string, programs: readonly string[], cmd: readonly string[]): ImageFamily {
  return {
    source,
    describe: ({ words }): ImageFacts | null =>
      words.some((word) => /^(micro|busybox)$/.test(word))
        ? null
        : {
            family,
            distribution: null,
            release: null,
            libc: 'glibc',
            slim: false,
            env: { PATH: systemPath },
            workdir: '/',
            user: 'root',
            entrypoint: null,
            cmd,
            volumes: [],
            exposes: [],
            stopSignal: null,
            programs: [...COMMON, ...fullRedHatPrograms, ...programs],
            shell: true,
            accounts: [],
            hasCertificates: false,
            hasTimeZones: false,
            toolchainTrees: [],
            toolchain: false,
            interpreter: family,
            source,
          },
  };
}

/** bash and coreutils: https://www.gnu.org/software/coreutils/manual/coreutils.html */
const COMMON = (
  'sh bash ls cat cp mv rm mkdir rmdir ln chmod chown chgrp touch echo printf test [ true false pwd env id whoami sleep ' +
  'date kill head tail sort uniq cut tr wc tee grep egrep fgrep sed awk basename dirname readlink realpath stat du df sync ' +
  'mktemp seq expr nproc uname md5sum sha1sum sha256sum sha512sum base64 od dd install nohup timeout yes ldd ldconfig getent'
).split(' ');

const ARCH = 'https://gitlab.archlinux.org/archlinux/archlinux-docker';
const SUSE = 'https://github.com/openSUSE/docker-containers-build';

const archlinux = foreign(
  'archlinux',
  ARCH,
  ['pacman', 'pacman-key', 'curl', 'useradd', 'groupadd', 'gpg', 'xz'],
  ['/usr/bin/bash'],
);
const opensuse = foreign('opensuse', SUSE, ['zypper', 'rpm'], ['/bin/bash']);

/** By the name of the official image: https://hub.docker.com/_/archlinux */
export const officialDistributions: Readonly<Record<string, ImageFamily>> = { archlinux, opensuse };

/** By the full name: https://hub.docker.com/u/opensuse */
export const otherDistributions: Readonly<Record<string, ImageFamily>> = {
  'archlinux/archlinux': archlinux,
  'base/archlinux': archlinux,
  'opensuse/leap': opensuse,
  'opensuse/tumbleweed': opensuse,
  'registry.opensuse.org/opensuse/leap': opensuse,
  'registry.opensuse.org/opensuse/tumbleweed': opensuse,
};
