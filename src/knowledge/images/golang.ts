import { buildpackFacts } from './buildpack-deps.ts';
import { distributionFacts, systemPath } from './distributions.ts';
import type { ImageFamily } from './family.ts';
import { atLeast } from './family.ts';

const SOURCE = 'https://github.com/docker-library/golang';
const COMPILER = ['gcc', 'g++', 'cc', 'c++', 'cpp', 'make', 'ld', 'as', 'ar', 'strip', 'objdump', 'pkg-config'];

/** https://hub.docker.com/_/golang: Debian with the scm tools and a C compiler, or Alpine with nothing. */
export const golang: ImageFamily = {
  source: SOURCE,
  describe: (tag) => {
    if (tag.words.includes('onbuild')) return null;
    const base = tag.base ?? { distribution: 'debian', release: null };
    const alpine = base.distribution === 'alpine';
    const below = alpine ? distributionFacts(base, true) : buildpackFacts(base, 'scm');
    // Up to 1.4 it was built from source.
    const root = atLeast(tag, 1, 5) ? '/usr/local/go' : '/usr/src/go';
    // The images of September 2023 and later keep `go` from fetching another version of itself.
    const local = atLeast(tag, 1, 21) && tag.last >= '2023-10';
    return {
      ...below,
      family: 'golang',
      env: { PATH: `/go/bin:${root}/bin:${systemPath}`, GOPATH: '/go', ...(local ? { GOTOOLCHAIN: 'local' } : {}) },
      versionVariables: ['GOLANG_VERSION'],
      workdir: '/go',
      programs: [...below.programs, ...(alpine ? [] : COMPILER), 'go', 'gofmt'],
      hasCertificates: true,
      toolchainTrees: [root, '/go/pkg'],
      toolchain: true,
      source: SOURCE,
    };
  },
};
