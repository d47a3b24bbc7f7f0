import type { ImageFacts } from '../image.ts';
import type { Base } from './release.ts';

/** A tag of an official image, read. */
export interface ReadTag {
  /** `latest` when none is written. */
  readonly tag: string;
  /** The tag cut at its hyphens, without the version in front. */
  readonly words: readonly string[];
  /** The numbers the tag begins with, `[1, 22]`; null of `latest` and the like. */
  readonly version: readonly [number, number | null] | null;
  /** Null when neither the table nor the tag says it; then the family's default distribution holds. */
  readonly base: Base | null;
  /** The table has the tag. */
  readonly known: boolean;
  /** The month the tag was last seen supported; `9999` of one that the table does not have. */
  readonly last: string;
}

/** One file a family; adding one means a file and its line in families.ts. */
export interface ImageFamily {
  /** Documentation. */
  readonly source: string;
  /** It knows its images on Red Hat's kin as well; of other families they are unknown. */
  readonly redHat?: true;
  /** Null where this tag is one that nothing reliable is known of. */
  readonly describe: (tag: ReadTag) => ImageFacts | null;
  /** Smaller images of the same language that are worth looking up, best first. */
  readonly smaller?: (tag: ReadTag) => readonly Sibling[];
  /** Of images that the table of official tags does not have, whoever makes them: what documents the tag, null where nothing does. */
  readonly documents?: (tag: string) => string | null;
}

export interface Sibling {
  /** An official image, without the author's registry, or another one by its full name. */
  readonly image: string;
  /** What the larger image has for the sake of programs and this one leaves out. */
  readonly packages?: readonly string[];
  /** What it lacks that a program may use when it runs, although it serves building: taking it is an assumption. */
  readonly leaves?: string;
  /** What runs on it is not linked with the distribution, so that a newer release serves as well. */
  readonly orNewer?: boolean;
  /**
   * Why it fits where the release of the larger one is not recorded. `current`: null where that of neither is, else whether
   * the tag of this one has to be a current or a closed one.
   */
  readonly unrecorded?: { readonly current: boolean | null; readonly because: string };
}

/** One sibling, which has to stand on the very release. */
export function sibling(family: string, tag: string | null): readonly Sibling[] {
  return tag === null ? [] : [{ image: `${family}:${tag}` }];
}

/** `version` at least major.minor; a tag without numbers is the newest one. */
export function atLeast(tag: ReadTag, major: number, minor: number): boolean {
  if (tag.version === null) return true;
  const [a, b] = tag.version;
  return a > major || (a === major && (b === null || b >= minor));
}

/**
 * The slim sibling in the spelling of python, ruby, perl: `3.11` → `3.11-slim`, `3.11-bookworm` → `3.11-slim-bookworm`,
 * `latest` → `slim`, `bookworm` → `slim-bookworm`.
 */
export function slimBeforeSuite(tag: string): string | null {
  if (/alpine|slim|onbuild/.test(tag)) return null;
  if (tag === 'latest') return 'slim';
  const suite = /^(?:(.*)-)?(wheezy|jessie|stretch|buster|bullseye|bookworm|trixie|forky)$/.exec(tag);
  if (suite === null) return `${tag}-slim`;
  return suite[1] === undefined ? `slim-${suite[2]}` : `${suite[1]}-slim-${suite[2]}`;
}

/** The slim sibling in the spelling of node, debian, swift: `20-bookworm` → `20-bookworm-slim`, `latest` → `slim`. */
export function slimAtEnd(tag: string): string | null {
  if (/alpine|slim|onbuild/.test(tag)) return null;
  return tag === 'latest' ? 'slim' : `${tag}-slim`;
}
