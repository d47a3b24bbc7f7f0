import type { ImageFacts, RuntimeCandidate } from './image.ts';
import { distrolessFacts, scratchFacts } from './images/distroless.ts';
import { imageFamilies } from './images/families.ts';
import type { ImageFamily, ReadTag, Sibling } from './images/family.ts';
import { otherFamilies, otherFamily } from './images/other-families.ts';
import { readTag } from './images/read-tag.ts';
import type { ImageReference } from './images/reference.ts';
import { readReference } from './images/reference.ts';
import type { Base } from './images/release.ts';
import { debianNumber, isSameOrNewer } from './images/release.ts';
import { isTabled, tagInfo } from './images/tag-table.ts';

/** What is known of the image that a FROM names, its variables expanded; null of an unknown one. */
export function describeImage(reference: string): ImageFacts | null {
  if (reference === 'scratch') return scratchFacts;
  const read = readReference(reference);
  if (read === null) return null;
  // A digest may stand for any moment of the tag's life, and alone for anything.
  if (read.tag === null && read.digest !== null) return null;
  const family = familyOf(read);
  if (!read.official && family === undefined) return distrolessFacts(read.name, read.tag);
  const tag = tagOf(read, family);
  return family === undefined || tag === null ? null : family.describe(tag);
}

/** The names of the images that families describe, as they stand behind FROM. */
export const imageNames: readonly string[] = [...Object.keys(imageFamilies), ...Object.keys(otherFamilies)];

/** Null of a tag on a distribution that the family does not know. */
function tagOf(read: ImageReference, family: ImageFamily | undefined): ReadTag | null {
  const tag = readTag(read.name, read.tag ?? 'latest', read.digest !== null);
  return tag?.base?.distribution === 'redhat' && family?.redHat !== true ? null : tag;
}

/** What documents the tag of an image that the table of official tags does not have. */
function documentation(read: ImageReference): string | null {
  return read.official && isTabled(read.name) ? null : (familyOf(read)?.documents?.(read.tag ?? 'latest') ?? null);
}

function familyOf({ name, official }: ImageReference): ImageFamily | undefined {
  if (!official) return otherFamily(name);
  return Object.hasOwn(imageFamilies, name) ? imageFamilies[name] : undefined;
}

/** Images of the Windows container platform, which dfsplit never touches. */
export function isWindowsImage(reference: string): boolean {
  if (/windows|nanoserver|servercore|ltsc20\d\d/i.test(reference)) return true;
  if (
    /(^|\/)(microsoft\/)?dotnet-framework|mcr\.microsoft\.com\/dotnet\/framework|microsoft\/(aspnet|iis)\b/i.test(
      reference,
    )
  ) {
    return true;
  }
  const read = readReference(reference);
  return read?.official === true && /^windows/.test(tagInfo(read.name, read.tag ?? 'latest')?.release ?? '');
}

/** Whether the table of official tags, or the documentation of another image, proves that name and tag exist or once did. */
export function tagExists(reference: string): boolean {
  const read = readReference(reference);
  if (reference === 'scratch') return true;
  if (read === null) return false;
  if (documentation(read) !== null) return true;
  return read.official
    ? tagInfo(read.name, read.tag ?? 'latest') !== null
    : distrolessFacts(read.name, read.tag) !== null;
}

/** The images the runtime stage may stand on, smallest first, ending with the one that the file has. */
export function runtimeCandidates(reference: string, facts: ImageFacts): RuntimeCandidate[] {
  const same: RuntimeCandidate = { image: reference, rung: 'same', facts, proof: 'It is the image that the file has.' };
  const read = readReference(reference);
  if (read === null) return [same];
  const scratch: RuntimeCandidate = {
    image: 'scratch',
    rung: 'scratch',
    facts: scratchFacts,
    proof: 'scratch is built into every builder.',
  };
  const small = [...slimDistribution(read, facts), ...smallerSiblings(read, facts)];
  const compiled = facts.interpreter === null && facts.distribution !== null;
  return [...(compiled ? [scratch, ...distroless(read, facts)] : []), ...small, same].filter(
    (candidate, index, all) => all.findIndex(({ image }) => image === candidate.image) === index,
  );
}

