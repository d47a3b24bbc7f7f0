import type { ImageFacts } from '../image.ts';
import { packageFacts } from '../packages.ts';

/** In every image of Debian and Ubuntu, their slim forms included, because dpkg and apt link them. */
const EVERYWHERE = new Set(['zlib1g', 'libbz2-1.0', 'liblzma5', 'libzstd1', 'libstdc++6']);

/**
 * The packages of libraries in the release that an image stands on. A library is given by its package or, where that
 * depends on the release, by its development package. On Alpine they are named in the install line.
 */
export function libraryPackages(names: readonly string[], image: ImageFacts | null): string[] {
  const distribution = image?.distribution ?? 'alpine';
  if (image === null || distribution === 'alpine') return [];
  const packages = names.flatMap((name) =>
    name.endsWith('-dev') ? (packageFacts(distribution, image.release, name).runtime ?? [name]) : [name],
  );
  return [...new Set(packages)].filter((name) => !EVERYWHERE.has(name));
}
