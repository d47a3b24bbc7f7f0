import { baseName } from '../syntax/paths.ts';
import type { ImageFacts, RuntimeCandidate } from './image.ts';
import { distributionFacts } from './images/distributions.ts';
import { withMirror, withoutMirror } from './images/mirrors.ts';
import { describeImage, runtimeCandidates } from './images.ts';
import { type OwnImage, type OwnKnowledge, ownEntry } from './own.ts';

/** What is known of an image, by the caller's own knowledge first; null of an unknown one. */
export function describeAnyImage(reference: string, own: OwnKnowledge | undefined): ImageFacts | null {
  if (own === undefined) return describeImage(reference);
  const found = entryFor(reference, own);
  if (found === null) return describeImage(withoutMirror(reference, own.mirrors));
  const { entry, tag } = found;
  const base = baseFacts(entry, tag, own);
  return base === null
    ? null
    : { ...base, ...entry.facts, env: { ...base.env, ...entry.facts.env }, source: ownEntry('images', entry.image) };
}

/** The images the runtime stage may stand on, smallest first; of an image of the caller's own those that its entry names. */
export function candidatesOf(
  reference: string,
  facts: ImageFacts,
  own: OwnKnowledge | undefined,
): readonly RuntimeCandidate[] {
  if (own === undefined) return runtimeCandidates(reference, facts);
  const found = entryFor(reference, own);
  if (found !== null) return ownCandidates(found.entry, found.tag, facts, own);
  return runtimeCandidates(withoutMirror(reference, own.mirrors), facts).map((candidate) =>
    candidate.rung === 'same' ? candidate : { ...candidate, image: withMirror(candidate.image, own.mirrors) },
  );
}

/** The entry for an image, and what its `*` stands for. */
function entryFor(reference: string, own: OwnKnowledge): { readonly entry: OwnImage; readonly tag: string } | null {
  const tagged = (text: string): string => (/[:@]/.test(baseName(text)) ? text : `${text}:latest`);
  const full = tagged(reference);
  for (const entry of own.images) {
    const [before = '', after] = tagged(entry.image).split('*');
    if (after === undefined ? full === before : full.startsWith(before) && full.endsWith(after))
      return { entry, tag: full.slice(before.length, full.length - (after?.length ?? 0)) };
  }
  return null;
}

/** An image of which nothing is said has nothing. */
const BARE: Partial<ImageFacts> = { distribution: null, libc: null, cmd: null, shell: false, hasTimeZones: false };

function baseFacts({ like, facts }: OwnImage, tag: string, own: OwnKnowledge): ImageFacts | null {
  if (like !== undefined) return describeImage(withoutMirror(like.replace('{tag}', tag), own.mirrors));
  const { distribution, release = null } = facts;
  if (distribution == null) return { ...distributionFacts({ distribution: 'debian', release: null }, true), ...BARE };
  return distributionFacts({ distribution, release }, false);
}

function ownCandidates(entry: OwnImage, tag: string, built: ImageFacts, own: OwnKnowledge): RuntimeCandidate[] {
  return entry.smaller.flatMap((written): RuntimeCandidate[] => {
    const image = written.replace('{tag}', tag);
    const facts = describeAnyImage(image, own);
    if (facts === null || !isSameBase(built, facts)) return [];
    const proof = `The configuration names it for what is built on ${entry.image}.`;
    return [{ image, rung: rungOf(image, entryFor(image, own)?.entry.like ?? image, facts), facts, proof }];
  });
}

/** What is linked on a release runs on that release; an image without a distribution is taken at the caller's word. */
function isSameBase(built: ImageFacts, { distribution, release }: ImageFacts): boolean {
  return distribution === null || (distribution === built.distribution && release === built.release);
}

function rungOf(image: string, like: string, facts: ImageFacts): RuntimeCandidate['rung'] {
  if (image === 'scratch') return 'scratch';
  if (facts.interpreter !== null) return 'language-slim';
  if (facts.shell) return 'slim';
  const kind = /distroless\/(static|base|cc)\b/.exec(like)?.[1] ?? (facts.libc === null ? 'static' : 'base');
  return `distroless-${kind as 'static' | 'base' | 'cc'}`;
}
