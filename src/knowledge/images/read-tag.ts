import type { ReadTag } from './family.ts';
import type { Base } from './release.ts';
import { baseOf } from './release.ts';
import { tagInfo } from './tag-table.ts';

/** Null where the tag stands on a distribution that dfsplit knows nothing of, Windows included. */
export function readTag(image: string, tag: string): ReadTag | null {
  const words = tag.split('-');
  const info = tagInfo(image, tag);
  const named = info?.release == null ? baseInWords(words) : baseOf(info.release);
  if (named === 'other' || (named === null && info?.release != null)) return null;
  const version = /^(\d+)(?:\.(\d+))?/.exec(tag);
  return {
    tag,
    words,
    version: version === null ? null : [Number(version[1]), version[2] === undefined ? null : Number(version[2])],
    base: named,
    known: info !== null,
    last: info?.last ?? '9999',
  };
}

/** `3.8-slim-buster`, `17-jre-alpine`, `17-jre-alpine-3.20`. */
function baseInWords(words: readonly string[]): Base | 'other' | null {
  for (const [index, word] of words.entries()) {
    const base = baseOf(word);
    if (base === null) continue;
    const next = words[index + 1] ?? '';
    return word === 'alpine' && /^\d+\.\d+$/.test(next) ? { distribution: 'alpine', release: next } : base;
  }
  return null;
}
