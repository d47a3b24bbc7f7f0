import { distributionFacts } from './distributions.ts';
import type { ImageFamily } from './family.ts';
import { ubuntuReleases } from './release.ts';

/** https://hub.docker.com/_/ubuntu */
export const ubuntu: ImageFamily = {
  source: 'https://hub.docker.com/_/ubuntu',
  describe: (tag) => {
    const release = tag.base?.release ?? releaseOf(tag.tag);
    return distributionFacts({ distribution: 'ubuntu', release }, false);
  },
};

/** `12.04` is the first release in the list; there are two a year. */
function releaseOf(tag: string): string | null {
  const match = /^(\d\d)\.(04|10)(?:[.-]|$)/.exec(tag);
  if (match === null) return null;
  return ubuntuReleases[(Number(match[1]) - 12) * 2 + (match[2] === '10' ? 1 : 0)] ?? null;
}
