import { systemPath } from './distributions.ts';
import type { ImageFamily, ReadTag } from './family.ts';
import { languageImage } from './language-image.ts';
import { node } from './node.ts';
import { readTag } from './read-tag.ts';

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

const OFFICIAL = 'https://github.com/nim-lang/docker-images';

/** https://hub.docker.com/_/nim: since 2026, on the image of Node.js on Debian 13. */
export const officialNim: ImageFamily = {
  source: OFFICIAL,
  describe: () => {
    const below = node.describe(readTag('node', 'lts-trixie') as ReadTag);
    return (
      below && {
        ...below,
        family: 'nim',
        env: { PATH: `/opt/nim/bin:${systemPath}` },
        workdir: '/usr/src/app',
        cmd: ['bash'],
        programs: [...below.programs, 'nim', 'nimble'],
        toolchainTrees: ['/opt/nim'],
        toolchain: true,
        interpreter: null,
        source: OFFICIAL,
      }
    );
  },
};
