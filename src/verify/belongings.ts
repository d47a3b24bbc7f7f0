import { isWithin, parentFolder, resolvePath } from '../syntax/paths.ts';
import type { Expectation, GoneReason } from './expectation.ts';
import type { BaseImage, Entry, Tree } from './image.ts';
import { type InstalledPackage, installedPackages } from './installed.ts';
import { ownPlace, realPath } from './lookup.ts';

/** Put there by the engine when the container is made. */
const OF_THE_ENGINE =
  /^\/(\.dockerenv|dev(\/.*)?|proc(\/.*)?|sys(\/.*)?|run\/\.containerenv|run\/secrets(\/.*)?|etc\/(hosts|hostname|resolv\.conf|mtab))$/;
/** What the distribution's own tools keep for themselves; it differs with every installation. */
const STATE =
  /^\/(etc\/(ld\.so\.cache|apk\/.*|inputrc|networks|mailcap|python3\/debian_config|ca-certificates\.conf|apparmor\.d\/local\/.*|\.pwd\.lock|machine-id|(passwd|group|shadow|gshadow|subuid|subgid)-?)|var\/(cache|log|backups)(\/.*)?|etc\/ssl\/certs\/java\/cacerts|var\/lib\/dbus\/machine-id|var\/lib\/(apt|dpkg|apk|ucf|systemd|pam|python|xml-core|sgml-base|emacsen-common)(\/.*)?|(usr\/)?lib\/apk(\/.*)?|usr\/lib\/[^/]+\/(gio\/modules\/giomodule|gdk-pixbuf-2\.0\/[^/]+\/loaders|gtk-[^/]+\/[^/]+\/immodules)\.cache|usr\/share\/(info\/dir|icons\/[^/]+\/icon-theme\.cache|mime\/.*|applications\/mimeinfo\.cache|glib-2\.0\/schemas\/gschemas\.compiled))$/;
/** Files with the hour or the place of their making in them, and keys that every installation draws anew. */
const STAMPED =
  /^\/(var\/spool\/cron\/crontabs\/|etc\/ssl\/(certs|private)\/ssl-cert-snakeoil\.|etc\/ssh\/ssh_host_\w+_key)/;
const CACHE =
  /^\/(tmp|var\/tmp|run|var\/run)\/|^\/(root|home\/[^/]+)\/(\.cache|\.npm|\.config|\.local\/(share|state)\/pnpm|\.m2|\.gradle|\.cargo|\.bundle|\.gem|\.wget-hsts|\.yarn\w*|\.node-gyp)(\/|$)|\/cargo\/\.(global-cache|package-cache(-mutate)?)$|\.pyc$|\/__pycache__$/;
const DOCUMENTATION = /^\/usr\/(local\/)?share\/(doc|man|info|locale|lintian|linda|groff|gtk-doc|help)(\/|$)/;

export const isOfTheEngine = (path: string): boolean => OF_THE_ENGINE.test(path);
export const isState = (path: string): boolean => STATE.test(path);
export const isStamped = (path: string): boolean => STAMPED.test(path);
export const isCache = (path: string): boolean => CACHE.test(path);
const isDocumentation = (path: string): boolean => DOCUMENTATION.test(path);

/** To whom the paths of the old image belong, and why one of them may go. */
export interface Belongings {
  /** Not as the image has it that the build starts from. */
  readonly isWritten: (path: string, entry: Entry) => boolean;
  readonly packageOf: (path: string) => string | null;
  /** Of a package that both images have in different versions. */
  readonly isOfOtherVersion: (path: string) => boolean;
  readonly before: ReadonlyMap<string, InstalledPackage>;
  readonly after: ReadonlyMap<string, InstalledPackage>;
  /** Why a path that is gone may be; null where nothing explains it. */
  readonly reasonFor: (path: string, entry: Entry) => GoneReason | null;
}

export function belongings(before: Tree, after: Tree, base: BaseImage | null, expected: Expectation): Belongings {
  const [old, now] = [installedPackages(before), installedPackages(after)];
  const ownerOf = new Map<string, string>();
  const folders = new Map<string, Set<string>>();
  for (const { name, files } of old.values())
    for (const file of files) {
      const path = ownPlace(before, file);
      ownerOf.set(path, name);
      if (before.get(path)?.type === 'folder') folders.set(path, (folders.get(path) ?? new Set()).add(name));
    }
  const packageOf = (path: string): string | null =>
    before.get(path)?.type === 'folder' ? null : (ownerOf.get(path) ?? null);
  const isWritten = (path: string, entry: Entry): boolean => {
    const was = base?.tree.get(path);
    return was === undefined || !isUntouched(was, entry);
  };
  const left = expected.left.map((one) => ({ ...one, path: ownPlace(before, one.path) }));
  const keeps = (name: string): boolean => expected.packages.includes(name) || now.has(name);
  const packagesWent = [...old.keys()].some((name) => !keeps(name));
  /** The folder belongs to packages, and all of them went. */
  const inGonePackage = (path: string): boolean => {
    const names = folders.get(parentFolder(path));
    return names !== undefined && [...names].every((name) => !keeps(name));
  };
  const reasonFor = (path: string, entry: Entry): GoneReason | null => {
    const behind = left.find((one) => one.path === path || (one.tree && isWithin(path, one.path)));
    if (isState(path)) return 'package manager';
    if (isCache(path)) return 'caches';
    const owner = packageOf(path);
    if (!isWritten(path, entry)) return isDocumentation(path) ? 'documentation' : 'toolchain';
    if (owner !== null && !keeps(owner)) return 'build dependencies';
    if (isDocumentation(path)) return 'documentation';
    if (behind !== undefined) return behind.why;
    if (owner === null && inGonePackage(path)) return 'build dependencies';
    // An installation leaves empty folders behind, and so does what it brings along.
    if (entry.type === 'folder' && packagesWent && /^\/(etc|lib\w*|usr|var)\//.test(path)) return 'build dependencies';
    if (entry.type !== 'link') return null;
    // A link that the distribution made to a link of a package goes with that package.
    const next = entry.target === null ? null : ownPlace(before, resolvePath(parentFolder(path), entry.target));
    const hop = next === null || next === path ? undefined : before.get(next);
    if (next !== null && hop?.type === 'link' && !after.has(next) && realPath(before, next) !== null)
      return reasonFor(next, hop);
    const leadsTo = realPath(before, path);
    if (leadsTo === null) return 'build results not used';
    const target = before.get(leadsTo);
    return target === undefined || realPath(after, leadsTo) !== null ? null : reasonFor(leadsTo, target);
  };
  const isOfOtherVersion = (path: string): boolean => {
    const name = packageOf(path) ?? '';
    return now.has(name) && now.get(name)?.version !== old.get(name)?.version;
  };
  return { isWritten, packageOf, isOfOtherVersion, before: old, after: now, reasonFor };
}

const isUntouched = (was: Entry, is: Entry): boolean =>
  was.type === is.type &&
  was.mode === is.mode &&
  was.owner === is.owner &&
  was.group === is.group &&
  was.target === is.target &&
  (was.type === 'folder' || (was.size === is.size && was.modified === is.modified));
