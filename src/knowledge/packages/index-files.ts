import type { PackageManager } from '../command.ts';

/**
 * Where package managers keep the lists that they fetched: https://manpages.debian.org/apt-get.8, https://man.archlinux.org/man/apk.8,
 * https://dnf.readthedocs.io/en/latest/conf_ref.html (cachedir)
 */
const INDEXES: readonly { readonly manager: PackageManager; readonly folder: RegExp; readonly removal: string }[] = [
  { manager: 'apt', folder: /^\/var\/lib\/apt\/lists(\/|$)/, removal: 'rm -rf /var/lib/apt/lists/*' },
  { manager: 'apk', folder: /^\/var\/cache\/apk(\/|$)/, removal: 'rm -rf /var/cache/apk/*' },
  { manager: 'yum', folder: /^\/var\/cache\/(yum|dnf)(\/|$)/, removal: 'rm -rf /var/cache/yum /var/cache/dnf' },
];

/** The manager whose lists are taken away with a path, and the command that does so; undefined of any other path. */
export const indexRemoval = (
  path: string,
): { readonly manager: PackageManager; readonly removal: string } | undefined =>
  INDEXES.find(({ folder }) => folder.test(path));
