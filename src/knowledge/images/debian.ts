import { distributionFacts } from './distributions.ts';
import type { ImageFamily } from './family.ts';
import { sibling, slimAtEnd } from './family.ts';
import { debianReleases } from './release.ts';
import { tagInfo } from './tag-table.ts';

/** https://hub.docker.com/_/debian */
export const debian: ImageFamily = {
  source: 'https://hub.docker.com/_/debian',
  describe: (tag) => {
    if (/^(experimental|rc-buggy)/.test(tag.tag)) return null;
    return distributionFacts(
      { distribution: 'debian', release: tag.base?.release ?? releaseOf(tag.tag) },
      isSlim(tag.tag),
    );
  },
  smaller: (tag) => {
    const release = tag.base?.release ?? releaseOf(tag.tag);
    // `debian:latest` has no slim sibling: its release is named.
    if (tag.tag === 'latest') return sibling('debian', release === null ? null : `${release}-slim`);
    return sibling('debian', slimAtEnd(tag.tag));
  },
};

function isSlim(tag: string): boolean {
  return tag.endsWith('-slim');
}

/** `stable`, `testing-slim` and the numbers; the moving names are as buildpack-deps, which has the same ones, says. */
function releaseOf(tag: string): string | null {
  const word = tag.split('-')[0] ?? '';
  const major = /^(\d+)(\.\d+)*$/.exec(word)?.[1];
  if (major !== undefined) {
    const release = debianReleases[Number(major) - 6];
    return release === undefined || release === 'sid' ? null : release;
  }
  if (!/^(old){0,2}stable$|^testing$|^unstable$/.test(word)) return null;
  // With a date it is a snapshot of what the name meant then.
  return /\d{8}/.test(tag) ? null : (tagInfo('buildpack-deps', word)?.release ?? null);
}
