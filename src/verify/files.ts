import { isWithin, parentFolder } from '../syntax/paths.ts';
import { type OwnerNames, ownerNames, resolveUser } from './accounts.ts';
import { type Belongings, isCache, isOfTheEngine, isStamped, isState } from './belongings.ts';
import type { Expectation, GoneReason } from './expectation.ts';
import { type Finding, finding } from './finding.ts';
import type { Entry, Image, Tree } from './image.ts';
import { lookUp, ownPlace, realPath } from './lookup.ts';

/** What went or came, taken together. */
export interface Group {
  readonly why: string;
  readonly files: number;
  readonly bytes: number;
  /** The largest folders or packages of it. */
  readonly examples: readonly string[];
}

export interface FileComparison {
  readonly findings: readonly Finding[];
  /** Paths that were compared and are equal. */
  readonly equal: number;
  readonly gone: readonly Group[];
  readonly added: readonly Group[];
}

/**
 * What the plan carries over is there as it was; whatever the author wrote besides is there too, or something explains why
 * it went. The contents of the base image may go.
 */
export function compareFiles(before: Image, after: Image, expected: Expectation, own: Belongings): FileComparison {
  const places = expected.carried.map((path) => ({ path, real: ownPlace(before.tree, path) }));
  const carried = places.map(({ real }) => real);
  /** In the new image the folders above may be no links: `/bin/app` of a merged /usr lies in /bin itself. */
  const placeNow = (path: string): Entry | null => {
    const place = places.find(({ real }) => isWithin(path, real));
    if (place === undefined) return counterpart(after.tree, path);
    const written = place.path === '/' ? path : place.path + path.slice(place.real.length);
    return counterpart(after.tree, written) ?? counterpart(after.tree, path);
  };
  const missing: string[] = [];
  const findings: Finding[] = [];
  const gone = new Map<GoneReason, Map<string, Entry>>();
  let equal = 0;
  const hasBelow = new Set([...before.tree.keys()].map(parentFolder));
  const owners: Owners = [ownerNames(before.tree), ownerNames(after.tree)];
  for (const [path, entry] of before.tree) {
    if (isOfTheEngine(path)) continue;
    const now = placeNow(path);
    const must = carried.some((one) => isWithin(path, one));
    if (now !== null) {
      if (!must && (isState(path) || isCache(path) || !own.isWritten(path, entry))) continue;
      if (!must && (entry.type === 'folder' || own.isOfOtherVersion(path))) continue;
      if (isOtherChoice(path, entry, before.tree, after.tree, own)) continue;
      const differing = differences(followed(path, entry, now, before.tree), now, owners).filter(
        ([what]) => !/^(content|size)$/.test(what) || !isStamped(path),
      );
      if (differing.length === 0) equal++;
      for (const [what, was, is] of differing) findings.push(finding('files', 'DF622', { path, what }, was, is));
      continue;
    }
    const why = must ? null : own.reasonFor(path, entry);
    if (why !== null) {
      const group = gone.get(why) ?? new Map<string, Entry>();
      gone.set(why, group.set(path, entry));
    } else if (must || entry.type !== 'folder' || !hasBelow.has(path)) missing.push(path);
  }
  for (const path of carried) if (!before.tree.has(path) && placeNow(path) === null && path !== '/') missing.push(path);
  return {
    findings: [
      ...topmost(missing).map((path) =>
        finding('files', 'DF621', { path }, describe(before.tree.get(path) ?? null), null),
      ),
      ...findings,
      ...compareFolders(before, after, expected, carried, own, owners),
      ...missingPackages(expected, own),
      ...otherVersions(own),
      ...missingData(before.tree, after.tree, expected),
    ],
    equal,
    gone: [...gone].map(([why, entries]) => groupOf(why, entries, own.packageOf)),
    added: addedGroups(before.tree, after.tree, own),
  };
}

/** COPY follows a link that it is told to copy: to the loader the library behind it is the same. */
function followed(path: string, was: Entry, is: Entry, tree: Tree): Entry {
  if (was.type !== 'link' || is.type !== 'file' || !/\.so(\.\d+)*$/.test(path)) return was;
  return tree.get(realPath(tree, path) ?? path) ?? was;
}

