import { buildpackFacts } from './buildpack-deps.ts';
import type { ImageFamily } from './family.ts';

const SOURCE = 'https://github.com/docker-library/gcc';

/** https://hub.docker.com/_/gcc: its libstdc++ and libgcc are newer than the distribution's. */
export const gcc: ImageFamily = {
  source: SOURCE,
  describe: (tag) => {
    const below = buildpackFacts(tag.base ?? { distribution: 'debian', release: null }, 'full');
    return {
      ...below,
      family: 'gcc',
      versionVariables: ['GCC_VERSION', 'GCC_MIRRORS', 'GPG_KEYS'],
      programs: [...below.programs, 'gfortran', 'gcov'],
      toolchainTrees: ['/usr/local/lib/gcc', '/usr/local/libexec/gcc'],
      toolchain: true,
      ownLibraries: ['/usr/local/lib64'],
      source: SOURCE,
    };
  },
};
