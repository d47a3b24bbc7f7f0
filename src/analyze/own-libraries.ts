import { isOfCompiler, LOADER_FOLDERS, OF_CPP } from '../knowledge/c/own-libraries.ts';
import type { ImageFacts } from '../knowledge/image.ts';
import type { Carry } from './carry.ts';
import type { Demands } from './ladder.ts';
import { carryOf } from './runtime-data.ts';

/**
 * Libraries of a compiler newer than the distribution's, which what it compiled needs, and the settings that lead the loader
 * there; empty where plain C does without them. null: the image has no shell in which the loader could be told.
 */
export function ownLibraries(
  { understanding, libraries }: Demands,
  { shell, ownLibraries: there }: ImageFacts,
  linkages: readonly string[],
): readonly Carry[] | null {
  const [folder] = understanding.image?.ownLibraries ?? [];
  const isPlain = linkages.length > 0 && linkages.every((linkage) => linkage === 'static' || linkage === 'libc');
  if (folder === undefined || isPlain || there?.includes(folder)) return [];
  if (!shell) return null;
  const isKnown =
    linkages.length > 0 &&
    linkages.every((linkage) => linkage !== 'unknown' && linkage !== 'system') &&
    !libraries.some(isOfCompiler);
  const paths = isKnown ? OF_CPP.map((name) => `${folder}/${name}`) : [folder];
  const entry = `images/${understanding.image?.family}`;
  return [
    ...paths.map((path) => carryOf(path, understanding, entry, 'is newer than the distribution’s own')),
    carryOf(LOADER_FOLDERS, understanding, entry, 'leads the loader to the libraries of the compiler'),
  ];
}
