import type { Ecosystem, ImageFiles } from '../knowledge/ecosystem.ts';
import { isWithin, resolvePath } from '../syntax/paths.ts';
import { METADATA } from './context-carries.ts';
import type { Roots } from './roots.ts';
import type { Understanding } from './understand.ts';

interface Compiled {
  readonly folder: string;
  readonly ecosystem: Ecosystem;
}

const MOST_FILES = 3000;
/** Files that name no path: pictures, fonts, archives, programs. */
const OPAQUE = /\.(png|jpe?g|gif|ico|svg|webp|woff2?|ttf|eot|otf|pdf|mp[34]|zip|gz|jar|dll|exe|so|pfx|snk)$/i;

/**
 * Folders of sources that nothing leads a program to when it runs: it runs in a folder beside them, its language does not
 * keep where its sources lay, and no file of theirs, no variable and no word of the container names the folder.
 */
export function forgottenSources(
  { files, final }: Understanding,
  roots: Roots,
  compiles: readonly Compiled[],
): readonly string[] {
  const folders = [...new Set(compiles.map(({ folder }) => folder))];
  const workdir = final.workdir ?? '/';
  return folders.filter((folder) => {
    const own = compiles.filter((one) => one.folder === folder);
    const apart = !isWithin(workdir, folder) && !isWithin(folder, workdir);
    const named =
      roots.files.some((file) => isWithin(file, folder) || isWithin(folder, file)) ||
      roots.unread.length > 0 ||
      [...final.env.values()].some((value) => value === null || names(value, folder));
    return apart && !named && own.every(({ ecosystem }) => isSilent(folder, ecosystem, files));
  });
}

function names(text: string, folder: string): boolean {
  for (let at = text.indexOf(folder); at >= 0; at = text.indexOf(folder, at + 1))
    if (!/[\w.~}/-]/.test(text[at - 1] ?? ' ') && !/[\w-]/.test(text[at + folder.length] ?? ' ')) return true;
  return false;
}

function isSilent(folder: string, { sourcePath }: Ecosystem, files: ImageFiles): boolean {
  if (sourcePath === undefined || files.list(folder) === null) return false;
  let budget = MOST_FILES;
  const visit = (path: string): boolean =>
    (files.list(path) ?? []).every((name) => {
      if (budget-- <= 0) return false;
      if (name.endsWith('/')) return METADATA.test(`${name}x`) || visit(resolvePath(path, name));
      if (OPAQUE.test(name) || METADATA.test(name)) return true;
      const text = files.read(resolvePath(path, name));
      return text !== null && !names(text, folder) && !sourcePath.test(text);
    });
  return visit(folder);
}
