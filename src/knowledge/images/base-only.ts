import type { ImageFacts } from '../image.ts';
import { distributionFacts } from './distributions.ts';
import type { ImageFamily, ReadTag } from './family.ts';
import type { Base } from './release.ts';

/**
 * An image with more on it than its distribution, which what is made on it stays on: nothing smaller of its kind is published.
 * `base`: what a tag stands on, null of tags that nothing reliable is known of; `more`: what the image sets or has beside.
 * Both get the tag as it is written, and read.
 */
export function baseOnly(
  family: string,
  source: string,
  base: (tag: string, read: ReadTag) => Base | null,
  programs: readonly string[],
  more: (tag: string, read: ReadTag) => Partial<ImageFacts> = () => ({}),
): ImageFamily {
  return {
    source,
    describe: (read) => {
      const found = base(read.tag, read);
      if (found === null) return null;
      const below = distributionFacts(found, false);
      return {
        ...below,
        family,
        interpreter: family,
        source,
        ...more(read.tag, read),
        programs: [...below.programs, ...programs],
      };
    },
  };
}

/** The one release of a repository that is written no more. */
export const always =
  (distribution: Base['distribution'], release: string) =>
  (tag: string): Base | null =>
    tag === 'latest' ? { distribution, release } : null;
