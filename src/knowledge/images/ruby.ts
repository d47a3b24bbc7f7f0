import { buildpackFacts } from './buildpack-deps.ts';
import { distributionFacts, systemPath } from './distributions.ts';
import type { ImageFamily } from './family.ts';
import { sibling, slimBeforeSuite } from './family.ts';

const SOURCE = 'https://github.com/docker-library/ruby';

/** https://hub.docker.com/_/ruby */
export const ruby: ImageFamily = {
  source: SOURCE,
  describe: (tag) => {
    if (tag.words.includes('onbuild')) return null;
    const base = tag.base ?? { distribution: 'debian', release: null };
    const small = base.distribution === 'alpine' || tag.tag.includes('slim');
    const below = small ? distributionFacts(base, true) : buildpackFacts(base, 'full');
    // Older images name the bundle's folder to bundler in more ways.
    const old = tag.last < '2019-01';
    return {
      ...below,
      family: 'ruby',
      env: {
        PATH: `/usr/local/bundle/bin:${old && tag.last >= '2018-06' ? '/usr/local/bundle/gems/bin:' : ''}${systemPath}`,
        LANG: 'C.UTF-8',
        GEM_HOME: '/usr/local/bundle',
        BUNDLE_SILENCE_ROOT_WARNING: '1',
        BUNDLE_APP_CONFIG: '/usr/local/bundle',
        ...(old ? { BUNDLE_PATH: '/usr/local/bundle' } : {}),
        ...(tag.last < '2018-06' ? { BUNDLE_BIN: '/usr/local/bundle/bin' } : {}),
      },
      cmd: ['irb'],
      programs: [...below.programs, 'ruby', 'gem', 'bundle', 'bundler', 'irb', 'rake', 'erb'],
      hasCertificates: true,
      folders: ['/usr/local/bundle'],
      toolchain: false,
      interpreter: 'ruby',
      source: SOURCE,
    };
  },
  smaller: (tag) => sibling('ruby', slimBeforeSuite(tag.tag)),
};
