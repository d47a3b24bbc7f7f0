import { baseName, isWithin, parentFolder, resolvePath } from '../syntax/paths.ts';

/** Symbolic links by path, with the absolute path that they lead to. */
export type Links = ReadonlyMap<string, string>;

/** As many as Linux follows before it answers ELOOP: https://man7.org/linux/man-pages/man7/path_resolution.7.html */
const MOST_HOPS = 40;

/** The path behind the symbolic links that it goes through. */
export function behindLinks(path: string, { links }: { readonly links: Links }): string {
  let at = path;
  for (let hops = 0; hops < MOST_HOPS; hops++) {
    const link = [...links].find(([from]) => isWithin(at, from));
    if (link === undefined) return at;
    at = resolvePath(link[1], `.${at.slice(link[0].length)}`);
  }
  return at;
}

/** Where a path lies that is named through links to the folders around it. A link itself lies where it is. */
export const realPath = (path: string, links: Links): string =>
  path === '/' ? path : resolvePath(behindLinks(parentFolder(path), { links }), baseName(path));