/** Only for what was built on the Debian release that they are made of, and not for another architecture's images. */
function distroless(read: ImageReference, facts: ImageFacts): RuntimeCandidate[] {
  const number = facts.release === null ? null : debianNumber(facts.release);
  if (facts.distribution !== 'debian' || number === null || read.architecture) return [];
  return (['static', 'base', 'cc'] as const).flatMap((kind): RuntimeCandidate[] => {
    const image = `gcr.io/distroless/${kind}-debian${number}`;
    const found = distrolessFacts(image, null);
    if (found === null) return [];
    const proof = `${found.source} documents it as the ${kind} image of Debian ${number}, ${facts.release}.`;
    return [{ image, rung: `distroless-${kind}`, facts: found, proof }];
  });
}

/** The distribution without the toolchain, of the release that the table gives the tag. */
function slimDistribution(read: ImageReference, facts: ImageFacts): RuntimeCandidate[] {
  const { distribution, release, interpreter } = facts;
  if (release === null || interpreter !== null || facts.family === distribution) return [];
  const suffix = distribution === 'debian' ? '-slim' : '';
  return prove(read, facts, { image: `${distribution}:${release}${suffix}` }, 'slim');
}

/** The family's own smaller images. What a digest stands for may be older than the tag's sibling is now, or newer. */
function smallerSiblings(read: ImageReference, facts: ImageFacts): RuntimeCandidate[] {
  const family = familyOf(read);
  const tag = tagOf(read, family);
  if (tag === null || family?.smaller === undefined || read.digest !== null) return [];
  if (!tag.known && documentation(read) === null) return [];
  const rung = facts.interpreter === null ? 'slim' : 'language-slim';
  return family.smaller(tag).flatMap((sibling) => prove(read, facts, sibling, rung));
}

/** An official image in the registry that the author uses, or another documented one, if its release fits. */
function prove(
  read: ImageReference,
  built: ImageFacts,
  sibling: Sibling,
  rung: 'slim' | 'language-slim',
): RuntimeCandidate[] {
  const { image, packages = [], leaves } = sibling;
  const target = readReference(image);
  const facts = describeImage(image);
  const tag = target?.tag ?? 'latest';
  if (target === null || facts === null || (target.name === read.name && tag === (read.tag ?? 'latest'))) return [];
  const info = target.official ? tagInfo(target.name, tag) : null;
  const documented = documentation(target);
  if (info === null && documented === null) return [];
  const because = fitness(built, facts, sibling, info?.current ?? true);
  if (because === null) return [];
  const seen = info?.current ? 'is current' : `was last seen in ${info?.last}`;
  const proof =
    info === null
      ? `${documented} documents ${image}; ${because}.`
      : `The table of official tags has ${image}, which ${seen}; ${because}.`;
  const prefix = target.official && read.official ? read.prefix : '';
  return [{ image: prefix + image, rung, facts, packages, proof, ...(leaves === undefined ? {} : { leaves }) }];
}

/** Why programs made in `built` run on `target`; null where that is not proven. */
function fitness(built: ImageFacts, target: ImageFacts, sibling: Sibling, current: boolean): string | null {
  if (built.distribution === null || built.distribution !== target.distribution) return null;
  if (built.release === null) {
    const { unrecorded } = sibling;
    if (unrecorded === undefined) return null;
    // A release that is recorded for the target alone says nothing, unless the family knows it to be no older.
    const fits = unrecorded.current === null ? target.release === null : unrecorded.current === current;
    return fits ? unrecorded.because : null;
  }
  if (built.release === target.release) return `both stand on ${built.distribution} ${built.release}`;
  const from: Base = { distribution: built.distribution, release: built.release };
  const to: Base = { distribution: built.distribution, release: target.release };
  if (sibling.orNewer !== true || !isSameOrNewer(to, from)) return null;
  return `it stands on ${built.distribution} ${to.release}, which is newer than ${from.release}`;
}
