import { distributionFacts } from './distributions.ts';
import type { ImageFamily } from './family.ts';
import { sibling, slimAtEnd } from './family.ts';

const SOURCE = 'https://github.com/swiftlang/swift-docker';

/** https://hub.docker.com/_/swift: the slim ones have the libraries that a compiled program is linked with. */
export const swift: ImageFamily = {
  source: SOURCE,
  describe: (tag) => {
    const slim = tag.tag.includes('slim');
    const below = distributionFacts(tag.base ?? { distribution: 'ubuntu', release: null }, slim);
    return {
      ...below,
      family: 'swift',
      programs: slim ? [] : ['swift', 'swiftc', 'clang', 'git', 'ld', 'ar', 'unzip', 'gpg', 'pkg-config'],
      hasCertificates: true,
      hasTimeZones: true,
      toolchain: !slim,
      interpreter: 'swift',
      source: SOURCE,
    };
  },
  smaller: (tag) => sibling('swift', slimAtEnd(tag.tag)),
};
