import type { ImageFacts } from '../knowledge/image.ts';
import { isWithin, parentFolder } from '../syntax/paths.ts';
import { SYSTEM_FOLDERS } from './context-carries.ts';
import type { WriteRecord } from './records.ts';
import type { CommandFacts } from './shell-world.ts';
import { itemOf, type Step } from './understand.ts';

/**
 * The folder around a link that a script or makefile makes among other work: such a link cannot be made again alone, and
 * COPY keeps the links in a folder that it copies. null where the link is made by a command of its own, or where the
 * folder is not one to be copied whole.
 */
export function linkFolder(path: string, command: CommandFacts, step: Step, image: ImageFacts | null): string | null {
  const item = itemOf(step, command);
  const isOwn = step.commands.every((other) => other === command || itemOf(step, other) !== item);
  const folder = parentFolder(path);
  const isTool = image?.toolchainTrees.some((tree) => isWithin(tree, folder) || isWithin(folder, tree)) ?? false;
  return item < 0 || isOwn || isTool || SYSTEM_FOLDERS.has(folder) ? null : folder;
}

/** The same of what a step left: null for anything but a link. */
export function enclosingFolder({ path, command, step }: WriteRecord, image: ImageFacts | null): string | null {
  const links = command?.effects.some((effect) => effect.kind === 'links' && effect.path === path) ?? false;
  return command === null || !links ? null : linkFolder(path, command, step, image);
}