/**
 * The distribution chooses another program for a name where the one that it had chosen went with its package, or the same by
 * another name: https://manpages.debian.org/update-alternatives.1
 */
function isOtherChoice(path: string, was: Entry, before: Tree, after: Tree, own: Belongings): boolean {
  if (!path.startsWith('/etc/alternatives/') || was.target === null) return false;
  const [old, now] = [realPath(before, path), realPath(after, path)];
  if (old === null || old === now) return old === now;
  const entry = before.get(old);
  return entry !== undefined && !after.has(old) && own.reasonFor(old, entry) !== null;
}

/** The same path in the other image, where a folder above it may be a link. */
function counterpart(tree: Tree, path: string): Entry | null {
  return tree.get(path) ?? tree.get(ownPlace(tree, path)) ?? null;
}

/** Of the old image and of the new one. */
type Owners = readonly [OwnerNames, OwnerNames];

type Difference = readonly [what: string, before: string, after: string];

/** In which ways two entries differ; times do not count. An owner is who has the name, where both images have one for it. */
function differences(was: Entry, is: Entry, [old, now]: Owners): Difference[] {
  const octal = (mode: number): string => mode.toString(8).padStart(4, '0');
  if (was.type !== is.type) return [['type', was.type, is.type]];
  const found: Difference[] = [];
  const compare = (what: string, one: string, other: string): void => {
    if (one !== other) found.push([what, one, other]);
  };
  // Root writes where it likes: what its own folders say of it changes nothing.
  const heeded = was.type === 'folder' && was.owner === 0 && is.owner === 0 ? 0o7077 : 0o7777;
  if (was.type !== 'link' && (was.mode & heeded) !== (is.mode & heeded))
    compare('mode', octal(was.mode), octal(is.mode));
  const users = [old.users.get(was.owner), now.users.get(is.owner)] as const;
  const groups = [old.groups.get(was.group), now.groups.get(is.group)] as const;
  if (!isSame(users, was.owner === is.owner) || !isSame(groups, was.group === is.group))
    found.push(['owner', describeOwner(was, old), describeOwner(is, now)]);
  compare('link target', was.target ?? '', is.target ?? '');
  if (was.type === 'file') {
    if (was.size !== is.size) compare('size', `${was.size} bytes`, `${is.size} bytes`);
    else if (was.digest !== null && is.digest !== null) compare('content', was.digest, is.digest);
    compare('capabilities', was.attributes ?? 'none', is.attributes ?? 'none');
  }
  return found;
}

const isSame = ([was, is]: readonly [string | undefined, string | undefined], sameNumber: boolean): boolean =>
  was === undefined || is === undefined ? sameNumber : was === is;

/** `33:33 (www-data:www-data)` */
const describeOwner = ({ owner, group }: Entry, { users, groups }: OwnerNames): string =>
  `${owner}:${group} (${users.get(owner) ?? '-'}:${groups.get(group) ?? '-'})`;

/** Owner and mode of the folders in which a program may write: COPY gives them to root. */
function compareFolders(
  before: Image,
  after: Image,
  expected: Expectation,
  carried: readonly string[],
  own: Belongings,
  owners: Owners,
): Finding[] {
  const { config } = before;
  const home = homeOf(before, expected, own);
  const above = carried.flatMap((path) => {
    const folders: string[] = [];
    for (let at = parentFolder(path); at !== '/'; at = parentFolder(at)) folders.push(at);
    return folders;
  });
  const wanted = new Set([...expected.folders, config.workdir, ...config.volumes, ...(home === null ? [] : [home])]);
  const all = new Set([...above, ...wanted].map((path) => ownPlace(before.tree, path)));
  return [...all].sort().flatMap((path) => {
    const [was, is] = [lookUp(before.tree, path), lookUp(after.tree, path)];
    // A folder of the base image around what is carried serves the tools that went.
    const around = was !== null && !wanted.has(path) && !own.isWritten(path, was);
    if (was?.type !== 'folder' || around || carried.some((one) => isWithin(path, one))) return [];
    if (is === null) return wanted.has(path) ? [finding('files', 'DF621', { path }, describe(was), null)] : [];
    return differences(was, is, owners).map(([what, one, other]) =>
      finding('files', 'DF622', { path, what }, one, other),
    );
  });
}

