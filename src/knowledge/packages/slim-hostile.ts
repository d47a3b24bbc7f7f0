/**
 * Packages that slim images of Debian cannot install: they register manual pages in a folder that is left out there.
 * https://bugs.debian.org/863199; seen on trixie with openjdk-21-jre-headless, and not with postgresql-client on bookworm.
 */
const HOSTILE = /^(openjdk-\d+-j(re|dk)(-headless|-zero)?|default-j(re|dk)(-headless)?|ca-certificates-java)$/;
const HOSTILE_ONCE = /^postgresql(-client)?(-\d[\d.]*)?$/;
const BEFORE_BOOKWORM = new Set(['jessie', 'stretch', 'buster', 'bullseye']);

/** True for a package whose installation fails on the slim image of a Debian release. */
export function failsOnSlim(name: string, release: string | null): boolean {
  return HOSTILE.test(name) || (HOSTILE_ONCE.test(name) && BEFORE_BOOKWORM.has(release ?? ''));
}
