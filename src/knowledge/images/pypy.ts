import { buildpackFacts } from './buildpack-deps.ts';
import { distributionFacts, systemPath } from './distributions.ts';
import type { ImageFamily } from './family.ts';
import { sibling, slimBeforeSuite } from './family.ts';

const SOURCE = 'https://github.com/docker-library/pypy';

/** https://hub.docker.com/_/pypy */
export const pypy: ImageFamily = {
  source: SOURCE,
  describe: (tag) => {
    const base = tag.base ?? { distribution: 'debian', release: null };
    if (tag.words.includes('onbuild')) return null;
    const slim = tag.tag.includes('slim');
    const below = slim ? distributionFacts(base, true) : buildpackFacts(base, 'full');
    const program = tag.version?.[0] === 2 || /^2/.test(tag.tag) ? 'pypy' : 'pypy3';
    return {
      ...below,
      family: 'pypy',
      env: { PATH: `/opt/pypy/bin:${systemPath}`, LANG: 'C.UTF-8' },
      cmd: [program],
      programs: [...below.programs, program, 'pypy', 'pip', 'pip3', 'python', 'python3'],
      hasCertificates: true,
      toolchain: false,
      interpreter: 'python',
      source: SOURCE,
    };
  },
  smaller: (tag) => sibling('pypy', slimBeforeSuite(tag.tag)),
};
