import type { PackagePurpose } from '../package.ts';
import libraries from './index/libraries.ts';
import purposes from './index/purposes.ts';
import { RELEASES } from './index-releases.ts';
import { decodeNames, libraryIndex } from './library-index.ts';
import { RESOLUTE } from './ubuntu-names.ts';

const index = libraryIndex(libraries, RELEASES);
let purposeOf: ReadonlyMap<string, PackagePurpose> | null = null;

/** Whether any of the releases has a development package of that name. */
export const isIndexed = index.has;

/** Releases of Ubuntu that took their packages between two releases of Debian. */
const BETWEEN: Readonly<Record<string, readonly [string, string]>> = {
  jammy: ['bullseye', 'bookworm'],
  noble: ['bookworm', 'trixie'],
};
/** What the change of time_t on 32-bit machines, in noble and trixie alike, put behind the names of libraries. */
const withoutT64 = (name: string): string => name.replace(/t64(?=$|-)/, '');

/** Where Ubuntu goes its own way: its JPEG library is another, its default MySQL is MySQL. */
const DIVERGED = new Set(['libjpeg62-turbo', 'libmariadb3']);

/**
 * The run-time packages behind a development package by the package indexes. Ubuntu takes its packages from Debian's
 * development: a library of the same name in the release before and the one after has it in between.
 * https://wiki.ubuntu.com/Debian/ForUbuntuDevelopers, https://wiki.debian.org/ReleaseGoals/64bit-time
 */
export function indexedLibraries(release: string, name: string): readonly string[] | null {
  // Behind it comes no release of Debian yet: a library has to be seen in it.
  if (release === 'resolute') {
    const before = index.in('trixie', name) ?? [];
    return before.length > 0 && before.every((library) => RESOLUTE.has(library)) ? before : null;
  }
  const between = BETWEEN[release];
  if (between === undefined) return index.in(release, name);
  const [earlier, later] = between.map((one) => index.in(one, name));
  if (earlier == null || later == null || later.some((library) => DIVERGED.has(library))) return null;
  return earlier.map(withoutT64).join() === later.map(withoutT64).join() ? later : null;
}

/** What a package of Debian is for; null of one that none of the indexes has. */
export function indexedPurpose(name: string): PackagePurpose | null {
  purposeOf ??= new Map(
    purposes.split('|').flatMap((group) => {
      const cut = group.indexOf(':');
      const purpose = group.slice(0, cut) as PackagePurpose;
      return decodeNames(group.slice(cut + 1)).map(([one]) => [one, purpose] as const);
    }),
  );
  return purposeOf.get(name) ?? null;
}
