import type { ImageFacts } from '../image.ts';
import { distributionFacts } from './distributions.ts';
import type { Base } from './release.ts';

/** A compiler and what it needs on top of a distribution's own image; `more` is what else the image sets or has. */
export function languageImage(
  family: string,
  source: string,
  base: Base,
  programs: readonly string[],
  more: Partial<ImageFacts> = {},
): ImageFacts {
  const below = distributionFacts(base, false);
  return { ...below, family, toolchain: true, source, ...more, programs: [...below.programs, ...programs] };
}

/** What a tag stands on: the newest entry that is not newer than its version, from a list of `1.8 jammy`, oldest first. */
export function sinceVersion(
  version: readonly [number, number | null] | null,
  list: readonly string[],
  until: readonly [number, number],
): string | null {
  if (version === null || version[1] === null) return null;
  const [major, minor] = version;
  const after = (a: number, b: number): boolean => major > a || (major === a && minor > b);
  if (after(...until)) return null;
  const found = list.findLast((line) => {
    const [a = 0, b = 0] = (line.split(' ')[0] ?? '').split('.').map(Number);
    return !after(a, b) ? major === a && minor === b : true;
  });
  return found?.split(' ')[1] ?? null;
}
