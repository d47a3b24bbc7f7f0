import { systemPath } from './distributions.ts';
import type { ImageFamily } from './family.ts';
import { languageImage } from './language-image.ts';

const SOURCE = 'https://github.com/moigagoo/nimage';

/** The versions that upstream's builder lists, all made from one template; what came later may stand on another release. */
const FOCAL = /^(1\.6\.\d+|2\.0\.(\d|1[0-4])|2\.2\.[0-2])(-|$)/;

/** https://hub.docker.com/r/nimlang/nim. Of Alpine the tags do not say the release. */
export const nim: ImageFamily = {
  source: SOURCE,
  describe: (tag) => {
    const distribution = tag.words.includes('alpine') ? 'alpine' : 'ubuntu';
    const slim = tag.words.includes('slim');
    const programs = ['nim', 'gcc', 'g++', 'cc', 'xz', 'node', ...(slim ? [] : ['nimble', 'git', 'hg'])];
    const release = distribution === 'ubuntu' && FOCAL.test(tag.tag) ? 'focal' : null;
    return languageImage('nim', SOURCE, { distribution, release }, programs, {
      env: { PATH: slim ? systemPath : `/root/.nimble/bin:${systemPath}` },
      toolchainTrees: ['/nim'],
      hasCertificates: true,
    });
  },
};
