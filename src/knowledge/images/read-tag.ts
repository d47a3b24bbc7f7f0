import { table } from '../table.ts';
import type { ReadTag } from './family.ts';
import type { Base } from './release.ts';
import { baseOf } from './release.ts';
import { type TagInfo, tagInfo } from './tag-table.ts';

/**
 * Null where the tag stands on a distribution that dfsplit knows nothing of, Windows included. `pinned` by a digest it is
 * an image of any moment of the tag's life.
 */
export function readTag(image: string, tag: string, pinned = false): ReadTag | null {
  const words = tag.split('-');
  const info = tagInfo(image, tag);
  const stands =
    info?.release == null ? (baseInWords(words) ?? unrecordedBase(image, tag, info)) : baseOf(info.release);
  if (stands === 'other' || (stands === null && info?.release != null)) return null;
  const moves = pinned && stands !== null && !isSettled(image, tag, stands);
  const named = moves ? { ...stands, release: null } : stands;
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

/**
 * The months up to which the lists of official images named no release, while these families stood on jessie alone, their
 * slim images too: https://github.com/docker-library/golang, python and ruby, https://github.com/nodejs/docker-node
 */
const ON_JESSIE = table<string>({ golang: '2017-07', node: '2018-10', python: '2017-07', ruby: '2017-07' });

/** What a tag that was closed in those years stood on; other shapes than these name what they stand on. */
function unrecordedBase(image: string, tag: string, info: TagInfo | null): Base | null {
  const until = ON_JESSIE[image];
  if (info === null || info.current || until === undefined || !/^\d[\w.]*(-slim|-onbuild)?$/.test(tag)) return null;
  return info.last >= '2016-01' && info.last <= until ? { distribution: 'debian', release: 'jessie' } : null;
}

/**
 * Whether the tag stood on the release from its first day: it names the release or its version, or a tag that was closed
 * before this one was opened, the patch or the minor version before, stood on it already.
 */
function isSettled(image: string, tag: string, stands: Base): boolean {
  const [version = '', ...rest] = tag.split('-');
  const named = baseInWords(rest);
  if (named !== null && named !== 'other' && named.release === stands.release) return true;
  if (image === stands.distribution)
    return (stands.distribution === 'alpine' ? /^\d+\.\d/ : /^\d/).test(version) || version === stands.release;
  const [major, minor, patch] = version.split('.').map(Number);
  if (minor === undefined || !/^[\d.]+$/.test(version)) return false;
  const before = patch !== undefined && patch > 0 ? `${major}.${minor}.${patch - 1}` : `${major}.${minor - 1}.0`;
  const release = tagInfo(image, [before, ...rest].join('-'))?.release;
  return release != null && release === tagInfo(image, tag)?.release;
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
