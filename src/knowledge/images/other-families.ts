import { dotnetFamilies } from './dotnet.ts';
import type { ImageFamily } from './family.ts';

/** Families that are no official images of Docker Hub, by the name behind FROM without `docker.io/`. */
const families: Readonly<Record<string, ImageFamily>> = { ...dotnetFamilies };

/** The family of an image that is not an official one; undefined of one that nothing is known of. */
export function otherFamily(name: string): ImageFamily | undefined {
  const bare = name.replace(/^(?:index\.)?docker\.io\//, '');
  return Object.hasOwn(families, bare) ? families[bare] : undefined;
}
