import { programsOf } from '../knowledge/unused.ts';
import { baseName } from '../syntax/paths.ts';
import type { PackageVerdict } from './package-verdicts.ts';
import type { CommandFacts } from './shell-world.ts';
import type { Step } from './understand.ts';

/** A change of the system that serves programs or packages which the container does without. */
export function isIdle(
  command: CommandFacts,
  { commands }: Step,
  areUnnamed: (programs: readonly string[]) => boolean,
  unused: (name: string) => string | null,
): boolean {
  // Another step may rely on what a repository brings: only one that installs it itself goes with it.
  const isInstalledHere = (name: string): boolean =>
    commands.some(({ effects }) =>
      effects.some((effect) => effect.kind === 'installs' && effect.packages.some((one) => one.name === name)),
    );
  return (
    command.effects.some((effect) => effect.kind === 'restate') &&
    command.effects.every((effect) => {
      if (effect.kind === 'accounts' || effect.kind === 'runtime-state') return false;
      if (effect.kind !== 'restate') return true;
      if (effect.serves !== undefined) return areUnnamed(effect.serves);
      return effect.brings?.every((name) => unused(name) !== null && isInstalledHere(name)) ?? false;
    })
  );
}

/** Sets up the program of a package that stays behind: where that is not installed it fails. */
export const setsUpDropped = (
  { effects }: CommandFacts,
  dropped: readonly PackageVerdict[],
  kept: readonly string[],
): boolean =>
  effects.some((effect) => {
    if (effect.kind !== 'runtime-state' || effect.of === undefined) return false;
    const program = baseName(effect.of);
    const brings = (name: string): boolean => programsOf(name).includes(program);
    return dropped.some(({ name }) => brings(name)) && !kept.some(brings);
  });
