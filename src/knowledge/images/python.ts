import { buildpackFacts } from './buildpack-deps.ts';
import { distributionFacts, systemPath } from './distributions.ts';
import type { ImageFamily } from './family.ts';
import { atLeast, sibling, slimBeforeSuite } from './family.ts';

const SOURCE = 'https://github.com/docker-library/python';

/** https://hub.docker.com/_/python */
export const python: ImageFamily = {
  source: SOURCE,
  describe: (tag) => {
    if (tag.words.includes('onbuild')) return null;
    const base = tag.base ?? { distribution: 'debian', release: null };
    const alpine = base.distribution === 'alpine';
    const small = alpine || tag.tag.includes('slim');
    const below = small ? distributionFacts(base, true) : buildpackFacts(base, 'full');
    const three = atLeast(tag, 3, 0);
    return {
      ...below,
      family: 'python',
      env: {
        PATH: `/usr/local/bin:${systemPath}`,
        ...(atLeast(tag, 3, 13) ? {} : { LANG: 'C.UTF-8' }),
        ...(three || tag.last < '2018-05' ? {} : { PYTHONIOENCODING: 'UTF-8' }),
      },
      cmd: [three ? 'python3' : 'python2'],
      programs: [...below.programs, 'python', 'pip', ...(three ? ['python3', 'pip3'] : ['python2', 'pip2'])],
      hasCertificates: true,
      // The slim form keeps the module and not its library: https://github.com/docker-library/python/blob/master/Dockerfile-linux.template
      ...(small ? {} : { toolkit: 'libtk8.6' }),
      hasTimeZones: below.hasTimeZones || (small && tag.last >= '2021-01' && atLeast(tag, 3, 9)),
      // https://github.com/docker-library/python/blob/master/3.12/slim-bookworm/Dockerfile
      hasServices: below.hasServices === true || (small && tag.last >= '2021-01'),
      toolchain: false,
      interpreter: 'python',
      source: SOURCE,
    };
  },
  smaller: (tag) => sibling('python', slimBeforeSuite(tag.tag)),
};
