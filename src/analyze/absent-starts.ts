import { isSource } from '../knowledge/program-starts.ts';
import { baseName, isWithin, resolvePath } from '../syntax/paths.ts';
import { behindLinks } from './links.ts';
import type { StageFiles } from './records.ts';
import type { Need, Roots } from './roots.ts';
import type { Understanding } from './understand.ts';

/** Where images and packages have programs of their own. */
const OF_SYSTEM = /^\/(bin|sbin|lib\w*|etc|opt|var|usr(?!\/src\/))(\/|$)/;

/**
 * What the container starts, with the files among it that no instruction puts there: a volume brings them when it runs, with
 * sources that nobody has read. Those of the project may lie beside the Dockerfile, but they are not what is started.
 */
export function withAbsentStarts(roots: Roots, understanding: Understanding, files: StageFiles): Roots {
  // A file whose place is not known may be any.
  if (files.unknown.length > 0) return roots;
  const isKnown = (path: string): boolean => roots.unread.some((one) => one.path === path);
  const absent = roots.needs.flatMap((need) => {
    const path = startedFile(need, roots, understanding);
    return path === null ||
      isKnown(path) ||
      [path, behindLinks(path, files)].some((one) => isThere(one, understanding, files))
      ? []
      : [{ path, instruction: need.instruction }];
  });
  return absent.length === 0 ? roots : { ...roots, unread: [...roots.unread, ...absent] };
}

/** The file that a word of CMD, ENTRYPOINT or HEALTHCHECK stands for: the program itself, else the source that it is given. */
function startedFile(need: Need, { files }: Roots, { final }: Understanding): string | null {
  const { argv, via, instruction, name } = need;
  if (via !== instruction.keyword || !need.constant) return null;
  const word = name?.includes('/') ? name : argv.slice(1).find((one) => one !== null && isPlain(one) && isSource(one));
  if (word == null) return null;
  const path = resolvePath(final.workdir ?? '/', word);
  // `cd folder && python main.py`: the roots know the folder.
  return files.includes(path) ? path : (files.find((file) => file.endsWith(`/${word.replace(/^\.\//, '')}`)) ?? null);
}

const isPlain = (word: string): boolean => /^[\w./@+][\w./@+-]*$/.test(word);

function isThere(path: string, { files, image, final }: Understanding, { history }: StageFiles): boolean {
  const workdir = final.workdir ?? '/';
  const isOwn = workdir !== '/' && workdir !== image?.workdir && isWithin(path, workdir);
  return (
    (!isOwn && OF_SYSTEM.test(path)) ||
    (image !== null && image.workdir !== '/' && isWithin(path, image.workdir)) ||
    image?.programs.includes(baseName(path)) === true ||
    files.read(path) !== null ||
    files.list(path) !== null ||
    history.some(
      (record) => record.path === path || isWithin(record.path, path) || (record.tree && isWithin(path, record.path)),
    )
  );
}
