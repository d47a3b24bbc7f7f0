import type { ImageFamily } from './family.ts';
import { languageImage, sinceVersion } from './language-image.ts';
import type { Base } from './release.ts';

const SOURCE = 'https://github.com/crystal-lang/distribution-scripts/tree/master/docker';

/** What the image of each release was built from: the revision of SOURCE that the release's own pipeline names. */
const UBUNTU = ['0.32 bionic', '0.36 focal', '1.8 jammy', '1.13 noble'];
const ALPINE = ['0.33 3.11', '0.36 3.12', '1.1 3.13', '1.2 3.12', '1.6 3.16', '1.8 3.17', '1.13 3.20', '1.19 3.22'];
const NEWEST = [1, 21] as const;

/** https://hub.docker.com/r/crystallang/crystal: the compiler with the libraries that its standard library is linked with. */
export const crystal: ImageFamily = {
  source: SOURCE,
  describe: (tag) => {
    if (/84codes|nightly|i386/.test(tag.tag)) return null;
    const alpine = tag.words.includes('alpine');
    // 1.5.0 and 1.5.1 stand on different releases of Alpine.
    const unclear = alpine && tag.version?.[0] === 1 && tag.version[1] === 5;
    const release = unclear ? null : sinceVersion(tag.version, alpine ? ALPINE : UBUNTU, NEWEST);
    const base: Base = { distribution: alpine ? 'alpine' : 'ubuntu', release };
    return languageImage('crystal', SOURCE, base, ['crystal', 'shards', 'gcc', 'cc', 'ld', 'ar', 'make', 'git'], {
      cmd: ['/bin/sh'],
      hasCertificates: true,
      hasTimeZones: true,
    });
  },
};
