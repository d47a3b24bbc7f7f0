import type { Distribution, Libc } from '../image.ts';

/** What an image stands on. */
export interface Base {
  readonly distribution: Distribution;
  /** `bookworm`, `jammy`, `3.18`, in the spelling of the distribution's own tags. */
  readonly release: string | null;
}

/** Oldest first: https://www.debian.org/releases/ */
export const debianReleases = 'squeeze wheezy jessie stretch buster bullseye bookworm trixie forky sid'.split(' ');
/** Oldest first: https://wiki.ubuntu.com/Releases */
export const ubuntuReleases = (
  'precise quantal raring saucy trusty utopic vivid wily xenial yakkety zesty artful bionic cosmic disco eoan focal ' +
  'groovy hirsute impish jammy kinetic lunar mantic noble oracular plucky questing resolute'
).split(' ');

/** The number of a Debian release, as in `debian:12`: https://wiki.debian.org/DebianReleases */
export function debianNumber(release: string): number | null {
  const index = debianReleases.indexOf(release);
  return index < 0 || release === 'sid' ? null : index + 6;
}

const OTHER = /^(oracle|al2022|amazonlinux|ubi|centos|rhel.*|windows.*|nanoserver.*|fedora\d*)$/;

/** Red Hat's kin by the words of tags: `oraclelinux8`, `ubi9`, `centos7`, `al2023`. */
function redHatRelease(word: string): string | null {
  const number = /^(?:oraclelinux|ubi|centos|rockylinux|almalinux)(\d+)$/.exec(word)?.[1];
  if (number !== undefined) return `el${number}`;
  return word === 'al2023' ? word : /^(al2|amazonlinux2)$/.test(word) ? 'amzn2' : null;
}

/**
 * The base that a word names: of the table's release column or of a tag cut at its hyphens. `other` is a distribution
 * that dfsplit knows nothing of.
 */
export function baseOf(word: string): Base | 'other' | null {
  if (debianReleases.includes(word)) return { distribution: 'debian', release: word };
  if (ubuntuReleases.includes(word)) return { distribution: 'ubuntu', release: word };
  const alpine = /^alpine(\d+\.\d+)?$/.exec(word);
  if (alpine !== null) return { distribution: 'alpine', release: alpine[1] ?? null };
  const redHat = redHatRelease(word);
  if (redHat !== null) return { distribution: 'redhat', release: redHat };
  return OTHER.test(word) ? 'other' : null;
}

/** Whether programs linked on `built` run on `target`: the C library there is the same one, and not an older one. */
export function isSameOrNewer(target: Base, built: Base): boolean {
  if (target.distribution !== built.distribution || target.release === null || built.release === null) return false;
  if (target.distribution === 'alpine') {
    const [a = 0, b = 0] = target.release.split('.').map(Number);
    const [c = 0, d = 0] = built.release.split('.').map(Number);
    return a > c || (a === c && b >= d);
  }
  if (target.distribution === 'redhat') return target.release === built.release;
  const order = target.distribution === 'debian' ? debianReleases : ubuntuReleases;
  return order.indexOf(target.release) >= order.indexOf(built.release) && order.includes(built.release);
}

export function libcOf(distribution: Base['distribution']): Libc {
  return distribution === 'alpine' ? 'musl' : 'glibc';
}
