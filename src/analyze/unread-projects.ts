import { looksInFolder, servedFolder } from '../knowledge/static-servers.ts';
import { isWithin, resolvePath } from '../syntax/paths.ts';
import type { WriteRecord } from './records.ts';
import type { Roots } from './roots.ts';
import type { Understanding } from './understand.ts';

/** Folders of a build of which the container reads nothing but what lies in others. */
export interface Reach {
  readonly unread: readonly string[];
  readonly read: readonly string[];
  /** Folders and files among these that are carried by themselves. */
  readonly served: readonly string[];
}

const NOTHING: Reach = { unread: [], read: [], served: [] };

/**
 * Where the container's own words, all of them known, lead into a result of the build and not into what made it. `paths`: what a server is
 * told to serve, where one starts alone.
 */
export function unreadProjects(
  understanding: Understanding,
  roots: Roots,
  records: readonly WriteRecord[],
  paths: readonly string[] | null,
): Reach {
  const { final, files } = understanding;
  const workdir = final.workdir ?? '/';
  const isTold = roots.stated || paths !== null;
  if (!isTold || roots.unread.length > 0 || roots.needs.some(({ name }) => name === null)) return NOTHING;
  const built = records.filter(
    ({ class: kind, command }) =>
      (kind === 'in-place' || kind === 'dependencies') && command?.ecosystem?.interpreted === true,
  );
  const folders = [...new Set(built.filter(({ class: kind }) => kind === 'in-place').map(({ path }) => path))];
  const served = roots.needs.map(({ argv }) => servedFolder(argv, workdir)).filter((folder) => folder !== null);
  const portable = understanding.steps
    .flatMap(({ commands }) => commands.flatMap(({ effects }) => effects))
    .filter((effect) => effect.kind === 'portable');
  const inside = (path: string, trees: readonly string[]): boolean => trees.some((tree) => isWithin(path, tree));
  const names = [...final.env.values()].flatMap((value) => (value ?? '').split(':'));
  // A word may be anything: it counts where a file of that name lies there.
  const leads = ({ unread, read }: Reach): boolean =>
    [...roots.files, ...names].some(
      (path) =>
        inside(path, unread) &&
        !inside(path, read) &&
        !read.some((tree) => isWithin(tree, path)) &&
        (files.read(path) !== null ||
          files.list(path) !== null ||
          records.some((record) => isWithin(record.path, path)) ||
          /\/node_modules(\/|$)/.test(path)),
    );
  const candidates: Reach[] = portable.map(({ path, from }) => ({ unread: [from], read: [path], served: [] }));
  const [folder] = served;
  if (folder !== undefined && served.length === 1) {
    const made = folders.filter((path) => isWithin(folder, path)).sort((a, b) => b.length - a.length)[0];
    const around = folders.filter((path) => made !== undefined && path !== made && isWithin(made, path));
    // The server itself is found outside the project, by its name.
    const isOutside = (name: string): boolean =>
      name.includes('/') ? !inside(resolvePath(workdir, name), around) : !looksInFolder(name);
    if (made !== undefined && around.length > 0 && roots.needs.every(({ name }) => isOutside(name as string)))
      candidates.push({ unread: around, read: [made], served: [] });
  }
  const standsIn = (reach: Reach): boolean =>
    inside(workdir, reach.read) || !inside(workdir, reach.unread) || served.length > 0;
  const found = [
    ...candidates.filter((reach) => standsIn(reach) && !leads(reach)),
    ...besideServer(understanding, roots, records, folders, paths),
  ];
  return {
    unread: found.flatMap(({ unread }) => unread),
    read: found.flatMap(({ read }) => read),
    served: found.flatMap((reach) => reach.served),
  };
}

/** Projects of which a server with settings of its own reads what these name, and nothing else. */
function besideServer(
  understanding: Understanding,
  roots: Roots,
  records: readonly WriteRecord[],
  folders: readonly string[],
  paths: readonly string[] | null,
): readonly Reach[] {
  if (paths === null) return [];
  const { files, stage } = understanding;
  const isThere = (path: string): boolean =>
    files.read(path) !== null || files.list(path) !== null || records.some((record) => isWithin(record.path, path));
  return folders.flatMap((folder): Reach[] => {
    const read = [...new Set(paths.filter((path) => isWithin(path, folder)))];
    const isVolume = stage.instructions.some(({ keyword, rest }) => keyword === 'VOLUME' && rest.text.includes(folder));
    const isNamed = isVolume || [...paths, ...roots.files].some((path) => path !== '/' && isWithin(folder, path));
    const isStarted = roots.files.some((path) => isWithin(path, folder) && isThere(path));
    return folder === '/' || isNamed || isStarted || !read.every(isThere)
      ? []
      : [{ unread: [folder], read, served: read }];
  });
}

/** True for what a build wrote or was given that the container does not read. */
export const isUnread = ({ path }: WriteRecord, { unread, read }: Omit<Reach, 'served'>): boolean =>
  unread.some((tree) => isWithin(path, tree)) && !read.some((tree) => isWithin(path, tree));
