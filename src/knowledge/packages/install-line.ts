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

/** The same of apk, as single letters too: https://gitlab.alpinelinux.org/alpine/apk-tools/-/blob/master/doc/apk-add.8.scd */
const FOR_THESE_OF_APK =
  /^(-(?!-)\w*[tXspl]|--(virtual|repository|repositories-file|root|simulate|latest|initdb|arch|allow-untrusted|keys-dir)(=|$))/;

/** An install line whose words are all known and whose options would do for other packages as well. */
export const takesOtherPackages = (argv: Words): boolean => {
  const [tool, ...words] = argv;
  const own = tool === 'apk' ? FOR_THESE_OF_APK : /^apt(-get)?$/.test(tool ?? '') ? FOR_THESE : null;
  return own !== null && !words.some((word) => word === null || own.test(word));
};

/** Whether a package recommends none: https://packages.debian.org/bookworm/ca-certificates and its kin. */
export const recommendsNothing = (name: string): boolean =>
  /^(ca-certificates|netbase|tzdata|libpq5|libsqlite3-0)$/.test(name);

/** Commands that stand in front of an install and need no package beside the essential ones. */
export const needsNoPackage = (argv: Words): boolean =>
  /^(apt|apt-get|apk|rm|mkdir|groupadd|useradd|addgroup|adduser)$/.test(baseName(argv[0] ?? ''));
