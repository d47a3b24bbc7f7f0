import { systemPath } from './distributions.ts';
import type { ImageFamily } from './family.ts';
import { languageImage } from './language-image.ts';

const SOURCE = 'https://github.com/nim-lang/nimage';

/** https://hub.docker.com/r/nimlang/nim. Its tags say Ubuntu or Alpine, and nobody says which release of it. */
export const nim: ImageFamily = {
  source: SOURCE,
  describe: (tag) => {
    const distribution = tag.words.includes('alpine') ? 'alpine' : 'ubuntu';
    const slim = tag.words.includes('slim');
    const programs = ['nim', 'gcc', 'g++', 'cc', 'xz', 'node', ...(slim ? [] : ['nimble', 'git', 'hg'])];
    return languageImage('nim', SOURCE, { distribution, release: null }, programs, {
      env: { PATH: slim ? systemPath : `/root/.nimble/bin:${systemPath}` },
      toolchainTrees: ['/nim'],
      hasCertificates: true,
    });
  },
};
