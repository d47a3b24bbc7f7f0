import { buildpackFacts } from './buildpack-deps.ts';
import { distributionFacts } from './distributions.ts';
import type { ImageFamily } from './family.ts';
import { sibling, slimBeforeSuite } from './family.ts';

const SOURCE = 'https://github.com/Perl/docker-perl';

/** https://hub.docker.com/_/perl */
export const perl: ImageFamily = {
  source: SOURCE,
  describe: (tag) => {
    const base = tag.base ?? { distribution: 'debian', release: null };
    const slim = tag.tag.includes('slim');
    const below = slim ? distributionFacts(base, true) : buildpackFacts(base, 'full');
    return {
      ...below,
      family: 'perl',
      // It was moved to `/` in November 2019 and to its own folder in August 2023.
      workdir: tag.last >= '2023-09' ? '/usr/src/app' : tag.last >= '2019-12' ? '/' : '/root',
      // The image names the program with its full version, `perl5.36.3`, which is the same one.
      cmd: ['perl', '-de0'],
      programs: [...below.programs, 'perl', 'cpan', 'cpanm', 'prove'],
      toolchain: false,
      interpreter: 'perl',
      source: SOURCE,
    };
  },
  smaller: (tag) => sibling('perl', slimBeforeSuite(tag.tag)),
};
