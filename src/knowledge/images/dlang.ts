import { systemPath } from './distributions.ts';
import type { ImageFamily } from './family.ts';
import { languageImage } from './language-image.ts';

const PROGRAMS = ['dub', 'gcc', 'cc', 'ld', 'ar', 'make', 'curl', 'ldc2', 'ldmd2', 'dmd', 'rdmd'];
const TOUR = 'https://github.com/wilzbach/dlang-docker/tree/master/ubuntu';
const DOCKERIZED = 'https://github.com/dlang-dockerized/packaging';

/** https://hub.docker.com/r/dlang2/ldc-ubuntu and its kin: all of them are made FROM ubuntu:18.04. */
export const dlangUbuntu: ImageFamily = {
  source: TOUR,
  describe: () =>
    languageImage('dlang', TOUR, { distribution: 'ubuntu', release: 'bionic' }, [...PROGRAMS, 'gpg', 'xz'], {
      accounts: ['dlang'],
      hasCertificates: true,
      toolchainTrees: ['/dlang'],
    }),
};

/** https://hub.docker.com/r/dlangdockerized/ldc: bookworm, unless the tag ends in another release. */
export const dlangDockerized: ImageFamily = {
  source: DOCKERIZED,
  describe: (tag) => {
    if (/ubi|ltsmaster|xtensa/.test(tag.tag)) return null;
    return languageImage('dlang', DOCKERIZED, tag.base ?? { distribution: 'debian', release: 'bookworm' }, PROGRAMS, {
      entrypoint: ['/usr/local/bin/entrypoint'],
      env: { PATH: systemPath },
      hasCertificates: true,
      toolchainTrees: ['/opt/ldc', '/opt/dmd'],
      slim: true,
    });
  },
};
