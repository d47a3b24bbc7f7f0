import { isEssential } from '../knowledge/essential.ts';
import { isStandardFolder } from '../knowledge/standard-folders.ts';
import { globMatcher } from '../syntax/glob.ts';
import { baseName, isWithin, parentFolder, resolvePath } from '../syntax/paths.ts';
import type { WriteRecord } from './records.ts';
import type { Need, Roots } from './roots.ts';
import type { CommandFacts } from './shell-world.ts';
import type { Understanding } from './understand.ts';

/** What the container starts out of a folder of programs, and no step of the whole stage is known to bring. */
export function startedIn(
  record: WriteRecord,
  records: readonly WriteRecord[],
  roots: Roots,
  understanding: Understanding,
): readonly string[] {
  const { image } = understanding;
  const isMade = (name: string): boolean =>
    records.some(
      ({ class: kind, path }) =>
        baseName(path) === name &&
        (kind === 'artifact' || (/^(data|context)$/.test(kind) && onPath(understanding, parentFolder(path)))),
    );
  const isInImage = (name: string): boolean =>
    image !== null && (isEssential(image, name) || image.programs.includes(name));
  const names = roots.needs.flatMap(({ name }) =>
    name !== null && !name.includes('/') && onPath(understanding, record.path) && !isMade(name) && !isInImage(name)
      ? [`${record.path}/${name}`]
      : [],
  );
  const files = roots.files.filter((file) => isWithin(file, record.path) && file !== record.path);
  return [...new Set([...names, ...files])];
}

/** A command that copies a file or a folder, or all that lies in the folder. */
export const takes = (effects: CommandFacts['effects'], path: string): boolean =>
  effects.some((effect) => effect.kind === 'copies' && effect.from === path) ||
  (effects.some((effect) => effect.kind === 'reads' && effect.tree && resolvePath(effect.path, '.') === path) &&
    effects.some((effect) => effect.kind === 'writes' && effect.tree));

/** A command that takes something out of a folder, which the container starts. */
export function startsTaken({ effects }: CommandFacts, folder: string, { files }: Roots): boolean {
  const isStarted = (to: string, name: string): boolean => {
    const isIt = globMatcher(name, '*?[');
    return files.some((file) => file === to || (resolvePath(to, baseName(file)) === file && isIt(baseName(file))));
  };
  return (
    effects.some(
      (effect) =>
        (effect.kind === 'copies' || effect.kind === 'moves') &&
        effect.from !== folder &&
        isWithin(effect.from, folder) &&
        isStarted(effect.to, baseName(effect.from)),
    ) ||
    // `mv target/*.jar app.jar`
    (effects.some((effect) => effect.kind === 'reads' && effect.tree && isWithin(effect.path, folder)) &&
      effects.some((effect) => effect.kind === 'writes' && isStarted(effect.path, baseName(effect.from ?? ''))))
  );
}

/** Folders that the author put on the PATH, where one of them alone can hold a program that the container starts. */
export function searchedFolders(
  { image, final }: Understanding,
  roots: Roots,
  records: readonly WriteRecord[],
): string[] {
  const folders = (final.env.get('PATH') ?? '').split(':');
  const own = (image?.env.PATH ?? '').split(':');
  const added = folders.filter(
    (folder) => folder.startsWith('/') && !own.includes(folder) && !isStandardFolder(folder),
  );
  const isSought = ({ name }: Need): boolean =>
    name !== null &&
    !name.includes('/') &&
    !(image !== null && (isEssential(image, name) || image.programs.includes(name))) &&
    !records.some((one) => one.class !== 'intermediate' && folders.some((folder) => one.path === `${folder}/${name}`));
  return roots.needs.some(isSought) ? added : [];
}

/** True where a folder is on the PATH that the container has. */
export function onPath({ final }: Understanding, folder: string): boolean {
  return (final.env.get('PATH') ?? '').split(':').includes(folder);
}
