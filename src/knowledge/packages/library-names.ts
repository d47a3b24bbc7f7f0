import type { BuildEffect } from '../ecosystem.ts';
import type { ImageFacts } from '../image.ts';
import { packageFacts } from '../packages.ts';

/** In every image of Debian and Ubuntu, their slim forms included, because dpkg and apt link them. */
const EVERYWHERE = new Set(['zlib1g', 'libbz2-1.0', 'liblzma5', 'libzstd1', 'libstdc++6']);

/** True for a library that images of a distribution with dpkg have in any case. */
export const isEverywhere = (name: string, { distribution, release }: ImageFacts): boolean =>
  (distribution === 'debian' || distribution === 'ubuntu') &&
  EVERYWHERE.has(name) &&
  // apt links it since 1.6: https://packages.debian.org/buster/apt, https://packages.ubuntu.com/bionic/apt
  (name !== 'libzstd1' || (release !== null && !/^(wheezy|jessie|stretch|precise|trusty|xenial)$/.test(release)));

type Need = Extract<BuildEffect, { kind: 'needs-libraries' }>;

/**
 * The packages of libraries in the release that an image stands on. A library is given by its package or, where that
 * depends on the release, by its development package.
 */
export function libraryPackages(needs: readonly Need[], image: ImageFacts | null): string[] {
  const distribution = image?.distribution ?? null;
  if (image === null || distribution === null || ['redhat', 'wolfi'].includes(distribution)) return [];
  if (distribution === 'alpine') return [...new Set(needs.flatMap((need) => need.alpine ?? []))];
  const packages = needs.flatMap((need) =>
    need.packages.flatMap((name) =>
      name.endsWith('-dev') ? (packageFacts(distribution, image.release, name).runtime ?? [name]) : [name],
    ),
  );
  return [...new Set(packages)].filter((name) => !isEverywhere(name, image));
}
