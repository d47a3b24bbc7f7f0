import { baseName } from '../../syntax/paths.ts';

type Words = readonly (string | null)[];

/** apt installs what a package recommends, unless it is told not to: https://manpages.debian.org/apt-get.8 */
export const takesRecommended = (argv: Words): boolean =>
  !argv.some(
    (word) => word !== null && /^--no-install-recommends$|APT::Install-Recommends=["']?(0|no|false)/i.test(word),
  );

/** Options that are meant for the packages of their own line alone: https://manpages.debian.org/apt-get.8 */
const FOR_THESE =
  /^(-t|--target-release|--default-release|-d|--download-only|--reinstall|--only-upgrade|--no-upgrade)(=|$)/;

/** An install line of apt whose words are all known and whose options would do for other packages as well. */
export const takesOtherPackages = (argv: Words): boolean =>
  /^apt(-get)?$/.test(argv[0] ?? '') && !argv.some((word) => word === null || FOR_THESE.test(word));

/** Whether a package recommends none: https://packages.debian.org/bookworm/ca-certificates and its kin. */
export const recommendsNothing = (name: string): boolean =>
  /^(ca-certificates|netbase|tzdata|libpq5|libsqlite3-0)$/.test(name);

/** Commands that stand in front of an install and need no package beside Debian's essential ones. */
export const needsNoPackage = (argv: Words): boolean =>
  /^(apt|apt-get|rm|mkdir|groupadd|useradd|addgroup|adduser)$/.test(baseName(argv[0] ?? ''));
