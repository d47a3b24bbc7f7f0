/**
 * Packages that register manual pages in a folder that slim images of Debian leave out, and fail without it:
 * https://bugs.debian.org/863199; seen on bookworm and trixie with a JRE, and not with postgresql-client.
 */
const JAVA = /^(openjdk-\d+-j(re|dk)(-headless|-zero)?|default-j(re|dk)(-headless)?|ca-certificates-java)$/;
const POSTGRES = /^postgresql(-client)?(-\d[\d.]*)?$/;
const BEFORE_BOOKWORM = new Set(['jessie', 'stretch', 'buster', 'bullseye']);

/** The folders of manual pages that packages need on the slim image of a Debian release. */
export function manualFolders(names: readonly string[], release: string | null): readonly string[] {
  const isPostgres = BEFORE_BOOKWORM.has(release ?? '') && names.some((name) => POSTGRES.test(name));
  const sections = [
    ...(isPostgres || names.some((name) => JAVA.test(name)) ? ['man1'] : []),
    ...(isPostgres ? ['man7'] : []),
  ];
  return sections.map((section) => `/usr/share/man/${section}`);
}
