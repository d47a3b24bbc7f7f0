import { resolvePath } from '../syntax/paths.ts';
import type { ImageFiles } from './ecosystem.ts';

const MOST_FILES = 3000;

/** What to look for in the sources below a folder. */
export interface Sought {
  /** Names of the files that are read. */
  readonly name: RegExp;
  readonly text: RegExp;
  /** Folders that are none of the program, with a slash behind the name. */
  readonly besides: RegExp;
}

/** Whether a source below a folder has the text. Where there are too many to read, one may. */
export function someSource(folder: string, { name, text, besides }: Sought, files: ImageFiles): boolean {
  let budget = MOST_FILES;
  const visit = (path: string): boolean =>
    (files.list(path) ?? []).some((entry) => {
      if (budget-- <= 0) return true;
      const child = resolvePath(path, entry);
      if (entry.endsWith('/')) return !besides.test(entry) && visit(child);
      return name.test(entry) && text.test(files.read(child) ?? '');
    });
  return visit(folder);
}
