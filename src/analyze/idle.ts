import { programsOf } from '../knowledge/unused.ts';
import { baseName } from '../syntax/paths.ts';
import type { PackageVerdict } from './package-verdicts.ts';
import type { CommandFacts } from './shell-world.ts';

/**
 * A change of the system that serves programs or packages which the container does without. `verdicts`: on the packages of its
 * step; `served`: the container starts a server that is interpreted by nothing, and no program of a language.
 */
export function isIdle(
  command: CommandFacts,
  verdicts: readonly PackageVerdict[],
  areUnnamed: (programs: readonly string[]) => boolean,
  served: boolean,
): boolean {
  // Another step may rely on what a repository brings: only one that installs it itself goes with it.
  const goes = (name: string): boolean => verdicts.some((one) => one.name === name && one.becomes.length === 0);
  return (
    command.effects.some((effect) => effect.kind === 'restate') &&
    command.effects.every((effect) => {
      if (effect.kind === 'accounts' || effect.kind === 'runtime-state') return false;
      if (effect.kind !== 'restate' || (served && command.ecosystem?.interpreted)) return true;
      return effect.serves !== undefined ? areUnnamed(effect.serves) : (effect.brings?.every(goes) ?? false);
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
