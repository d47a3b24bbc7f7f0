import { distributionFacts } from './distributions.ts';
import type { ImageFamily } from './family.ts';
import { tagInfo } from './tag-table.ts';

/** https://hub.docker.com/_/alpine */
export const alpine: ImageFamily = {
  source: 'https://hub.docker.com/_/alpine',
  describe: (tag) => distributionFacts({ distribution: 'alpine', release: releaseOf(tag.tag) }, true),
};

/** `latest` and `3` are the newest release that the table still sees rebuilt. */
function releaseOf(tag: string): string | null {
  const named = /^(\d+\.\d+)(?:[._-]|$)/.exec(tag)?.[1];
  if (named !== undefined) return named;
  if (tag !== 'latest' && tag !== '3') return null;
  let minor = 20;
  while (tagInfo('alpine', `3.${minor + 1}`) !== null) minor++;
  return `3.${minor}`;
}