/** The home folder of whom the container runs as; null where nobody looks for it: it is the image's, and no file is opened. */
function homeOf({ tree, config }: Image, { data }: Expectation, own: Belongings): string | null {
  const home = resolveUser(tree, config.user)?.home ?? null;
  const entry = home === null ? null : lookUp(tree, home);
  return home !== null && entry !== null && (data.temporary || own.isWritten(home, entry)) ? home : null;
}

function missingPackages(expected: Expectation, own: Belongings): Finding[] {
  return expected.packages
    .filter((name) => own.before.has(name) && !own.after.has(name))
    .map((name) => finding('files', 'DF623', { package: name }, own.before.get(name)?.version ?? null, null));
}

/** An installation that brings less along may also upgrade less. */
function otherVersions({ before, after }: Belongings): Finding[] {
  return [...before.values()].flatMap(({ name, version }) => {
    const is = after.get(name)?.version ?? version;
    return is === version ? [] : [finding('files', 'DF625', { package: name }, version, is)];
  });
}

/** What compiled programs ask the image for by fixed names. */
const DATA = {
  certificates: { path: '/etc/ssl/certs/ca-certificates.crt', what: 'CA certificates' },
  timeZones: { path: '/usr/share/zoneinfo', what: 'time zones' },
  accounts: { path: '/etc/passwd', what: 'accounts' },
  temporary: { path: '/tmp', what: 'a folder for temporary files' },
} as const;

function missingData(before: Tree, after: Tree, { data, carried }: Expectation): Finding[] {
  return (['certificates', 'timeZones', 'accounts', 'temporary'] as const)
    .filter((key) => data[key])
    .map((key) => DATA[key])
    .filter(({ path }) => lookUp(before, path) !== null && lookUp(after, path) === null)
    .filter(({ path }) => !(path === DATA.timeZones.path && carried.some((one) => /zoneinfo/.test(one))))
    .map(({ path, what }) => finding('files', 'DF624', { what, path }, path, null));
}

/** Paths without those that lie in another one. */
function topmost(paths: readonly string[]): string[] {
  const all = new Set(paths);
  const isBelowAnother = (path: string): boolean => {
    for (let at = parentFolder(path); at !== '/'; at = parentFolder(at)) if (all.has(at)) return true;
    return false;
  };
  return [...all].filter((path) => !isBelowAnother(path));
}

const describe = (entry: Entry | null): string | null =>
  entry === null ? null : entry.type === 'file' ? `file of ${entry.size} bytes` : entry.type;

/** Folders deep enough to mean something: `/usr/local/go`, `/app/node_modules`. */
const placeOf = (path: string): string => path.split('/').slice(0, 4).join('/');

function groupOf(why: string, entries: ReadonlyMap<string, Entry>, packageOf: (path: string) => string | null): Group {
  const places = new Map<string, number>();
  let bytes = 0;
  let files = 0;
  for (const [path, { type, size }] of entries) {
    if (type !== 'file') continue;
    files++;
    bytes += size;
    const owner = packageOf(path);
    const place = owner === null ? placeOf(parentFolder(path)) : owner;
    places.set(place, (places.get(place) ?? 0) + size);
  }
  const examples = [...places]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 3)
    .map(([place]) => place);
  return { why, files, bytes, examples };
}

/** What only the new image has: packages by name, other files by folder. */
function addedGroups(before: Tree, after: Tree, own: Belongings): Group[] {
  const packaged = new Map<string, string>();
  for (const { name, files } of own.after.values()) for (const file of files) packaged.set(ownPlace(after, file), name);
  const groups = new Map<string, Map<string, Entry>>();
  for (const [path, entry] of after) {
    if (isOfTheEngine(path) || isState(path) || isCache(path) || entry.type === 'folder') continue;
    if (counterpart(before, path) !== null) continue;
    const name = packaged.get(path);
    const why = name === undefined ? placeOf(parentFolder(path)) : `package ${name}`;
    const group = groups.get(why) ?? new Map<string, Entry>();
    groups.set(why, group.set(path, entry));
  }
  return [...groups].map(([why, entries]) => groupOf(why, entries, () => null)).sort((a, b) => b.bytes - a.bytes);
}
